import { h, show } from "../../app/element.js";
import { stylesheet } from "../../app/stylesheet.js";
import { head } from "../page.js";
import { area } from "../states.js";
import { call } from "./call.js";

/** All commands that the role may call: one of them with its parameters, to be run, and as a backend calls it. */
export function open({ application, path: [chosen = ""], link }) {
  stylesheet("dashboard_console");
  const { element, narrow } = list(application.commands, chosen, link);
  const filter = h("input", { class: "input small", type: "search", placeholder: "Find a command", "aria-label": "Find a command", oninput: () => narrow(filter.value) });
  const shown = chosen ? area(() => call(application, chosen)).node : h("div", { class: "state" }, h("strong", {}, "Choose a command"), h("p", {}, "It is run in this application, for real."));
  return h("div", { class: "page" }, head("API console", "Commands run here are in the audit log."),
    h("div", { class: "console" }, h("aside", { class: "panel console-list", "aria-label": "Commands" }, filter, element), h("section", { class: "panel console-call", "aria-label": "Command" }, shown)));
}

function list(commands, chosen, link) {
  const rows = commands.map((name) => ({ name, node: h("li", {}, h("a", { href: link(["console", name]), "aria-current": name === chosen ? "true" : null }, name)) }));
  const nothing = h("p", { class: "faint", hidden: true }, "No command is called so.");
  const narrow = (text) => {
    const words = text.toLowerCase().split(/\s+/);
    for (const { name, node } of rows) show(node, words.every((word) => name.includes(word)));
    show(nothing, rows.every(({ node }) => node.hidden));
  };
  const element = h("div", { class: "console-names" }, nothing, h("ul", {}, rows.map(({ node }) => node)));
  queueMicrotask(() => element.querySelector("[aria-current]")?.scrollIntoView({ block: "nearest" }));
  return { element, narrow };
}
