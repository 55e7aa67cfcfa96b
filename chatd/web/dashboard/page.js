import { h } from "../app/element.js";

/** The head of a page: its title, a sentence, and what can be done. */
export function head(title, text = "", ...actions) {
  return h("header", { class: "head" }, h("div", {}, h("h1", { dir: "auto" }, title), text && h("p", {}, text)), h("div", { class: "head-actions" }, actions));
}

/** A part of a page with a title. */
export function panel(title, content, { text = "", actions = [] } = {}) {
  return h("section", { class: "panel", "aria-label": title },
    h("header", { class: "panel-head" }, h("div", {}, h("h2", {}, title), text && h("p", {}, text)), h("div", { class: "panel-actions" }, actions)), content);
}

/** Choices of which one holds, beside each other. */
export function segmented(label, choices, chosen, choose) {
  const group = h("div", { class: "segmented", role: "radiogroup", "aria-label": label });
  const mark = (value) => {
    for (const button of group.children) {
      button.setAttribute("aria-checked", String(button.value === value));
      button.tabIndex = button.value === value ? 0 : -1;
    }
  };
  for (const [value, name] of choices) {
    const pick = () => (mark(value), choose(value));
    group.append(h("button", { type: "button", role: "radio", value, onclick: pick }, name));
  }
  group.addEventListener("keydown", (event) => step(event, group));
  mark(chosen);
  return group;
}

function step(event, group) {
  const by = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
  if (!by) return;
  event.preventDefault();
  const buttons = [...group.children];
  const next = buttons.at((buttons.indexOf(document.activeElement) + by) % buttons.length);
  next.focus();
  next.click();
}

/** A choice among many, in little room. */
export function choice(label, choices, chosen, choose) {
  const select = h("select", { class: "select", "aria-label": label, onchange: () => choose(select.value) },
    choices.map(([value, name]) => h("option", { value, selected: value === chosen }, name)));
  return select;
}
