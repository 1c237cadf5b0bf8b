// Rich text: the little Markdown that replies use (paragraphs, lists, bold, emphasis, code, links), as elements and text nodes.

import { h } from "./dom.js";

const INLINE = /\*\*([^*\n]{1,500})\*\*|`([^`\n]{1,500})`|\[([^\]\n]{1,300})\]\(([^)\s]{1,2000})\)|(https?:\/\/[^\s<>"']{1,2000})|(?<![\w*])\*([^*\s](?:[^*\n]{0,300}[^*\s])?)\*(?![\w*])/g;
const ITEM = /^\s{0,3}(?:[-*•]|(\d{1,3})[.)])\s+(.*)$/;
const HEADING = /^#{1,4}\s+(.*)$/;
const SAFE = new Set(["https:", "http:", "mailto:", "tel:"]);

/**
 * @param {string} text
 * @param {string} newTab what screen readers say of a link
 * @returns {DocumentFragment}
 */
export function richText(text, newTab) {
  const fragment = document.createDocumentFragment();
  let open = /** @type {HTMLElement | null} */ (null); // the paragraph or list that goes on
  for (const line of text.replace(/\r\n?/g, "\n").split("\n")) {
    const item = ITEM.exec(line);
    const heading = HEADING.exec(line);
    if (!line.trim()) {
      open = null;
    } else if (item) {
      const tag = item[1] ? "ol" : "ul";
      if (open?.localName !== tag) fragment.append((open = h(tag, item[1] ? { start: item[1] } : {})));
      open.append(h("li", {}, ...inline(item[2] ?? "", newTab)));
    } else if (heading) {
      fragment.append(h("p", {}, h("strong", {}, ...inline(heading[1] ?? "", newTab))));
      open = null;
    } else {
      if (open?.localName === "p") open.append(h("br"));
      else fragment.append((open = h("p")));
      open.append(...inline(line, newTab));
    }
  }
  return fragment;
}

/** @param {string} text @param {string} newTab @returns {(Node | string)[]} */
function inline(text, newTab) {
  const parts = [];
  let at = 0;
  for (const match of text.matchAll(INLINE)) {
    const [whole, bold, code, label, target, bare, stressed] = match;
    parts.push(text.slice(at, match.index));
    at = match.index + whole.length;
    if (bold) parts.push(h("strong", {}, bold));
    else if (stressed) parts.push(h("em", {}, stressed));
    else if (code) parts.push(h("code", {}, code));
    else if (label && target) parts.push(link(target, label, newTab) ?? whole);
    else if (bare) {
      const address = bare.replace(/[.,;:!?)\]]+$/, "");
      at -= bare.length - address.length;
      parts.push(link(address, address.replace(/^https?:\/\//, ""), newTab) ?? address);
    }
  }
  parts.push(text.slice(at));
  return parts.filter((part) => part !== "");
}

/**
 * A link that opens in a new tab and tells the other side nothing; null if the address is none to follow.
 * @param {string} address
 * @param {string} label
 * @param {string} newTab
 */
export function link(address, label, newTab) {
  const url = safeUrl(address);
  if (!url) return null;
  const title = `${label} (${newTab})`;
  return h("a", { href: url, target: "_blank", rel: "noopener noreferrer", "aria-label": title, part: "link" }, label);
}

/** @param {string} address @returns {string | null} the address if it is absolute and of a kind that runs no script */
export function safeUrl(address) {
  try {
    const url = new URL(address);
    return SAFE.has(url.protocol) ? url.href : null;
  } catch {
    return null;
  }
}
