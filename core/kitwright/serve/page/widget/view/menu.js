// The menu: a person, a new start, and what visitors may do with their data.

import { h, setAttribute } from "../dom.js";
import { icon } from "../icons.js";

/** @typedef {import("../types.js").State} State */

export class Menu {
  /** @param {import("./context.js").Context} context @param {import("./confirm.js").Confirm} confirm */
  constructor(context, confirm) {
    this.context = context;
    this.confirm = confirm;
    const { session, words } = context;
    this.button = h(
      "button",
      { class: "plain round", part: "menu-button", type: "button", "aria-label": words.say("menu"), "aria-haspopup": "menu", "aria-expanded": "false", "aria-controls": "menu", onclick: () => this.#toggle() },
      icon("more"),
    );
    this.person = this.#item("person", "person", () => void session.callPerson());
    this.again = this.#item("again", "again", () => this.#askAgain());
    this.keep = this.#item("keep", "remember", () => session.remember(!session.state.remembered), "menuitemcheckbox");
    this.download = this.#item("download", "download", () => void this.#save());
    this.erase = this.#item("erase", "erase", () => this.#askErase());
    this.list = h("div", { class: "menu", part: "menu", role: "menu", id: "menu", hidden: true, "aria-label": words.say("menu"), onkeydown: (event) => this.#key(event) });
    this.list.append(this.person, this.again, h("div", { role: "separator" }), this.keep, this.download, this.erase);
    this.root = h("div", { class: "menu-place", onfocusout: (event) => this.#left(event) }, this.button, this.list);
  }

  /** @param {State} state */
  update(state) {
    const ready = state.phase === "ready";
    const personal = ready && state.conversation !== null;
    this.root.hidden = !ready;
    this.person.hidden = state.handoff !== "bot" || state.bot?.handoff === false;
    this.again.hidden = state.items.length === 0;
    this.download.hidden = this.erase.hidden = !personal;
    setAttribute(this.keep, "aria-checked", String(state.remembered));
  }

  /**
   * @param {import("../icons.js").IconName} image
   * @param {import("../texts.js").TextKey} text
   * @param {() => void} act
   * @param {string} [role]
   */
  #item(image, text, act, role = "menuitem") {
    const chosen = () => {
      this.#show(false);
      this.button.focus();
      act();
    };
    const mark = role === "menuitemcheckbox" && h("span", { class: "tick" }, icon("check"));
    return h("button", { type: "button", role, tabindex: -1, onclick: chosen }, icon(image), h("span", {}, this.context.words.say(text)), mark);
  }

  get #items() {
    return /** @type {HTMLButtonElement[]} */ ([...this.list.querySelectorAll("button")]).filter((item) => !item.hidden);
  }

  #toggle() {
    this.#show(this.list.hidden !== false);
    if (!this.list.hidden) this.#items[0]?.focus();
  }

  /** @param {boolean} open */
  #show(open) {
    this.list.hidden = !open;
    setAttribute(this.button, "aria-expanded", String(open));
  }

  /** @param {FocusEvent} event */
  #left(event) {
    if (!this.root.contains(/** @type {Node | null} */ (event.relatedTarget))) this.#show(false);
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const items = this.#items;
    const at = items.findIndex((item) => item === event.target);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1 + items.length, Home: 0, End: items.length - 1 }[event.key];
    if (to !== undefined) items[to % items.length]?.focus();
    else if (event.key === "Escape" || event.key === "Tab") {
      this.#show(false);
      this.button.focus();
    } else return;
    if (event.key === "Tab") return; // moves on from the menu's button
    event.preventDefault();
    event.stopPropagation();
  }

  #askAgain() {
    const { session, words, focusComposer } = this.context;
    this.confirm.ask(words.say("againAsk"), words.say("again"), async () => {
      focusComposer();
      await session.restart();
    });
  }

  #askErase() {
    const { session, words, focusComposer, announce } = this.context;
    this.confirm.ask(words.say("eraseAsk"), words.say("eraseYes"), async () => {
      if (!(await session.erase())) return;
      focusComposer();
      announce(words.say("erased"));
    });
  }

  async #save() {
    const data = await this.context.session.exported();
    if (data === null) return;
    const address = URL.createObjectURL(new Blob([JSON.stringify(data, null, 2)], { type: "application/json" }));
    const anchor = h("a", { href: address, download: "my-chat.json", hidden: true });
    this.root.append(anchor);
    anchor.click();
    anchor.remove();
    setTimeout(() => URL.revokeObjectURL(address), 10_000);
  }
}
