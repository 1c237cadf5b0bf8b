// The server's API for visitors, as functions. No cookie is sent or kept: a conversation's token is its only key.

import { Failure, failureOf } from "./failure.js";
import { framesOf } from "./wire.js";

/** @typedef {import("./types.js").Bot} Bot */
/** @typedef {import("./types.js").Conversation} Conversation */
/** @typedef {import("./types.js").Frame} Frame */
/** @typedef {{method?: string, body?: unknown, headers?: Record<string, string>, signal?: AbortSignal}} Asked */

export class Api {
  /** @param {string} base the server's address, without a slash at the end */
  constructor(base) {
    this.base = base;
  }

  /** @param {string} locale @returns {Promise<Bot[]>} */
  bots(locale) {
    return this.#json(`/bots?locale=${encodeURIComponent(locale)}`);
  }

  /**
   * @param {{bot: string, locale: string, consent?: boolean}} wanted
   * @returns {Promise<{conversation: Conversation, bot?: Bot, after: number}>}
   */
  async open(wanted) {
    const made = await this.#json("/conversations", { method: "POST", body: wanted });
    const conversation = { id: made.conversation_id, token: made.token, expiresAt: made.expires_at };
    return { conversation, bot: made.bot, after: made.last_event_id ?? 0 };
  }

  /**
   * History and where it ends.
   * @param {Conversation} conversation
   * @returns {Promise<{state?: import("./types.js").Handoff, agent?: string, messages: import("./types.js").Past[], last_event_id: number, bot?: Bot | string}>}
   */
  read(conversation) {
    return this.#json("", {}, conversation);
  }

  /**
   * Send a message; the same message_id again gives the reply that is stored, and never a second one.
   * @param {Conversation} conversation
   * @param {{text: string, message_id: string}} message
   * @param {AbortSignal} signal
   * @returns {Promise<AsyncGenerator<Frame, void, void>>}
   */
  async send(conversation, message, signal) {
    const headers = { accept: "text/event-stream" };
    return framesOf(await this.#ask("/messages", { method: "POST", body: message, headers, signal }, conversation));
  }

  /**
   * What happens from here on; resolves once the server has taken the request.
   * @param {Conversation} conversation
   * @param {number} after the last event that was seen
   * @param {AbortSignal} signal
   */
  async events(conversation, after, signal) {
    const headers = { accept: "text/event-stream", "last-event-id": String(after) };
    return framesOf(await this.#ask(`/events?after=${after}`, { headers, signal }, conversation));
  }

  /** @param {Conversation} conversation @param {string} messageId */
  cancel(conversation, messageId) {
    return this.#json("/cancel", { method: "POST", body: { message_id: messageId } }, conversation);
  }

  /** @param {Conversation} conversation */
  handoff(conversation) {
    return this.#json("/handoff", { method: "POST", body: {} }, conversation);
  }

  /** @param {Conversation} conversation */
  restart(conversation) {
    return this.#json("/restart", { method: "POST", body: {} }, conversation);
  }

  /** @param {Conversation} conversation @param {number} eventId @param {import("./types.js").Rating} rating */
  rate(conversation, eventId, rating) {
    return this.#json("/ratings", { method: "PUT", body: { event_id: eventId, ...rating } }, conversation);
  }

  /** @param {Conversation} conversation @returns {Promise<unknown>} */
  export(conversation) {
    return this.#json("/export", {}, conversation);
  }

  /** @param {Conversation} conversation */
  erase(conversation) {
    return this.#json("", { method: "DELETE" }, conversation);
  }

  /**
   * @param {string} path
   * @param {Asked} [asked]
   * @param {Conversation} [conversation]
   * @returns {Promise<any>}
   */
  async #json(path, asked = {}, conversation) {
    const response = await this.#ask(path, asked, conversation);
    const text = await response.text();
    try {
      return text ? JSON.parse(text) : {};
    } catch {
      throw new Failure("failed");
    }
  }

  /**
   * @param {string} path
   * @param {Asked} asked
   * @param {Conversation} [conversation]
   */
  async #ask(path, { method = "GET", body, headers = {}, signal }, conversation) {
    const place = conversation ? `/conversations/${encodeURIComponent(conversation.id)}` : "";
    const response = await fetch(`${this.base}/api${place}${path}`, {
      method,
      headers: {
        ...headers,
        ...(body === undefined ? {} : { "content-type": "application/json" }),
        ...(conversation ? { authorization: `Bearer ${conversation.token}` } : {}),
      },
      body: body === undefined ? null : JSON.stringify(body),
      signal: signal ?? null,
      credentials: "omit",
      cache: "no-store",
      referrerPolicy: "no-referrer",
    }).catch((error) => {
      throw signal?.aborted ? error : new Failure("network");
    });
    if (!response.ok) throw await failureOf(response);
    return response;
  }
}
