// Mounts the widget as the address says, and notes what it reports and what the policy forbade.
// @ts-nocheck

window.seen = [];
window.violations = [];
document.addEventListener("securitypolicyviolation", (event) => window.violations.push(`${event.violatedDirective} ${event.blockedURI}`));

const asked = new URLSearchParams(location.search);
const options = JSON.parse(asked.get("options") ?? "{}");
if (asked.get("dir")) document.documentElement.dir = asked.get("dir");
if (asked.get("page-lang")) document.documentElement.lang = asked.get("page-lang");

if (asked.get("mount") !== "no") {
  window.chat = window.Kitwright.mount(options);
  for (const name of ["ready", "message", "opened", "closed", "rating", "handoff", "error"]) {
    window.chat.addEventListener(name, ({ detail }) => window.seen.push({ name, ...detail }));
  }
}
