import { h, show } from "../app/element.js";
import { iconButton } from "../app/icon.js";
import { badge } from "./operation.js";
import { line } from "./prose.js";

/** The list of operations beside the page, which can be filtered; on a phone it opens over it. */
export function navigation(info, nouns) {
  const groups = [...nouns.map(([noun, operations]) => group(noun, operations)), group("Shapes", [])];
  const nothing = h("p", { class: "nothing", hidden: true }, "No operation is called so.");
  const filter = h("input", { class: "input", type: "search", placeholder: "Find an operation", "aria-label": "Find an operation",
    oninput: () => show(nothing, !groups.map((each) => narrow(each, filter.value)).some(Boolean)) });
  const list = h("div", { class: "list" }, filter, groups.map((each) => each.element), nothing);
  const nav = h("nav", { "aria-label": "Operations" },
    h("header", {},
      h("a", { class: "title", href: "#start" }, h("img", { src: "/web/icon.svg", alt: "", width: 24, height: 24 }), "chatd", h("span", {}, info.version)),
      iconButton("search", "Contents", () => toggle(nav), { class: "contents", "aria-expanded": "false" })),
    list);
  list.addEventListener("click", (event) => event.target.closest("a") && toggle(nav, false));
  return nav;
}

function group(noun, operations) {
  const links = operations.map((each) => ({
    element: h("li", {}, h("a", { href: `#${each.operationId}` }, badge(each.method), h("span", { title: each.summary }, line(each.summary)))),
    text: `${each.summary} ${each.method} ${each.path} ${each["x-command"]}`.toLowerCase(),
  }));
  return { links, element: h("section", {}, h("h2", {}, h("a", { href: `#${noun}` }, noun)), h("ul", {}, links.map((each) => each.element))) };
}

/** Show what has all words in it, and without any all; whether there is something. */
function narrow({ links, element }, text) {
  const words = text.toLowerCase().split(/\s+/);
  const found = links.filter((link) => words.every((word) => link.text.includes(word)));
  for (const link of links) show(link.element, found.includes(link));
  show(element, found.length > 0 || !text.trim());
  return found.length > 0;
}

function toggle(nav, open = !nav.classList.contains("open")) {
  nav.classList.toggle("open", open);
  nav.querySelector(".contents").setAttribute("aria-expanded", String(open));
  if (open) nav.querySelector("input").focus();
}
