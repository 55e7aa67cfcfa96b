import { h } from "../../app/element.js";
import { icon } from "../../app/icon.js";

/** What is wrong now, and what helps; or that nothing is. */
export function problemList(problems) {
  if (!problems.length) return h("p", { class: "all-well", role: "status" }, icon("check"), "All is well.");
  return h("div", { role: "status" }, h("ul", { class: "problems" }, problems.map(({ severity, text, help }) =>
    h("li", { class: severity }, icon("warning"), h("div", {}, h("strong", {}, text), h("p", {}, help))))));
}
