// The loader: the widget without markup, by `Kitwright.mount({...})` or by attributes of the script tag.

import { KitwrightChat } from "./element.js";

const TAG = "kitwright-chat";
const ATTRIBUTES = ["src", "bot", "mode", "lang", "theme", "heading", "greeting"];

/**
 * @typedef {{
 *   src?: string, bot?: string, mode?: "launcher" | "inline", lang?: string, theme?: "auto" | "light" | "dark", heading?: string,
 *   greeting?: string, starters?: (string | import("./types.js").Choice)[], rememberDays?: number, open?: boolean,
 *   user?: {id?: string, name?: string, locale?: string}, target?: Element | string,
 * }} MountOptions target: where it is put, as an element or a selector; the end of the page by default
 */

/**
 * Put a chat into the page.
 * @param {MountOptions} [options]
 * @returns {KitwrightChat}
 */
export function mount(options = {}) {
  const { starters, rememberDays, open, user, target } = options;
  const chat = /** @type {KitwrightChat} */ (document.createElement(TAG));
  for (const name of ATTRIBUTES) {
    const value = /** @type {Record<string, unknown>} */ (options)[name];
    if (value !== undefined && value !== null) chat.setAttribute(name, String(value));
  }
  if (starters) chat.setAttribute("starters", JSON.stringify(starters));
  if (rememberDays) chat.setAttribute("remember-days", String(rememberDays));
  if (open) chat.setAttribute("open", "");
  if (user) void chat.setUser(user);
  const place = typeof target === "string" ? document.querySelector(target) : target;
  (place ?? document.body).append(chat);
  return chat;
}

/** Register the element, and mount a chat if the script tag asks for one: `<script src=".../widget.js" data-bot="name">`. @param {HTMLOrSVGScriptElement | null} script */
export function start(script) {
  if (!customElements.get(TAG)) customElements.define(TAG, KitwrightChat);
  const wanted = script instanceof HTMLScriptElement && "bot" in script.dataset ? script.dataset : null;
  if (!wanted) return;
  const put = () => mount(/** @type {MountOptions} */ ({ ...wanted }));
  if (document.body) put();
  else document.addEventListener("DOMContentLoaded", put, { once: true });
}
