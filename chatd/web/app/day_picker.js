import { h } from "./element.js";
import { t } from "./language.js";
import { openPopover } from "./popover.js";

const DAY_MS = 86_400_000;

/** Let a person choose a day to read from; `picked(time)` is told its beginning, in ms. */
export function chooseDay(button, picked) {
  const choose = (time) => {
    popover.close();
    picked(time);
  };
  const quick = (label, time) => h("button", { type: "button", class: "menu-item", onclick: () => choose(time) }, label);
  const input = h("input", { type: "date", class: "input", max: dateOf(Date.now()), "aria-label": t("Day") });
  const submit = (event) => {
    event.preventDefault();
    if (input.value) choose(new Date(`${input.value}T00:00`).getTime());
  };
  const form = h("form", { class: "day-form", onsubmit: submit }, input, h("button", { type: "submit", class: "button small primary" }, t("Go")));
  const content = h(
    "div",
    { class: "menu", role: "dialog", "aria-label": t("Jump to a day") },
    quick(t("A week ago"), startOfDay(Date.now() - 7 * DAY_MS)),
    quick(t("A month ago"), startOfDay(Date.now() - 30 * DAY_MS)),
    quick(t("The beginning"), 0),
    form,
  );
  const popover = openPopover(button, content);
  input.focus();
}

function startOfDay(time) {
  return new Date(time).setHours(0, 0, 0, 0);
}

function dateOf(time) {
  const date = new Date(time);
  return [date.getFullYear(), date.getMonth() + 1, date.getDate()].map((part) => String(part).padStart(2, "0")).join("-");
}
