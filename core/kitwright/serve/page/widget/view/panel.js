// The panel: all parts of the chat in their order, and how the keyboard moves among them.

import { h } from "../dom.js";
import { Announcer } from "./announcer.js";
import { Composer } from "./composer.js";
import { Confirm } from "./confirm.js";
import { Gate } from "./gate.js";
import { Header } from "./header.js";
import { Log } from "./log.js";
import { BannerView, Notice } from "./notice.js";

/** @typedef {import("./context.js").Context} Context */
/** @typedef {Omit<Context, "announce" | "flash" | "focusComposer">} Given */

const FULL = "(max-width: 480px), (max-height: 480px)"; // as in panel.css: the chat covers the page

export class Panel {
  /** @param {Given} given */
  constructor(given) {
    const announcer = new Announcer();
    this.notice = new Notice(given.words);
    /** @type {Context} */
    const context = {
      ...given,
      announce: (text) => announcer.say(text),
      flash: (text) => this.notice.flash(text),
      focusComposer: () => this.composer.focus(),
    };
    this.context = context;
    this.confirm = new Confirm(given.words);
    this.header = new Header(context, this.confirm);
    this.banner = new BannerView(given.words);
    this.log = new Log(context);
    this.gate = new Gate(context);
    this.composer = new Composer(context);
    this.root = h("section", {
      class: "panel", part: "panel", role: given.inline ? "region" : "dialog", "aria-labelledby": "title", tabindex: -1,
      lang: given.words.locale, dir: given.words.dir, onkeydown: (event) => this.#key(event),
    });
    this.confirm.behind = [this.header.root, this.banner.root, this.log.root, this.gate.root, this.composer.root];
    this.root.append(this.header.root, this.banner.root, this.notice.root, this.log.root, this.gate.root, this.composer.root, this.confirm.root, announcer.root);
  }

  /** @param {import("../types.js").State} state */
  update(state) {
    this.header.update(state);
    this.banner.update(state);
    this.notice.update(state);
    this.composer.update(state);
    this.log.root.hidden = state.phase !== "ready";
    this.log.update(state);
    this.gate.update(state); // last, since it hands the focus on
  }

  /** The chat has become visible. */
  shown() {
    this.root.ariaModal = !this.context.inline && matchMedia(FULL).matches ? "true" : null;
    this.log.shown();
    this.focus();
  }

  /** Into the field where there is a keyboard; on a touch screen that would cover half the chat with keys. */
  focus() {
    const ready = this.context.session.state.phase === "ready";
    if (ready && matchMedia("(pointer: fine)").matches) this.composer.focus();
    else (this.gate.root.querySelector("button") ?? this.root).focus();
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (this.context.inline) return;
    if (event.key === "Escape") {
      event.stopPropagation();
      this.context.close();
    } else if (event.key === "Tab" && this.root.ariaModal === "true") this.#keepInside(event);
  }

  /** On a phone the chat covers the page, so the focus must not wander behind it. @param {KeyboardEvent} event */
  #keepInside(event) {
    const selector = "button, a[href], input, textarea, summary, [tabindex='0']";
    const places = /** @type {HTMLElement[]} */ ([...this.root.querySelectorAll(selector)]).filter((place) => place.tabIndex >= 0 && place.checkVisibility());
    const end = event.shiftKey ? places[0] : places.at(-1);
    const begin = event.shiftKey ? places.at(-1) : places[0];
    const root = /** @type {ShadowRoot} */ (this.root.getRootNode());
    if (root.activeElement !== end && root.activeElement !== this.root) return;
    if (root.activeElement === this.root && !event.shiftKey) return;
    event.preventDefault();
    begin?.focus();
  }
}
