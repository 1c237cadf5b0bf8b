// The plain page: sends messages to /api/bots/{bot}/messages and shows what comes back, always as text.
// @ts-check

/** @typedef {{title: string, payload: string}} Button */
/** @typedef {{title: string, url: string | null}} Source */

const messages = /** @type {HTMLElement} */ (document.getElementById("messages"));
const form = /** @type {HTMLFormElement} */ (document.getElementById("form"));
const input = /** @type {HTMLInputElement} */ (document.getElementById("text"));
const title = /** @type {HTMLElement} */ (document.getElementById("title"));
const send = /** @type {HTMLButtonElement} */ (form.querySelector("button"));

/** @type {string | null} */
let conversation = null;
let bot = "";

/**
 * @param {string} text
 * @param {string} [kind]
 */
function show(text, kind = "") {
  const bubble = document.createElement("div");
  bubble.className = `message ${kind}`;
  bubble.textContent = text;
  messages.append(bubble);
  messages.scrollTop = messages.scrollHeight;
  return bubble;
}

/** @param {HTMLElement} bubble @param {Source[]} sources */
function showSources(bubble, sources) {
  if (!sources.length) return;
  const list = document.createElement("ul");
  list.className = "sources";
  for (const source of sources) {
    const item = document.createElement("li");
    if (source.url && source.url.startsWith("https://")) {
      const link = document.createElement("a");
      link.href = source.url;
      link.rel = "noopener noreferrer";
      link.textContent = source.title;
      item.append(link);
    } else {
      item.textContent = source.title;
    }
    list.append(item);
  }
  bubble.append(list);
}

/** @param {Button[]} buttons */
function showButtons(buttons) {
  document.querySelector(".buttons")?.remove();
  if (!buttons.length) return;
  const row = document.createElement("div");
  row.className = "buttons";
  for (const { title: label, payload } of buttons) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = label;
    button.addEventListener("click", () => ask(payload, label));
    row.append(button);
  }
  messages.append(row);
  messages.scrollTop = messages.scrollHeight;
}

/** @param {string} text @param {string} shown */
async function ask(text, shown) {
  show(shown, "mine");
  showButtons([]);
  send.disabled = true;
  try {
    const response = await fetch(`/api/bots/${bot}/messages`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ text, conversation_id: conversation }),
    });
    const answer = await response.json();
    if (!response.ok) throw new Error(answer.faults?.[0]?.problem ?? response.statusText);
    conversation = answer.conversation_id;
    showSources(show(answer.reply), answer.sources);
    showButtons(answer.buttons);
  } catch (error) {
    show(`That did not go through (${error instanceof Error ? error.message : "no connection"}). Please try again.`, "fault");
  } finally {
    send.disabled = false;
    input.focus();
  }
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const text = input.value;
  input.value = "";
  void ask(text, text);
});

document.getElementById("again")?.addEventListener("click", () => {
  conversation = null;
  messages.replaceChildren();
  input.focus();
});

const [first] = await (await fetch("/api/bots")).json();
bot = first.name;
title.textContent = first.title;
document.title = first.title;
input.focus();
