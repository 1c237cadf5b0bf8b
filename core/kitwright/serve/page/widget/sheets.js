// The style sheets, constructed once and shared: a strict content security policy forbids <style>, not these.

import base from "./styles/base.css";
import controls from "./styles/controls.css";
import messages from "./styles/messages.css";
import panel from "./styles/panel.css";

/** @type {CSSStyleSheet[] | null} */
let made = null;

/** @returns {CSSStyleSheet[]} */
export function sheets() {
  made ??= [base, panel, messages, controls].map((text) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(text);
    return sheet;
  });
  return made;
}
