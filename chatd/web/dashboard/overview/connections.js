import { h } from "../../app/element.js";
import { number } from "../words.js";

const EACH_MS = 10_000;

/** How many are connected now, as long as the page is looked at. Returns {node, close}. */
export function connectionsNow(application) {
  const count = h("strong", {}, "–");
  const node = h("p", { class: "now" }, h("span", { class: "now-dot" }), count, " connected now");
  const ask = async () => {
    if (document.hidden) return;
    // Without an answer the last one stays, until the next time.
    const found = await application.call("statistics.ccu").catch(() => null);
    if (found) count.textContent = number(found.ccu);
  };
  const timer = setInterval(ask, EACH_MS);
  ask();
  return { node, close: () => clearInterval(timer) };
}
