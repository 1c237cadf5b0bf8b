// The widget's words: which language, and how values get into a text.

import ar from "./texts/ar.js";
import de from "./texts/de.js";
import en from "./texts/en.js";
import es from "./texts/es.js";
import fr from "./texts/fr.js";
import ja from "./texts/ja.js";

/** @typedef {typeof en} Texts */
/** @typedef {keyof Texts} TextKey */

/** @type {Record<string, Texts>} */
const LANGUAGES = { en, fr, es, de, ar, ja };
const RIGHT_TO_LEFT = new Set(["ar"]);

/** @typedef {{locale: string, dir: "ltr" | "rtl", say: (key: TextKey, values?: Record<string, string | number>) => string}} Words */

/**
 * The words of the first language wanted that there is; English otherwise.
 * @param {readonly (string | null | undefined)[]} wanted BCP 47 tags, the best first
 * @returns {Words}
 */
export function wordsIn(wanted) {
  const tags = wanted.map((tag) => tag?.toLowerCase().split("-")[0] ?? "");
  const locale = tags.find((tag) => tag in LANGUAGES) ?? "en";
  const texts = LANGUAGES[locale] ?? en;
  return {
    locale,
    dir: RIGHT_TO_LEFT.has(locale) ? "rtl" : "ltr",
    say: (key, values = {}) => texts[key].replace(/\{(\w+)\}/g, (whole, name) => String(values[name] ?? whole)),
  };
}
