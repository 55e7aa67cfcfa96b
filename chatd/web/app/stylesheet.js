import { h } from "./element.js";

const linked = new Map();

/** Have the page use a stylesheet of css/ that is not part of the first load; resolves when it does. */
export function stylesheet(name) {
  if (!linked.has(name)) linked.set(name, link(new URL(`../css/${name}.css`, import.meta.url).pathname));
  return linked.get(name);
}

function link(href) {
  return new Promise((resolve) => {
    // Without its looks a thing can still be used.
    document.head.append(h("link", { rel: "stylesheet", href, onload: resolve, onerror: resolve }));
  });
}
