// What the visitor's browser keeps: the key to one conversation, for the tab, or for longer if the visitor agreed.

/** @typedef {import("./types.js").Conversation} Conversation */
/** @typedef {{conversation?: Conversation, consented?: boolean, handoff?: string, until?: number}} Kept */

const DAY = 86_400_000;

export class Memory {
  /**
   * @param {string} base the server
   * @param {string} bot
   * @param {{user?: string | null, days?: number}} [options] user: whoever is signed in on the host page, so that two
   *   people on one device never see each other's chat; days: how long a chat is kept if the visitor agrees
   */
  constructor(base, bot, { user = null, days = 30 } = {}) {
    this.key = `kitwright:${base}:${bot}${user ? `:${digest(user)}` : ""}`;
    this.days = days;
    /** @type {Kept} */
    this.kept = {};
    this.remembered = false;
  }

  /** Read what is kept; what is too old is removed. */
  load() {
    const long = read("localStorage", this.key);
    if (long?.until && long.until < Date.now()) write("localStorage", this.key, null);
    const alive = long?.until && long.until >= Date.now() ? long : null;
    this.remembered = alive !== null;
    this.kept = alive ?? read("sessionStorage", this.key) ?? {};
    const expires = Date.parse(this.kept.conversation?.expiresAt ?? "");
    if (expires < Date.now()) delete this.kept.conversation;
    return this.kept;
  }

  /** @param {Kept} change */
  keep(change) {
    this.kept = { ...this.kept, ...change };
    this.#write();
  }

  /** @param {boolean} agreed whether the chat may outlast the tab */
  remember(agreed) {
    this.remembered = agreed;
    this.#write();
  }

  /** Forget the conversation, and everything else if asked to. @param {boolean} [all] */
  forget(all = false) {
    const { consented } = this.kept;
    this.kept = all || consented === undefined ? {} : { consented };
    if (all) this.remembered = false;
    this.#write();
  }

  #write() {
    const empty = Object.keys(this.kept).length === 0;
    const long = { ...this.kept, until: Date.now() + this.days * DAY };
    write("localStorage", this.key, this.remembered && !empty ? long : null);
    write("sessionStorage", this.key, this.remembered || empty ? null : this.kept);
  }
}

/** @param {"localStorage" | "sessionStorage"} storage @param {string} key @returns {Kept | null} */
function read(storage, key) {
  try {
    return JSON.parse(window[storage].getItem(key) ?? "null");
  } catch {
    return null; // storage is blocked, or holds something of someone else
  }
}

/** @param {"localStorage" | "sessionStorage"} storage @param {string} key @param {Kept | null} value */
function write(storage, key, value) {
  try {
    if (value) window[storage].setItem(key, JSON.stringify(value));
    else window[storage].removeItem(key);
  } catch {
    // Storage is blocked or full: the chat works, and is gone with the page.
  }
}

/** A short mark of a text (FNV-1a), so that a user's id does not stand in the storage. @param {string} text */
function digest(text) {
  let hash = 0x811c9dc5;
  for (const unit of text) hash = Math.imul(hash ^ (unit.codePointAt(0) ?? 0), 0x01000193);
  return (hash >>> 0).toString(36);
}
