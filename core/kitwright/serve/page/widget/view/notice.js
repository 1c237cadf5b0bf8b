// The strips above the messages: the kit's banner, and what is to be known about the connection right now.

import { h } from "../dom.js";
import { richText } from "../richtext.js";

/** @typedef {import("../types.js").State} State */

const FLASH = 6000;

export class Notice {
  /** @param {import("../texts.js").Words} words */
  constructor(words) {
    this.words = words;
    this.root = h("div", { class: "notice", part: "notice", role: "status" });
    this.flashed = "";
    this.was = "online";
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.timer = undefined;
  }

  /** @param {State} state */
  update(state) {
    if (this.was !== "online" && state.connection === "online") this.flash(this.words.say("connected"));
    else if (this.was === "online" && state.connection !== "online") this.flashed = "";
    this.was = state.connection;
    this.#show(this.flashed || this.#lasting(state));
    this.root.classList.toggle("warn", state.connection !== "online");
    this.state = state;
  }

  /** Show something for a while. @param {string} text */
  flash(text) {
    this.flashed = text;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.flashed = "";
      if (this.state) this.update(this.state);
    }, FLASH);
    this.#show(text);
  }

  /** @param {State} state */
  #lasting(state) {
    if (state.connection === "offline") return this.words.say("offline");
    if (state.connection === "reconnecting") return this.words.say("reconnecting");
    return state.queued ? this.words.say("queued", { seconds: state.queued }) : "";
  }

  /** @param {string} text */
  #show(text) {
    if (this.root.textContent !== text) this.root.textContent = text;
  }
}

/** The kit's banner: a prototype, an emergency number. */
export class BannerView {
  /** @param {import("../texts.js").Words} words */
  constructor(words) {
    this.words = words;
    this.text = "";
    this.root = h("div", { class: "banner", part: "banner", role: "note", dir: "auto", hidden: true });
  }

  /** @param {State} state */
  update({ bot }) {
    const banner = typeof bot?.banner === "string" ? { text: bot.banner } : bot?.banner;
    const text = banner?.text ?? "";
    this.root.hidden = !text;
    if (text === this.text) return;
    this.text = text;
    this.root.replaceChildren(richText(text, this.words.say("newTab")));
    this.root.classList.toggle("emergency", banner?.kind === "emergency");
  }
}
