import { h } from "./element.js";
import { openPopover } from "./popover.js";

/** Have a button open a menu. `items()` makes its entries each time: elements with a menu role. */
export function menuButton(button, label, items) {
  button.setAttribute("aria-haspopup", "menu");
  button.addEventListener("click", () => openMenu(button, label, items()));
}

/** A menu beside a button: arrows walk, a choice closes it. `options` as of a popover. */
export function openMenu(button, label, items, options) {
  const list = h("div", { class: "menu", role: "menu", "aria-label": label }, items);
  const popover = openPopover(button, list, options);
  // Before the choice does anything: a dialog that it opens gives the focus back to what has it then.
  list.addEventListener("click", ({ target }) => target.closest("[role^=menuitem]") && popover.close(), { capture: true });
  list.addEventListener("keydown", (event) => move(event, list, popover));
  list.querySelector("[role^=menuitem]")?.focus();
}

/** An entry that does something. */
export function menuItem(drawing, label, onclick, extra = "") {
  return h("button", { type: "button", role: "menuitem", tabindex: "-1", class: `menu-item ${extra}`, onclick }, drawing, label);
}

function move(event, list, popover) {
  const entries = [...list.querySelectorAll("[role^=menuitem]")];
  const at = entries.indexOf(document.activeElement);
  const steps = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 };
  if (event.key === "Tab") popover.close();
  else if (event.key in steps) entries.at(steps[event.key] % entries.length).focus();
  else return;
  event.preventDefault();
  event.stopPropagation();
}
