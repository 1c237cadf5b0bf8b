// What the console's pages do with a script besides keeping themselves up to date (htmx): local times, canned replies,
// sending by keyboard, staying at the end of a transcript, saying what went wrong. Without it, every form still works.
"use strict";

const HOUR_MINUTE = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit" });
const DAY_TOO = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" });
const UNITS = [["d", 86400], ["h", 3600], ["min", 60]];

/** Show moments in the reader's own time. */
function localise(root) {
  for (const time of root.querySelectorAll("time[data-local]")) {
    const at = new Date(time.dateTime);
    const isToday = at.toDateString() === new Date().toDateString();
    time.textContent = (isToday ? HOUR_MINUTE : DAY_TOO).format(at);
  }
}

/** Let durations grow. */
function age() {
  for (const time of document.querySelectorAll("time[data-ago]")) {
    const seconds = Math.max(0, (Date.now() - new Date(time.dateTime).getTime()) / 1000);
    const unit = UNITS.find(([, size]) => seconds >= size);
    time.textContent = unit ? `${Math.floor(seconds / unit[1])} ${unit[0]}` : seconds < 10 ? "now" : `${Math.floor(seconds)} s`;
  }
}

/** Say something that went wrong, at the end of the page, where screen readers hear it. */
function say(text) {
  document.querySelector(".trouble")?.remove();
  const box = document.createElement("p");
  box.className = "trouble problem";
  box.setAttribute("role", "alert");
  box.textContent = text;
  document.body.append(box);
}

function atEnd(log) {
  return log.scrollHeight - log.scrollTop - log.clientHeight < 60;
}

function toEnd(log) {
  log.scrollTop = log.scrollHeight;
}

document.addEventListener("change", (event) => {
  const select = event.target;
  const field = document.getElementById(select.dataset?.fills ?? "");
  if (!field || !select.value) return;
  field.value = field.value ? `${field.value}\n${select.value}` : select.value;
  select.value = "";
  field.focus();
});

document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && "sends" in (event.target.dataset ?? {})) {
    event.preventDefault();
    event.target.form.requestSubmit();
  }
});

let stays = true;
document.addEventListener("htmx:oobBeforeSwap", (event) => {
  if (event.detail.target?.id === "log") stays = atEnd(event.detail.target.parentElement);
});
document.addEventListener("htmx:oobAfterSwap", (event) => {
  localise(document);
  if (event.detail.target?.id === "log" && stays) toEnd(event.detail.target.parentElement);
});
document.addEventListener("htmx:afterSwap", (event) => {
  localise(document);
  if (event.detail.target?.id === "waiting") count();
});
document.addEventListener("htmx:afterRequest", (event) => {
  const form = event.detail.elt;
  if (event.detail.successful) document.querySelector(".trouble")?.remove();
  if (event.detail.successful && form.matches("form[data-clears]")) form.reset();
});
document.addEventListener("htmx:responseError", (event) => {
  const page = new DOMParser().parseFromString(event.detail.xhr.responseText, "text/html");
  say(page.querySelector(".problem")?.textContent ?? "The server could not do that.");
});
document.addEventListener("htmx:sendError", () => say("The server can not be reached; what you see may be old."));

/** How many wait, in the title, for those who look at another window. */
function count() {
  const waiting = document.querySelector("#waiting .count")?.firstChild?.textContent?.trim();
  document.title = (waiting ? `(${waiting}) ` : "") + document.title.replace(/^\(\d+\) /, "");
}

document.addEventListener("DOMContentLoaded", () => {
  localise(document);
  age();
  setInterval(age, 1000);
  const log = document.getElementById("transcript");
  const shown = location.hash && document.getElementById(location.hash.slice(1));
  if (shown) shown.classList.add("shown");
  else if (log) toEnd(log);
});
