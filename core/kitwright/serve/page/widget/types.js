// The shapes that the widget's modules share: what the server sends, and what the widget holds.

/** @typedef {{title: string, payload: string}} Choice */
/** @typedef {{id?: string, title: string, url?: string | null}} Source */
/** @typedef {{code?: string, place?: string, problem?: string, hint?: string | null}} Fault */
/** @typedef {"bot" | "waiting" | "agent"} Handoff */
/** @typedef {{value: 1 | -1 | 0, reason?: string, better?: string}} Rating */
/** @typedef {{text: string, kind?: string}} Banner */
/** @typedef {{text: string, url?: string | null}} Consent */

/**
 * What the server says of a bot. `banner` and `consent` may come as a bare text.
 * @typedef {{
 *   name: string, title: string, language?: string | null, greeting?: string | null, handoff?: boolean,
 *   banner?: Banner | string | null, consent?: Consent | string | null, starters?: (Choice | string)[] | null,
 * }} Bot
 */

/** A conversation as the visitor holds it. @typedef {{id: string, token: string, expiresAt?: string}} Conversation */

/**
 * One frame of the server: the kind of the event, its id where it has one, and its data.
 * @typedef {{kind: string, id: number | null, data: Record<string, any>}} Frame
 */

/**
 * A message as history gives it.
 * @typedef {{
 *   event_id: number, from?: string, text?: string, sources?: Source[], buttons?: Choice[], agent?: string | null,
 *   message_id?: string | null, rating?: Rating | number | null,
 * }} Past
 */

/**
 * What one place of the log shows. Items are never changed, only replaced.
 * @typedef {{
 *   key: string, role: "user", text: string, messageId: string, eventId?: number,
 *   status: "sending" | "waiting" | "sent" | "failed" | "refused", payload?: string, problem?: string,
 * }} UserItem
 * @typedef {{
 *   key: string, role: "bot" | "agent", text: string, eventId?: number, agent?: string, sources: Source[],
 *   streaming?: boolean, stopped?: boolean, rating?: Rating,
 * }} ReplyItem
 * @typedef {{key: string, role: "note", note: "asked" | "nobody" | "joined" | "left" | "ended" | "erased", agent?: string}} NoteItem
 * @typedef {UserItem | ReplyItem | NoteItem} Item
 */

/**
 * All that the view needs to know.
 * @typedef {{
 *   phase: "idle" | "loading" | "unreachable" | "consent" | "declined" | "ready",
 *   bot: Bot | null, conversation: Conversation | null, items: readonly Item[], choices: readonly Choice[],
 *   handoff: Handoff, agent: string | null, sending: boolean, queued: number,
 *   connection: "online" | "offline" | "reconnecting", remembered: boolean, user: string | null,
 * }} State
 */

export {};
