import { h } from "./element.js";

/** The sign with its name. */
export function logo() {
  return h("p", { class: "logo" }, h("img", { src: "/web/icon.svg", alt: "", width: "28", height: "28" }), "chatd");
}
