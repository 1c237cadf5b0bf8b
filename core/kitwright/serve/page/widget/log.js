// The list of what was said, as pure functions: what frames and history of the server make of it.

/** @typedef {import("./types.js").Item} Item */
/** @typedef {import("./types.js").Past} Past */
/** @typedef {import("./types.js").ReplyItem} ReplyItem */
/** @typedef {import("./types.js").UserItem} UserItem */
/** @typedef {readonly Item[]} Items */

let made = 0;
export const newKey = () => `i${++made}`;

/** @param {Items} items @param {Past} past @returns {Items} items with a message of the server, each event once */
export function withMessage(items, past) {
  if (past.event_id && items.some((item) => item.role !== "note" && item.eventId === past.event_id)) return items;
  if (past.from === "user") return withOwn(items, past);
  return [...items, replyOf(past)];
}

/** @param {Past} past @returns {ReplyItem} */
export function replyOf(past) {
  const person = past.from === "agent";
  return {
    key: newKey(),
    role: person ? "agent" : "bot",
    text: past.text ?? "",
    sources: past.sources ?? [],
    ...(past.event_id ? { eventId: past.event_id } : {}),
    ...(past.agent ? { agent: past.agent } : {}),
    ...(ratingOf(past.rating) ? { rating: ratingOf(past.rating) } : {}),
  };
}

/** @param {Past["rating"]} rating @returns {import("./types.js").Rating | undefined} */
function ratingOf(rating) {
  const value = typeof rating === "object" ? rating?.value : rating;
  return value === 1 || value === -1 ? { value } : undefined;
}

/** What the visitor said, here or in another tab. @param {Items} items @param {Past} past @returns {Items} */
function withOwn(items, past) {
  const here = items.some((item) => item.role === "user" && item.messageId === past.message_id);
  if (here) {
    return items.map((item) =>
      item.role === "user" && item.messageId === past.message_id ? { ...item, status: "sent", eventId: past.event_id } : item,
    );
  }
  /** @type {UserItem} */
  const own = {
    key: newKey(),
    role: "user",
    text: past.text ?? "",
    messageId: past.message_id ?? "",
    status: "sent",
    ...(past.event_id ? { eventId: past.event_id } : {}),
  };
  return [...items, own];
}

/** The items of a history. @param {readonly Past[]} messages @returns {Items} */
export function historyOf(messages) {
  /** @type {Items} */
  let items = [];
  messages.forEach((past, at) => (items = withMessage(items, asShown(past, messages[at - 1]?.buttons ?? []))));
  return items;
}

/** What was sent by a button, with the button's title instead of what the bot reads. @param {Past} past @param {readonly import("./types.js").Choice[]} offered @returns {Past} */
export function asShown(past, offered) {
  const pressed = past.from === "user" && offered.find(({ payload }) => payload === past.text);
  return pressed ? { ...past, text: pressed.title } : past;
}

/** @param {import("./types.js").Handoff} state */
export function noteOf(state) {
  return /** @type {const} */ ({ waiting: "asked", agent: "joined", bot: "left" })[state];
}

/**
 * Items with one of them replaced.
 * @param {Items} items
 * @param {string} key
 * @param {Partial<UserItem> | Partial<ReplyItem>} change
 * @returns {Items}
 */
export function changed(items, key, change) {
  return items.map((item) => (item.key === key ? /** @type {Item} */ ({ ...item, ...change }) : item));
}

/** @param {Items} items @param {string} key @returns {Items} */
export const without = (items, key) => items.filter((item) => item.key !== key);
