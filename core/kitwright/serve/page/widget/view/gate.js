// The gate: what is shown instead of the conversation, such as the kit's question for consent, or that nothing can be reached.

import { h } from "../dom.js";
import { richText, link } from "../richtext.js";

/** @typedef {import("../types.js").State} State */

export class Gate {
  /** @param {import("./context.js").Context} context */
  constructor(context) {
    this.context = context;
    this.root = h("div", { class: "gate", part: "gate", tabindex: -1, hidden: true });
    this.phase = "";
  }

  /** @param {State} state */
  update(state) {
    if (state.phase === this.phase) return;
    const focus = this.root.contains(/** @type {ShadowRoot} */ (this.root.getRootNode()).activeElement);
    this.phase = state.phase;
    this.root.hidden = state.phase === "ready";
    this.root.replaceChildren(...this.#content(state));
    if (state.phase === "ready" && focus) this.context.focusComposer();
    else if (focus) (this.root.querySelector("button") ?? this.root).focus();
  }

  /** @param {State} state @returns {Node[]} */
  #content(state) {
    const { session, words } = this.context;
    if (state.phase === "consent") return [this.#consent(state)];
    if (state.phase === "declined") return this.#message("declined", "reconsider", () => session.reconsider());
    if (state.phase === "unreachable") return this.#message("unreachable", "retry", () => void session.load());
    if (state.phase === "ready") return [];
    return [h("p", { class: "quiet", role: "status" }, words.say("loading"))];
  }

  /**
   * @param {import("../texts.js").TextKey} text
   * @param {import("../texts.js").TextKey} answer
   * @param {() => void} act
   */
  #message(text, answer, act) {
    const { words } = this.context;
    return [
      h("p", { class: "quiet", role: "status" }, words.say(text)),
      h("button", { type: "button", class: "button", onclick: act }, words.say(answer)),
    ];
  }

  /** @param {State} state */
  #consent({ bot }) {
    const { session, words, days } = this.context;
    const consent = typeof bot?.consent === "string" ? { text: bot.consent } : bot?.consent;
    const more = consent?.url ? link(consent.url, words.say("readMore"), words.say("newTab")) : null;
    const keep = h("input", { type: "checkbox", id: "keep" });
    const text = h("div", { class: "consent-text", dir: "auto" });
    text.append(richText(consent?.text ?? "", words.say("newTab")));
    return h(
      "form",
      { class: "consent", part: "consent", onsubmit: (event) => { event.preventDefault(); session.consent(true, keep.checked); } },
      h("h3", {}, words.say("consent")),
      text,
      more && h("p", {}, more),
      h("label", { class: "check" }, keep, h("span", {}, words.say("rememberDays", { days }))),
      h("div", { class: "row" }, h("button", { type: "button", class: "button", onclick: () => session.consent(false) }, words.say("decline")), h("button", { type: "submit", class: "button main", part: "agree" }, words.say("agree"))),
    );
  }
}
