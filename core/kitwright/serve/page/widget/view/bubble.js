// The bubbles: one thing that was said or happened, kept up to date while it is written.

import { h, hidden, setAttribute } from "../dom.js";
import { icon } from "../icons.js";
import { richText, safeUrl } from "../richtext.js";
import { RatingView } from "./rating.js";

/** @typedef {import("../types.js").Item} Item */
/** @typedef {import("../types.js").ReplyItem} ReplyItem */
/** @typedef {import("./context.js").Context} Context */

/** @param {Context} context @param {Item} item @returns {Bubble} */
export function bubbleOf(context, item) {
  if (item.role === "user") return new OwnBubble(context, item);
  return item.role === "note" ? new Note(context, item) : new ReplyBubble(context, item);
}

/** @typedef {OwnBubble | ReplyBubble | Note} Bubble */

class OwnBubble {
  /** @param {Context} context @param {import("../types.js").UserItem} item */
  constructor(context, item) {
    this.context = context;
    const { session, words, focusComposer } = context;
    const text = h("div", { class: "bubble", part: "bubble bubble-user", dir: "auto" }, item.text);
    this.state = h("span", {});
    const again = () => {
      focusComposer();
      void session.retry(item.key);
    };
    this.retry = h("button", { type: "button", class: "link", part: "retry", onclick: again }, words.say("retry"));
    this.trouble = h("p", { class: "trouble", hidden: true }, this.state, this.retry);
    this.root = h("div", { class: "message mine", part: "message message-user" }, hidden(`${words.say("you")}: `), text, this.trouble);
    this.status = "";
    this.update(item);
  }

  /** @param {Item} item */
  update(item) {
    if (item.role !== "user" || item.status === this.status) return;
    const { words, announce } = this.context;
    this.status = item.status;
    const trouble = item.status === "failed" || item.status === "refused";
    this.trouble.hidden = !trouble;
    if (!trouble) return;
    this.state.textContent = words.say(item.status === "failed" ? "notSent" : "refused");
    this.retry.hidden = item.status !== "failed";
    announce(this.state.textContent);
  }
}

class ReplyBubble {
  /** @param {Context} context @param {ReplyItem} item */
  constructor(context, item) {
    this.context = context;
    this.body = h("div", { class: "bubble", part: `bubble bubble-${item.role}`, dir: "auto" });
    this.foot = h("div", { class: "foot" });
    this.root = h("div", { class: `message theirs ${item.role}`, part: `message message-${item.role}` }, hidden(`${this.#who(item)}: `), this.body, this.foot);
    if (item.role === "agent" && item.agent) this.root.prepend(h("p", { class: "author", "aria-hidden": "true" }, item.agent));
    this.text = "";
    this.#fill(item);
    /** @type {RatingView | null} */
    this.rating = null;
    this.update(item);
  }

  /** @param {Item} item */
  update(item) {
    if (item.role !== "bot" && item.role !== "agent") return;
    if (item.text !== this.text) this.#fill(item);
    setAttribute(this.root, "aria-busy", item.streaming ? "true" : null);
    this.root.classList.toggle("streaming", Boolean(item.streaming));
    if (item.streaming || this.done) return this.rating?.update(item);
    this.done = true;
    this.#finish(item);
  }

  /** @param {ReplyItem} item */
  #who(item) {
    return item.agent ?? (item.role === "agent" ? this.context.words.say("someone") : (this.context.session.state.bot?.title ?? ""));
  }

  /** @param {ReplyItem} item */
  #fill(item) {
    this.text = item.text;
    this.body.replaceChildren(richText(item.text, this.context.words.say("newTab")));
  }

  /** What comes under a reply that is complete. @param {ReplyItem} item */
  #finish(item) {
    const { words, announce, session } = this.context;
    if (item.stopped) this.foot.append(h("p", { class: "stopped" }, words.say("stopped")));
    if (item.sources.length) this.foot.append(sourcesOf(this.context, item.sources));
    if (item.role === "bot" && item.eventId) {
      this.rating = new RatingView(this.context, item);
      this.foot.append(this.rating.root);
    }
    if (session.state.phase === "ready") announce(`${this.#who(item)}: ${[...this.body.children].map((part) => part.textContent).join(" ")}`);
  }
}

class Note {
  /** @param {Context} context @param {import("../types.js").NoteItem} item */
  constructor(context, item) {
    const { words, announce, session } = context;
    const text = words.say(item.note, { agent: item.agent ?? words.say("someone") });
    this.root = h("p", { class: "note", part: "note" }, text);
    if (session.state.phase === "ready") announce(text);
  }

  update() {}
}

/** The sources of a reply, to be opened; those with an address are links. @param {Context} context @param {readonly import("../types.js").Source[]} sources */
function sourcesOf({ words }, sources) {
  const list = h("ul", {});
  for (const { title, url } of sources) {
    const href = url ? safeUrl(url) : null;
    const label = href && h("a", { href, target: "_blank", rel: "noopener noreferrer", "aria-label": `${title} (${words.say("newTab")})`, part: "link" }, title, icon("out"));
    list.append(h("li", {}, h("bdi", {}, label || title)));
  }
  return h("details", { class: "sources", part: "sources" }, h("summary", {}, words.say("sources", { count: sources.length })), list);
}
