import { h } from "./element.js";
import { counted, t } from "./language.js";

const KEPT = 5;
// What comes within this time is said together. Something that was said before has a longer one to be heard.
const GATHER_MS = 500;
const PAUSE_MS = 3_000;
// More messages are only counted.
const MOST = 3;
const region = h("div", { class: "unseen", role: "log", "aria-live": "polite", "aria-label": t("New messages") });
document.body.append(region);

let waiting = [];
let saidAt = -PAUSE_MS;

/** Have a screen reader say that a message has come, when it has a moment. */
export function announce(text) {
  if (waiting.length === 0) setTimeout(say, Math.max(GATHER_MS, saidAt + PAUSE_MS - performance.now()));
  waiting.push(text);
}

function say() {
  const texts = waiting.length > MOST ? [counted(waiting.length, "{count} new message", "{count} new messages")] : waiting;
  waiting = [];
  saidAt = performance.now();
  region.append(...texts.map((text) => h("p", {}, text)));
  while (region.childElementCount > KEPT) region.firstElementChild.remove();
}
