// The header: whom one is talking to, the menu, and the way out.

import { h } from "../dom.js";
import { icon } from "../icons.js";
import { Menu } from "./menu.js";

export class Header {
  /** @param {import("./context.js").Context} context @param {import("./confirm.js").Confirm} confirm */
  constructor(context, confirm) {
    this.context = context;
    const { words } = context;
    this.mark = h("span", { class: "mark", part: "avatar", "aria-hidden": "true" });
    this.title = h("h2", { class: "title", part: "title", id: "title", dir: "auto" });
    this.status = h("p", { class: "status", part: "status" });
    this.menu = new Menu(context, confirm);
    const close = h("button", { class: "plain round", part: "close", type: "button", "aria-label": words.say("closeChat"), onclick: context.close });
    close.append(icon("close"));
    this.root = h("header", { class: "header", part: "header" }, this.mark, h("div", { class: "who" }, this.title, this.status), this.menu.root);
    if (!context.inline) this.root.append(close);
  }

  /** @param {import("../types.js").State} state */
  update(state) {
    const { words, heading } = this.context;
    const title = heading ?? state.bot?.title ?? words.say("conversation");
    const agent = state.agent ?? words.say("someone");
    const status =
      state.handoff === "agent" ? words.say("withAgent", { agent }) : words.say(state.handoff === "waiting" ? "waiting" : "automated");
    if (this.title.textContent !== title) this.title.textContent = title;
    if (this.status.textContent !== status) this.status.textContent = status;
    this.mark.textContent = [...(state.handoff === "agent" && state.agent ? state.agent : title)][0] ?? "";
    this.root.classList.toggle("person", state.handoff === "agent");
    this.menu.update(state);
  }
}
