import { h } from "./element.js";
import { told } from "./language.js";

const SHOWN_MS = 5_000;
const tray = h("div", { class: "toasts", role: "status" });
document.body.append(tray);

/** A short notice that goes away by itself. */
export function toast(text, kind = "info") {
  // Over a modal dialog only what is inside it can be seen.
  (document.querySelector("dialog[open]:last-of-type") ?? document.body).append(tray);
  const node = h("p", { class: `toast ${kind}` }, text);
  tray.append(node);
  setTimeout(() => node.remove(), SHOWN_MS);
}

/** What did not work and why, after a call was rejected with a Failure. */
export function toastFailure(what, failure) {
  toast(`${what} ${told(failure.message)}`, "failure");
}
