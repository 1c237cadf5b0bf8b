// What every part of the view is given: the session, the words, and the ways to speak to the person.

/**
 * @typedef {{
 *   session: import("../session.js").Session,
 *   words: import("../texts.js").Words,
 *   announce: (text: string) => void,
 *   flash: (text: string) => void,
 *   focusComposer: () => void,
 *   close: () => void,
 *   inline: boolean,
 *   days: number,
 *   heading: string | null,
 *   greeting: string | null,
 *   starters: readonly import("../types.js").Choice[],
 * }} Context
 */

export {};
