// The shop's own script: its "ask" buttons open the chat and put their question.

/** @typedef {HTMLElement & {open: () => void, sendMessage: (text: string) => Promise<boolean>}} Chat */

const chat = /** @type {Chat | null} */ (document.querySelector("kitwright-chat"));

for (const button of document.querySelectorAll("[data-ask]")) {
  button.addEventListener("click", () => {
    chat?.open();
    void chat?.sendMessage(button.getAttribute("data-ask") ?? "");
  });
}
