// The element <kitwright-chat>: attributes in, events out, and the methods that a host page calls.

import { focused } from "./dom.js";
import { Session } from "./session.js";
import { sheets } from "./sheets.js";
import { wordsIn } from "./texts.js";
import { Launcher } from "./view/launcher.js";
import { Panel } from "./view/panel.js";

/** @typedef {"ready" | "message" | "opened" | "closed" | "rating" | "handoff" | "error"} EventName */

/** Where the bundle came from; a page of another origin then need not say where its server is. */
export const ORIGIN = originOf(document.currentScript);

/** @param {HTMLOrSVGScriptElement | null} script */
function originOf(script) {
  const loaded = script instanceof HTMLScriptElement ? script : document.querySelector("script[src$='/widget.js']");
  return loaded instanceof HTMLScriptElement && loaded.src ? new URL(".", loaded.src).href : location.origin;
}

/**
 * Attributes: `src` the server · `bot` its name (the server's first by default) · `mode` launcher or inline · `lang` ·
 * `theme` auto, light or dark · `open` shown at once · `heading` · `greeting` · `starters` a JSON list of first questions ·
 * `remember-days` how long a chat is kept if the visitor agrees.
 */
export class KitwrightChat extends HTMLElement {
  static observedAttributes = ["src", "bot", "mode", "lang", "heading", "greeting", "starters"];

  /** @type {Session | null} */
  #session = null;
  /** @type {Panel | null} */
  #panel = null;
  /** @type {Launcher | null} */
  #launcher = null;
  #open = false;
  #unread = 0;
  #drawing = false;
  /** @type {Parameters<Session["setUser"]>[0]} */
  #user = null;
  /** @type {(() => void) | null} */
  #leave = null;

  constructor() {
    super();
    this.attachShadow({ mode: "open", delegatesFocus: false }).adoptedStyleSheets = sheets();
  }

  connectedCallback() {
    const leave = new AbortController();
    this.#leave = () => leave.abort();
    const look = () => this.#session?.watch(this.#seen);
    document.addEventListener("visibilitychange", look, { signal: leave.signal });
    this.#begin();
    queueMicrotask(() => this.#emit("ready", { bot: this.getAttribute("bot"), locale: this.#words.locale }));
  }

  disconnectedCallback() {
    this.#leave?.();
    this.#session?.close();
    this.#session = null;
  }

  /** @param {string} name @param {string | null} before @param {string | null} after */
  attributeChangedCallback(name, before, after) {
    if (before === after || !this.#session) return;
    if (name === "src" || name === "bot") this.#begin();
    else this.#draw();
  }

  get #inline() {
    return this.getAttribute("mode") === "inline";
  }

  get #seen() {
    return (this.#open || this.#inline) && document.visibilityState === "visible";
  }

  get #words() {
    const page = this.parentElement?.closest("[lang]")?.getAttribute("lang");
    return wordsIn([this.getAttribute("lang"), page, ...navigator.languages]);
  }

  get #days() {
    const days = Number(this.getAttribute("remember-days"));
    return days > 0 ? days : 30;
  }

  /** Show the chat. */
  open() {
    this.#show(true);
  }

  /** Hide the chat; the conversation goes on when it is opened again. */
  close() {
    this.#show(false);
  }

  /** Show or hide the chat. */
  toggle() {
    this.#show(!this.#open);
  }

  /**
   * Say something for the visitor, as if they had written it; waits for the chat to be ready, and for consent if the kit
   * asks for it.
   * @param {string} text
   * @returns {Promise<boolean>} whether it was sent
   */
  async sendMessage(text) {
    const session = this.#session;
    if (!session) return false;
    await session.load();
    if (session.state.phase !== "ready") return false;
    await session.send(String(text));
    return true;
  }

  /**
   * Say who sits at the page; null when they sign out. The id keeps the chats of two people on one device apart, the name
   * is used to greet: neither is sent to the server.
   * @param {{id?: string, name?: string, locale?: string} | null} user
   */
  async setUser(user) {
    this.#user = user;
    if (user?.locale) this.lang = user.locale;
    await this.#session?.setUser(user);
  }

  /** Start again with an empty conversation. */
  async reset() {
    await this.#session?.restart();
  }

  #begin() {
    this.#session?.close();
    const session = new Session({
      base: new URL(this.getAttribute("src") ?? ORIGIN, document.baseURI).href.replace(/\/$/, ""),
      bot: this.getAttribute("bot") ?? "",
      locale: this.#words.locale,
      days: this.#days,
      show: () => this.#changed(),
      tell: (name, detail) => this.#told(name, detail),
    });
    this.#session = session;
    this.#draw();
    if (this.#user) void session.setUser(this.#user);
    if (this.hasAttribute("open") && !this.#inline) this.#show(true, false);
    if (this.#inline || this.#open || session.handedOver) void session.load();
    session.watch(this.#seen);
  }

  #draw() {
    const session = this.#session;
    if (!session || !this.shadowRoot) return;
    const words = this.#words;
    session.options.locale = words.locale;
    this.#panel = new Panel({
      session, words, close: () => this.close(), inline: this.#inline, days: this.#days,
      heading: this.getAttribute("heading"), greeting: this.getAttribute("greeting"), starters: startersOf(this.getAttribute("starters")),
    });
    this.#launcher = this.#inline ? null : new Launcher(words, () => this.toggle());
    this.#panel.root.hidden = !this.#inline && !this.#open;
    const parts = this.#launcher ? [this.#panel.root, this.#launcher.root] : [this.#panel.root];
    this.shadowRoot.replaceChildren(...parts);
    this.#launcher?.update(this.#open, this.#unread);
    this.#panel.update(session.state);
  }

  /** Once a task at most, however many pieces of a reply arrive. */
  #changed() {
    if (this.#drawing) return;
    this.#drawing = true;
    queueMicrotask(() => {
      this.#drawing = false;
      if (this.#session) this.#panel?.update(this.#session.state);
    });
  }

  /** @param {boolean} open @param {boolean} [focus] */
  #show(open, focus = true) {
    if (this.#inline || open === this.#open || !this.#panel) return;
    const inside = this.shadowRoot?.contains(focused());
    this.#open = open;
    if (open) this.#unread = 0;
    this.#panel.root.hidden = !open;
    this.toggleAttribute("data-open", open);
    this.#launcher?.update(open, this.#unread);
    if (open) void this.#session?.load().then(() => focus && this.#open && this.#panel?.shown());
    if (open && focus) this.#panel.shown();
    else if (inside) this.#launcher?.root.focus();
    this.#session?.watch(this.#seen);
    this.#emit(open ? "opened" : "closed", {});
  }

  /** @param {EventName} name @param {Record<string, unknown>} detail */
  #told(name, detail) {
    if (name === "error" && detail["about"] === "action") this.#panel?.notice.flash(this.#words.say("failed"));
    const news = name === "message" && detail["role"] !== "user";
    if (news && !this.#seen) this.#launcher?.update(this.#open, ++this.#unread);
    this.#emit(name, detail);
  }

  /** @param {EventName} name @param {Record<string, unknown>} detail */
  #emit(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }
}

/** @param {string | null} json @returns {import("./types.js").Choice[]} */
function startersOf(json) {
  try {
    const listed = JSON.parse(json ?? "[]");
    return Array.isArray(listed) ? listed.map((each) => (typeof each === "string" ? { title: each, payload: each } : each)) : [];
  } catch {
    return [];
  }
}
