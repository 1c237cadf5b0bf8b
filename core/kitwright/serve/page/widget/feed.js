// The feed: what happens in a conversation while no message is being sent, resumed after every break by event id.

import { asFailure } from "./failure.js";
import { backoff, online, pause } from "./pause.js";

/** @typedef {import("./types.js").Frame} Frame */

export class Feed {
  /**
   * @param {import("./api.js").Api} api
   * @param {{frame: (frame: Frame) => void, connection: (state: "online" | "offline" | "reconnecting") => void, gone: () => void}} told
   */
  constructor(api, told) {
    this.api = api;
    this.told = told;
    /** @type {AbortController | null} */
    this.running = null;
    this.after = 0;
  }

  /** @param {import("./types.js").Conversation} conversation @param {number} [after] */
  start(conversation, after = this.after) {
    if (this.running) return;
    this.after = after;
    this.running = new AbortController();
    void this.#run(conversation, this.running.signal);
  }

  stop() {
    this.running?.abort();
    this.running = null;
  }

  /** @param {import("./types.js").Conversation} conversation @param {AbortSignal} signal */
  async #run(conversation, signal) {
    for (let tries = 0; !signal.aborted; tries += 1) {
      try {
        const frames = await this.api.events(conversation, this.after, signal);
        this.told.connection("online");
        tries = 0;
        for await (const frame of frames) {
          if (signal.aborted) return;
          this.told.frame(frame);
          this.after = Math.max(this.after, frame.id ?? 0);
        }
      } catch (error) {
        if (signal.aborted) return;
        const failure = asFailure(error);
        if (failure.kind === "gone") return this.told.gone();
        if (failure.kind === "busy") await pause(failure.retryAfter * 1000, signal);
      }
      if (signal.aborted) return;
      this.told.connection(navigator.onLine ? "reconnecting" : "offline");
      await online(signal);
      await pause(backoff(tries), signal);
    }
  }
}
