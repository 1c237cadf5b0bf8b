// The announcer: a live region that says whole messages, so that a streamed reply is not read out in crumbs.

import { h } from "../dom.js";

export class Announcer {
  constructor() {
    this.root = h("div", { class: "hidden", "aria-live": "polite", "aria-atomic": "false", role: "status" });
  }

  /** @param {string} text */
  say(text) {
    this.root.append(h("p", {}, text));
    while (this.root.childElementCount > 4) this.root.firstElementChild?.remove();
  }
}
