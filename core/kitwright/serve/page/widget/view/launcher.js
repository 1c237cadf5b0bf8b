// The launcher: the round button that opens and closes the chat, with a mark when something new came.

import { h, setAttribute } from "../dom.js";
import { icon } from "../icons.js";

export class Launcher {
  /** @param {import("../texts.js").Words} words @param {() => void} toggle */
  constructor(words, toggle) {
    this.words = words;
    this.badge = h("span", { class: "badge", part: "badge", hidden: true });
    this.root = h("button", { class: "launcher", part: "launcher", type: "button", "aria-expanded": "false", onclick: toggle });
    this.root.append(icon("chat"), icon("down"), this.badge);
    this.update(false, 0);
  }

  /** @param {boolean} open @param {number} unread */
  update(open, unread) {
    const label = this.words.say(open ? "closeChat" : "openChat");
    const news = unread && !open ? `${label}, ${this.words.say("newMessages")}: ${unread}` : label;
    setAttribute(this.root, "aria-label", news);
    setAttribute(this.root, "aria-expanded", String(open));
    this.badge.textContent = String(unread);
    this.badge.hidden = open || !unread;
  }
}
