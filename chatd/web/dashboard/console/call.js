import { h } from "../../app/element.js";
import { iconButton } from "../../app/icon.js";
import { copyText } from "../../app/clipboard.js";
import { curl, operationsOf } from "./curl.js";
import { inputFor, valuesOf } from "./parameters.js";

/** One command: its form, its answer, and how a backend calls it. */
export async function call(application, name) {
  const [about, operations] = await Promise.all([application.describe(name), operationsOf(name)]);
  const inputs = Object.entries(about.parameters.properties).map(([each, schema]) => inputFor(each, schema, { isRequired: about.parameters.required?.includes(each), example: about.example[each] }));
  const needed = inputs.filter(({ isRequired, hasExample }) => isRequired || hasExample);
  const others = inputs.filter((each) => !needed.includes(each));
  const shell = h("code", {});
  const draw = () => (shell.textContent = curl(operations, readable(inputs)) ?? "The Platform API has no path for it.");
  const answer = h("div", { role: "status" });
  const submit = (event) => {
    event.preventDefault();
    run(application, name, inputs, answer, event.submitter);
  };
  const form = h("form", { class: "form", onsubmit: submit, oninput: draw, novalidate: true },
    needed.map(({ node }) => node),
    others.length > 0 && h("details", {}, h("summary", {}, `${others.length} more parameters`), h("div", { class: "form" }, others.map(({ node }) => node))),
    h("div", { class: "tools" }, h("button", { type: "submit", class: "button primary" }, "Run"), about.changes && h("span", { class: "tag warn" }, "changes something")));
  draw();
  return [
    h("h2", {}, h("code", {}, name)), h("p", { class: "console-about" }, about.description), form,
    block("Answer", answer, () => answer.textContent), block("Shell", h("pre", { tabindex: "0" }, shell), () => shell.textContent),
  ];
}

async function run(application, name, inputs, place, button) {
  let params;
  try {
    params = valuesOf(inputs);
  } catch (failure) {
    place.replaceChildren(h("p", { class: "problem" }, failure.message));
    return;
  }
  button.setAttribute("aria-busy", "true");
  const began = performance.now();
  try {
    const found = await application.call(name, params);
    place.replaceChildren(h("p", { class: "faint" }, `Answered after ${Math.round(performance.now() - began)} ms`), h("pre", { tabindex: "0" }, h("code", {}, JSON.stringify(found, null, 2))));
  } catch (failure) {
    place.replaceChildren(h("p", { class: "problem" }, `${failure.message}${failure.code ? ` (${failure.code})` : ""}`));
  }
  button.removeAttribute("aria-busy");
}

/** What the form says so far, for the shell; what cannot be read yet is left out. */
function readable(inputs) {
  try {
    return valuesOf(inputs);
  } catch {
    return {};
  }
}

function block(title, content, text) {
  return h("section", { class: "console-block", "aria-label": title }, h("header", {}, h("h3", {}, title), iconButton("copy", `Copy: ${title}`, () => copyText(text()))), content);
}
