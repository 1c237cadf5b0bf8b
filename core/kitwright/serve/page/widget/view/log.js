// The log: what was said, and below it what can be chosen. It follows new messages unless one has scrolled up.

import { h } from "../dom.js";
import { icon } from "../icons.js";
import { bubbleOf } from "./bubble.js";

/** @typedef {import("../types.js").State} State */

const NEAR = 60; // pixels from the end that count as being there

export class Log {
  /** @param {import("./context.js").Context} context */
  constructor(context) {
    this.context = context;
    const { words } = context;
    this.greeting = h("div", { class: "bubble", part: "bubble bubble-bot", dir: "auto" });
    this.items = h("div", { class: "items" }, h("div", { class: "message theirs bot", part: "message message-bot" }, this.greeting));
    this.typing = h("div", { class: "typing", part: "typing", hidden: true }, h("span", { class: "hidden" }), h("i"), h("i"), h("i"));
    this.choices = h("div", { class: "choices", part: "choices", role: "group", "aria-label": words.say("message") });
    this.scroll = h("div", { class: "log", part: "messages", role: "log", tabindex: 0, "aria-live": "off", "aria-label": words.say("conversation"), onscroll: () => this.#scrolled() });
    this.scroll.append(this.items, this.typing, this.choices);
    this.jump = h("button", { type: "button", class: "jump", part: "jump", hidden: true, onclick: () => this.#toEnd() }, words.say("newMessages"), icon("down"));
    this.root = h("div", { class: "log-place" }, this.scroll, this.jump);
    /** @type {Map<string, {item: import("../types.js").Item, bubble: import("./bubble.js").Bubble}>} */
    this.bubbles = new Map();
    this.following = true;
    this.offered = "";
  }

  /** @param {State} state */
  update(state) {
    const own = this.#reconcile(state);
    this.#greet(state);
    this.#offer(state);
    const writing = state.sending && state.handoff !== "agent" && state.handoff !== "waiting" && !state.queued && state.connection === "online";
    this.typing.hidden = !writing || state.items.at(-1)?.role !== "user";
    const text = this.context.words.say("writing", { bot: state.bot?.title ?? "" });
    const label = this.typing.firstElementChild;
    if (label && label.textContent !== text) label.textContent = text;
    if (own || this.following) this.#toEnd();
    else this.jump.hidden = false;
  }

  /** Called when the chat becomes visible: nothing has a height before. */
  shown() {
    this.#toEnd();
  }

  /** @param {State} state @returns {boolean} whether the visitor said something new */
  #reconcile({ items }) {
    let own = false;
    const keys = new Set(items.map((item) => item.key));
    for (const [key, { bubble }] of this.bubbles) {
      if (keys.has(key)) continue;
      bubble.root.remove();
      this.bubbles.delete(key);
    }
    items.forEach((item, at) => {
      const known = this.bubbles.get(item.key);
      const bubble = known?.bubble ?? bubbleOf(this.context, item);
      if (known && known.item !== item) bubble.update(item);
      this.bubbles.set(item.key, { item, bubble });
      const place = this.items.children[at + 1] ?? null; // the greeting comes first
      if (place !== bubble.root) this.items.insertBefore(bubble.root, place);
      own ||= !known && item.role === "user";
    });
    return own;
  }

  /** @param {State} state */
  #greet({ bot, user }) {
    const { words, greeting } = this.context;
    const title = bot?.title ?? "";
    const text = greeting ?? bot?.greeting ?? (user ? words.say("greetingName", { name: user, bot: title }) : words.say("greeting", { bot: title }));
    if (this.greeting.textContent !== text) this.greeting.textContent = text;
  }

  /** The buttons of the last reply, or what one may begin with. @param {State} state */
  #offer(state) {
    const { session, starters, focusComposer } = this.context;
    const begun = state.items.some((item) => item.role !== "note");
    const offered = begun || state.sending ? state.choices : starters.length ? starters : startersOf(state.bot);
    const mark = JSON.stringify(offered);
    if (mark === this.offered) return;
    this.offered = mark;
    this.choices.replaceChildren();
    for (const { title, payload } of offered) {
      const choose = () => {
        focusComposer();
        void session.send(payload, title);
      };
      this.choices.append(h("button", { type: "button", class: "choice", part: "choice", dir: "auto", onclick: choose }, title));
    }
  }

  #scrolled() {
    const { scrollHeight, scrollTop, clientHeight } = this.scroll;
    this.following = scrollHeight - scrollTop - clientHeight < NEAR;
    if (this.following) this.jump.hidden = true;
  }

  #toEnd() {
    this.scroll.scrollTop = this.scroll.scrollHeight;
    this.following = true;
    this.jump.hidden = true;
  }
}

/** @param {import("../types.js").Bot | null} bot @returns {import("../types.js").Choice[]} */
function startersOf(bot) {
  return (bot?.starters ?? []).map((starter) => (typeof starter === "string" ? { title: starter, payload: starter } : starter));
}
