// The rating of a reply: a thumb, and on a lowered one what was wrong and what would have been better.

import { h, setAttribute } from "../dom.js";
import { icon } from "../icons.js";

/** @typedef {import("../types.js").ReplyItem} ReplyItem */

const REASONS = /** @type {const} */ (["wrong", "incomplete", "not_understood", "too_long", "unfriendly", "unsafe", "other"]);

export class RatingView {
  /** @param {import("./context.js").Context} context @param {ReplyItem} item */
  constructor(context, item) {
    this.context = context;
    this.item = item;
    const { words } = context;
    this.good = this.#thumb("good", 1);
    this.bad = this.#thumb("bad", -1);
    this.thanks = h("span", { class: "thanks", role: "status" });
    this.place = h("div", {});
    this.root = h("div", { class: "rating", part: "rating" }, h("div", { class: "thumbs" }, this.good, this.bad, this.thanks), this.place);
    setAttribute(this.root, "data-event", item.eventId);
    this.words = words;
    this.update(item);
  }

  /** @param {ReplyItem} item */
  update(item) {
    this.item = item;
    setAttribute(this.good, "aria-pressed", String(item.rating?.value === 1));
    setAttribute(this.bad, "aria-pressed", String(item.rating?.value === -1));
  }

  /** @param {"good" | "bad"} name @param {1 | -1} value */
  #thumb(name, value) {
    const label = this.context.words.say(name);
    return h("button", { type: "button", class: "plain thumb", part: `rate rate-${name}`, "aria-label": label, title: label, onclick: () => void this.#rate(value) }, icon(name));
  }

  /** A second press takes the rating back. @param {1 | -1} value */
  async #rate(value) {
    const chosen = this.item.rating?.value === value ? 0 : value;
    this.#form(chosen === -1);
    this.thanks.textContent = "";
    if (!(await this.context.session.rate(this.item, { value: chosen }))) this.#form(false);
    else if (chosen === 1) this.thanks.textContent = this.words.say("thanks");
  }

  /** @param {boolean} open */
  #form(open) {
    this.place.replaceChildren();
    if (!open) return;
    const { words } = this;
    const name = `why-${this.item.key}`;
    const chips = REASONS.map((reason) =>
      h("label", { class: "chip" }, h("input", { type: "radio", name, value: reason }), h("span", {}, words.say(reason))),
    );
    const hint = h("p", { class: "hint", id: `hint-${name}` }, words.say("betterHint"));
    const better = h("textarea", { rows: 2, maxlength: 2000, dir: "auto", id: `better-${name}`, "aria-describedby": hint.id, part: "better" });
    const form = h(
      "form",
      { class: "why", part: "rating-form", onsubmit: (event) => void this.#send(event, form, better) },
      h("fieldset", {}, h("legend", {}, words.say("why")), h("div", { class: "chips" }, ...chips)),
      h("label", { for: better.id }, words.say("better")),
      better,
      hint,
      h("div", { class: "row" }, h("button", { type: "button", class: "button", onclick: () => this.#leave("") }, words.say("cancel")), h("button", { type: "submit", class: "button main" }, words.say("sendRating"))),
    );
    this.place.append(form);
    form.querySelector("input")?.focus();
    form.scrollIntoView({ block: "nearest" });
  }

  /** @param {SubmitEvent} event @param {HTMLFormElement} form @param {HTMLTextAreaElement} better */
  async #send(event, form, better) {
    event.preventDefault();
    const reason = new FormData(form).get(`why-${this.item.key}`);
    const said = better.value.trim();
    const rating = { value: /** @type {const} */ (-1), ...(reason ? { reason: String(reason) } : {}), ...(said ? { better: said } : {}) };
    if (await this.context.session.rate(this.item, rating)) this.#leave(this.words.say("thanks"));
  }

  /** @param {string} thanks */
  #leave(thanks) {
    this.#form(false);
    this.thanks.textContent = thanks;
    this.bad.focus();
  }
}
