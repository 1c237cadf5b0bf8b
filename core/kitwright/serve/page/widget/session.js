// The session: one visitor's conversation with one bot, without any page. It holds the state and does what is asked.

import { Api } from "./api.js";
import { deliver } from "./delivery.js";
import { asFailure } from "./failure.js";
import { Feed } from "./feed.js";
import * as log from "./log.js";
import { Memory } from "./memory.js";

/** @typedef {import("./types.js").State} State */
/** @typedef {import("./types.js").Frame} Frame */
/** @typedef {import("./types.js").Conversation} Conversation */
/** @typedef {import("./types.js").UserItem} UserItem */
/** @typedef {import("./types.js").ReplyItem} ReplyItem */
/** @typedef {(name: "message" | "rating" | "handoff" | "error", detail: Record<string, unknown>) => void} Tell */
/** @typedef {{base: string, bot: string, locale: string, days: number, tell: Tell, show: (state: State) => void}} Options */

/** @type {State} */
const FRESH = {
  phase: "idle",
  bot: null,
  conversation: null,
  items: [],
  choices: [],
  handoff: "bot",
  agent: null,
  sending: false,
  queued: 0,
  connection: "online",
  remembered: false,
  user: null,
};

export class Session {
  /** @param {Options} options */
  constructor(options) {
    this.options = options;
    /** @type {State} */
    this.state = FRESH;
    this.api = new Api(options.base);
    this.memory = new Memory(options.base, options.bot, { days: options.days });
    this.feed = new Feed(this.api, {
      frame: (frame) => this.#fed(frame),
      connection: (connection) => this.#set({ connection }),
      gone: () => this.#ended(),
    });
    /** @type {Frame[]} what the feed brought while a message was being sent */
    this.held = [];
    /** @type {AbortController | null} */
    this.sending = null;
    this.watched = false;
    this.loaded = Promise.resolve();
    this.#set({ remembered: this.#recall() });
  }

  /** Whether a person is, or was, asked for in the conversation that is kept: then the feed matters on a closed chat too. */
  get handedOver() {
    return this.memory.kept.handoff === "waiting" || this.memory.kept.handoff === "agent";
  }

  /** Load the bot and what was said, once; again to retry. Resolves when it is known whether one can chat. */
  load() {
    if (this.state.phase === "idle" || this.state.phase === "unreachable") this.loaded = this.#load();
    return this.loaded;
  }

  async #load() {
    this.#set({ phase: "loading" });
    try {
      const bots = await this.api.bots(this.options.locale);
      const bot = bots.find(({ name }) => name === this.options.bot) ?? (this.options.bot ? undefined : bots[0]);
      if (!bot) return this.#unreachable("no such bot");
      this.#set({ bot });
      const { conversation } = this.memory.kept;
      if (conversation) await this.#resume(conversation);
      this.#set({ phase: bot.consent && !this.memory.kept.consented ? "consent" : "ready" });
      this.#watchOrNot();
    } catch (error) {
      this.#unreachable(asFailure(error).message);
    }
  }

  /** @param {boolean} agreed @param {boolean} [remember] */
  consent(agreed, remember = false) {
    if (!agreed) return this.#set({ phase: "declined" });
    this.memory.remembered = remember;
    this.memory.keep({ consented: true });
    this.#set({ phase: "ready", remembered: remember });
  }

  /** Back from a refusal to the question. */
  reconsider() {
    this.#set({ phase: "consent" });
  }

  /** @param {boolean} agreed whether the chat is kept on this device beyond the tab */
  remember(agreed) {
    this.memory.remember(agreed);
    this.#set({ remembered: agreed });
  }

  /** Whether the chat is being looked at. @param {boolean} watched */
  watch(watched) {
    this.watched = watched;
    this.#watchOrNot();
  }

  /**
   * Say something.
   * @param {string} payload what the bot reads
   * @param {string} [shown] what the visitor sees of it: the title of a button
   */
  async send(payload, shown = payload) {
    if (this.state.phase !== "ready" || this.state.sending || !payload.trim()) return;
    /** @type {UserItem} */
    const item = { key: log.newKey(), role: "user", text: shown, payload, messageId: newId(), status: "sending" };
    this.#set({ items: [...this.state.items, item] });
    this.options.tell("message", { role: "user", text: shown });
    await this.#deliver(item);
  }

  /** Send a message again that did not go through, under its old id. @param {string} key */
  async retry(key) {
    const item = this.state.items.find((each) => each.key === key);
    if (item?.role === "user" && item.status === "failed" && !this.state.sending) await this.#deliver(item);
  }

  /** Stop the reply that is being written. */
  async stop() {
    const item = this.state.items.findLast((each) => each.role === "user");
    const { conversation } = this.state;
    if (!this.sending || item?.role !== "user") return;
    const running = this.sending;
    try {
      if (conversation) await this.api.cancel(conversation, item.messageId);
    } catch {
      // It is stopped here in any case.
    }
    if (this.sending !== running) return;
    running.abort();
    this.#set({ items: this.#stopped(item.key) });
  }

  /** Ask for a person. */
  async callPerson() {
    await this.#try(async () => {
      const conversation = await this.#opened();
      const answer = await this.api.handoff(conversation);
      if (answer.state === "bot") this.#note("nobody");
      else this.#handoff(answer);
      this.#watchOrNot();
    });
  }

  /** Start again: what was said leaves the view, and the bot forgets what it was about. */
  async restart() {
    this.sending?.abort();
    this.feed.stop();
    const { conversation } = this.state;
    const blank = { items: [], choices: [], handoff: /** @type {const} */ ("bot"), agent: null };
    this.memory.keep({ handoff: "bot" });
    this.#set(blank);
    if (!conversation) return;
    await this.#try(async () => {
      const answer = await this.api.restart(conversation);
      if (answer.last_event_id) this.feed.after = answer.last_event_id;
      this.#set(blank);
    });
    this.#watchOrNot();
  }

  /** @param {ReplyItem} item @param {import("./types.js").Rating} rating @returns {Promise<boolean>} whether it was taken */
  async rate(item, rating) {
    const { conversation } = this.state;
    if (!conversation || !item.eventId) return false;
    const { eventId } = item;
    return this.#try(async () => {
      await this.api.rate(conversation, eventId, rating);
      this.#set({ items: log.changed(this.state.items, item.key, { rating }) });
      this.options.tell("rating", { eventId, ...rating });
    });
  }

  /** @returns {Promise<unknown>} all that the server keeps of the conversation; null if there is none */
  async exported() {
    const { conversation } = this.state;
    let data = null;
    if (conversation) await this.#try(async () => void (data = await this.api.export(conversation)));
    return data;
  }

  /** Delete everything of the visitor, on the server and here. @returns {Promise<boolean>} whether it was done */
  async erase() {
    const { conversation } = this.state;
    this.sending?.abort();
    this.feed.stop();
    const done = await this.#try(async () => {
      if (!conversation) return;
      await this.api.erase(conversation).catch((error) => {
        if (asFailure(error).kind !== "gone") throw error;
      });
    });
    if (!done) {
      this.#watchOrNot();
      return false;
    }
    this.memory.forget(true);
    const phase = this.state.bot?.consent ? "consent" : "ready";
    this.#set({ ...FRESH, bot: this.state.bot, user: this.state.user, phase });
    this.#note("erased");
    return true;
  }

  /** Another person sits at the host page: their chat, if one is kept, takes the place of this one. @param {{id?: string | null, name?: string | null} | null} user */
  async setUser(user) {
    const id = user?.id ?? null;
    this.#set({ user: user?.name ?? null });
    if (id === this.memoryUser) return;
    this.memoryUser = id;
    this.close();
    const shown = this.state.phase !== "idle";
    this.memory = new Memory(this.options.base, this.options.bot, { user: id, days: this.options.days });
    this.#set({ ...FRESH, user: this.state.user, remembered: this.#recall() });
    if (shown) await this.load();
  }

  /** @type {string | null} */
  memoryUser = null;

  /** Let go of all connections. */
  close() {
    this.sending?.abort();
    this.feed.stop();
  }

  /** @param {Partial<State>} change */
  #set(change) {
    this.state = { ...this.state, ...change };
    this.options.show(this.state);
  }

  #recall() {
    const { conversation } = this.memory.load();
    if (conversation) this.state = { ...this.state, conversation };
    return this.memory.remembered;
  }

  /** @param {string} problem */
  #unreachable(problem) {
    this.#set({ phase: "unreachable" });
    this.options.tell("error", { about: "bot", problem });
  }

  /** @param {Conversation} conversation */
  async #resume(conversation) {
    try {
      const past = await this.api.read(conversation);
      const items = log.historyOf(past.messages ?? []);
      const buttons = past.messages?.at(-1)?.buttons ?? [];
      this.#set({ conversation, items, choices: buttons, handoff: past.state ?? "bot", agent: past.agent ?? null });
      this.memory.keep({ handoff: this.state.handoff });
      this.feed.after = past.last_event_id ?? 0;
    } catch (error) {
      if (asFailure(error).kind !== "gone") throw error;
      this.memory.forget();
      this.#set({ conversation: null });
    }
  }

  /** The conversation, opened now if there is none: nothing is kept of people who only look. */
  async #opened() {
    if (this.state.conversation) return this.state.conversation;
    const { bot, locale } = this.options;
    const consented = this.memory.kept.consented ? { consent: true } : {};
    const made = await this.api.open({ bot: bot || (this.state.bot?.name ?? ""), locale, ...consented });
    this.memory.keep({ conversation: made.conversation });
    this.feed.after = made.after;
    this.#set({ conversation: made.conversation });
    return made.conversation;
  }

  /** @param {UserItem} item */
  async #deliver(item) {
    const running = new AbortController();
    this.sending = running;
    const status = navigator.onLine ? "sending" : "waiting";
    this.#set({ sending: true, choices: [], items: log.changed(this.state.items, item.key, { status }) });
    try {
      await this.#journey(item, running.signal);
      if (!running.signal.aborted) this.#set({ items: this.#stopped(item.key) });
    } catch (error) {
      this.#undelivered(item, asFailure(error));
    }
    if (this.sending !== running) return;
    this.sending = null;
    this.#set({ sending: false, queued: 0 });
    for (const frame of this.held.splice(0)) this.#fed(frame);
    this.#watchOrNot();
  }

  /** @param {UserItem} item @param {AbortSignal} signal */
  async #journey(item, signal) {
    const reply = log.newKey();
    const message = { text: item.payload ?? item.text, message_id: item.messageId };
    let replaced = false;
    await deliver(
      async () => {
        const conversation = await this.#opened();
        try {
          return await this.api.send(conversation, message, signal);
        } catch (error) {
          if (asFailure(error).kind !== "gone" || replaced) throw error;
          replaced = true; // the conversation expired or was deleted: this one message opens a new one
          this.#replaced(item);
          return this.api.send(await this.#opened(), message, signal);
        }
      },
      {
        frame: (frame) => !signal.aborted && this.#answered(frame, item, reply),
        again: () => this.#set({ items: this.state.items.filter((each) => each.key !== reply || each.role === "note" || each.eventId) }),
        connection: (connection) => this.#set({ connection }),
        queued: (queued) => this.#set({ queued }),
      },
      signal,
    );
  }

  /** @param {UserItem} item */
  #replaced(item) {
    this.feed.stop();
    this.memory.forget();
    this.#set({
      conversation: null,
      handoff: "bot",
      agent: null,
      items: [...log.without(this.state.items, item.key), { key: log.newKey(), role: "note", note: "ended" }, item],
    });
  }

  /** A frame of the message that is being sent. @param {Frame} frame @param {UserItem} item @param {string} key the reply's */
  #answered(frame, item, key) {
    const { data } = frame;
    if (frame.kind === "delta") return this.#delta(key, data.text ?? "");
    if (frame.kind !== "message") return this.#happened(frame);
    const items = log.changed(this.state.items, item.key, { status: "sent" });
    if (data.from === "user" || !data.text) return this.#set({ items: log.without(items, key) });
    const finished = { ...log.replyOf({ event_id: frame.id ?? 0, .../** @type {any} */ (data) }), key };
    const known = items.some((each) => each.role !== "note" && each.key !== key && each.eventId === finished.eventId);
    if (known) return this.#set({ items: log.without(items, key) });
    const shown = items.some((each) => each.key === key);
    this.#set({ items: shown ? items.map((each) => (each.key === key ? finished : each)) : [...items, finished], choices: data.buttons ?? [] });
    this.options.tell("message", { role: finished.role, text: finished.text, eventId: finished.eventId });
  }

  /** @param {string} key @param {string} text */
  #delta(key, text) {
    const { items } = this.state;
    const begun = items.find((each) => each.key === key);
    /** @type {ReplyItem} */
    const item = begun?.role === "bot" ? { ...begun, text: begun.text + text } : { key, role: "bot", text, sources: [], streaming: true };
    this.#set({ items: begun ? items.map((each) => (each.key === key ? item : each)) : [...items, item] });
  }

  /** A frame of the feed. @param {Frame} frame */
  #fed(frame) {
    if (this.sending) return void this.held.push(frame);
    if (frame.kind !== "message") return this.#happened(frame);
    const { items, choices } = this.state;
    const past = log.asShown({ event_id: frame.id ?? 0, .../** @type {any} */ (frame.data) }, choices);
    if (past.from !== "user" && !past.text) return;
    const after = log.withMessage(items, past);
    this.#set({ items: after, choices: past.buttons ?? [] });
    if (after.length > items.length) this.options.tell("message", { role: past.from ?? "bot", text: past.text, eventId: past.event_id });
  }

  /** @param {Frame} frame */
  #happened({ kind, data }) {
    if (kind === "buttons") this.#set({ choices: data.buttons ?? [] });
    else if (kind === "handoff") this.#handoff(data);
  }

  /** @param {{state?: string, agent?: string | null}} data */
  #handoff(data) {
    const state = /** @type {import("./types.js").Handoff} */ (data.state ?? "waiting");
    const agent = data.agent ?? null;
    if (state === this.state.handoff && agent === this.state.agent) return;
    this.#set({ handoff: state, agent, choices: [] });
    this.#note(log.noteOf(state), agent);
    this.memory.keep({ handoff: state });
    this.options.tell("handoff", { state, agent });
  }

  /** @param {UserItem} item @param {import("./failure.js").Failure} failure */
  #undelivered(item, failure) {
    const status = failure.kind === "refused" ? "refused" : "failed";
    const { problem, code } = failure.faults[0] ?? {};
    this.#set({ items: log.changed(this.state.items, item.key, { status }), connection: "online" });
    this.options.tell("error", { about: "message", kind: failure.kind, code, problem: problem ?? failure.message });
  }

  /** The message is said, and a reply to it that has not come to its end never will. @param {string} key @returns {readonly import("./types.js").Item[]} */
  #stopped(key) {
    const items = log.changed(this.state.items, key, { status: "sent" });
    return items.map((each) => (each.role === "bot" && each.streaming ? { ...each, streaming: false, stopped: true } : each));
  }

  #ended() {
    this.memory.forget();
    this.feed.stop();
    this.#set({ conversation: null, handoff: "bot", agent: null, connection: "online" });
    this.#note("ended");
  }

  /** @param {import("./types.js").NoteItem["note"]} note @param {string | null} [agent] */
  #note(note, agent = null) {
    /** @type {import("./types.js").NoteItem} */
    const item = { key: log.newKey(), role: "note", note, ...(agent ? { agent } : {}) };
    this.#set({ items: [...this.state.items, item] });
  }

  /** The feed runs while the chat is seen, and behind a closed chat while a person is in it. */
  #watchOrNot() {
    const { conversation, phase, handoff } = this.state;
    const wanted = phase === "ready" && (this.watched || handoff === "waiting" || handoff === "agent");
    if (conversation && wanted) this.feed.start(conversation);
    else this.feed.stop();
  }

  /** @param {() => Promise<void>} work @returns {Promise<boolean>} */
  async #try(work) {
    try {
      await work();
      return true;
    } catch (error) {
      const failure = asFailure(error);
      this.options.tell("error", { about: "action", kind: failure.kind, code: failure.faults[0]?.code, problem: failure.message });
      return false;
    }
  }
}

/** An id that is unique to a message; crypto.randomUUID is missing on pages without TLS. */
function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
