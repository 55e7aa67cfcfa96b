import { h } from "./element.js";
import { icon, iconButton } from "./icon.js";
import { number } from "./language.js";
import { fold, isFolded, SECTIONS } from "./sections.js";

/** The head of a section of the list, which folds it, as an item for KeyedChildren. `add`: {label, open}, or null. */
export function sectionHead(key, count, add, changed) {
  const isOpen = !isFolded(key);
  const toggle = () => {
    fold(key, isOpen);
    changed();
  };
  const render = () => {
    const more = !isOpen && count > 0 && h("span", { class: "section-count" }, number(count));
    const button = h("button", { type: "button", class: "section-toggle", "aria-expanded": String(isOpen), onclick: toggle }, icon("fold"), SECTIONS[key].name, more);
    return h("li", { class: "section-head", "data-section": key }, button, add && iconButton("plus", add.label, add.open, { class: "small" }));
  };
  return { key: `section-${key}`, signature: `${isOpen} ${isOpen ? "" : count}`, render };
}
