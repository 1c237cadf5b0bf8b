// The question before something is cleared: over the chat, everything behind it out of reach.

import { h } from "../dom.js";

export class Confirm {
  /** @param {import("../texts.js").Words} words */
  constructor(words) {
    this.words = words;
    this.question = h("p", { id: "question" });
    this.yes = h("button", { type: "button", class: "button danger", part: "confirm" });
    this.no = h("button", { type: "button", class: "button", onclick: () => this.#done() }, words.say("cancel"));
    const box = h("div", { class: "confirm-box", role: "alertdialog", "aria-modal": "true", "aria-labelledby": "question" });
    box.append(this.question, h("div", { class: "row" }, this.no, this.yes));
    this.root = h("div", { class: "confirm", hidden: true, onkeydown: (event) => this.#key(event) }, box);
    /** @type {HTMLElement[]} what lies behind */
    this.behind = [];
    /** @type {(() => void) | null} */
    this.before = null;
  }

  /**
   * @param {string} question
   * @param {string} answer the label of the button that does it
   * @param {() => void | Promise<void>} act
   */
  ask(question, answer, act) {
    const root = /** @type {ShadowRoot} */ (this.root.getRootNode());
    const focus = /** @type {HTMLElement | null} */ (root.activeElement);
    this.before = () => focus?.focus();
    this.question.textContent = question;
    this.yes.textContent = answer;
    this.yes.onclick = () => {
      this.#done();
      void act();
    };
    for (const element of this.behind) element.inert = true;
    this.root.hidden = false;
    this.no.focus();
  }

  #done() {
    this.root.hidden = true;
    for (const element of this.behind) element.inert = false;
    this.before?.();
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (event.key === "Escape") this.#done();
    else if (event.key === "Tab") (event.target === this.yes ? this.no : this.yes).focus();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }
}
