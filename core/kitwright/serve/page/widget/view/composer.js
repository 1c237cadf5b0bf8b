// The composer: where one writes. Enter sends, Shift+Enter breaks the line, and sending turns into stopping meanwhile.

import { h, setAttribute } from "../dom.js";
import { icon } from "../icons.js";

const LIMIT = 4000; // characters that the server takes

export class Composer {
  /** @param {import("./context.js").Context} context */
  constructor(context) {
    this.context = context;
    const { words } = context;
    this.over = h("span", { id: "over", class: "over", role: "status" });
    this.input = h("textarea", {
      rows: 1, part: "input", dir: "auto", id: "input", autocomplete: "off", enterkeyhint: "send", "aria-label": words.say("message"),
      "aria-describedby": "over", placeholder: words.say("placeholder"), oninput: () => this.#grown(), onkeydown: (event) => this.#key(event),
    });
    this.send = h("button", { type: "submit", class: "send", part: "send", "aria-label": words.say("send") }, icon("send"));
    this.stop = h("button", { type: "button", class: "send stop", part: "stop", hidden: true, "aria-label": words.say("stop"), onclick: () => void context.session.stop() }, icon("stop"));
    this.root = h("form", { class: "composer", part: "composer", onsubmit: (event) => this.#submit(event) });
    this.root.append(this.over, h("div", { class: "field" }, this.input, this.send, this.stop));
    this.#grown();
  }

  /** @param {import("../types.js").State} state */
  update(state) {
    this.root.hidden = state.phase !== "ready";
    const swapped = this.send.hidden !== state.sending;
    const root = /** @type {ShadowRoot} */ (this.root.getRootNode());
    const lost = swapped && (root.activeElement === this.send || root.activeElement === this.stop);
    this.send.hidden = state.sending;
    this.stop.hidden = !state.sending;
    if (lost) this.input.focus(); // the button under the focus has gone
  }

  focus() {
    this.input.focus();
  }

  #grown() {
    this.input.style.height = "auto";
    if (this.input.scrollHeight) this.input.style.height = `${this.input.scrollHeight}px`;
    const over = this.input.value.length - LIMIT;
    this.over.textContent = over > 0 ? this.context.words.say("tooLong", { over }) : "";
    setAttribute(this.input, "aria-invalid", over > 0 ? "true" : null);
    this.#ready();
  }

  #ready() {
    const { value } = this.input;
    setAttribute(this.send, "aria-disabled", String(!value.trim() || value.length > LIMIT));
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    // While an input method composes a word (Japanese, Chinese …), Enter belongs to it.
    if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    this.root.requestSubmit();
  }

  /** @param {SubmitEvent} event */
  #submit(event) {
    event.preventDefault();
    const { session } = this.context;
    const text = this.input.value.trim();
    if (!text || text.length > LIMIT || session.state.sending) return;
    this.input.value = "";
    this.#grown();
    this.input.focus();
    void session.send(text);
  }
}
