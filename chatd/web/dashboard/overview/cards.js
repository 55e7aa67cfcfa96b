import { h } from "../../app/element.js";
import { compact, percent } from "../words.js";

/** The figures as cards, each with its change; who chooses one sees it in the chart. */
export function cards(figures, found, chosen, choose) {
  const group = h("div", { class: "cards", role: "group", "aria-label": "Figures" });
  const mark = (id) => [...group.children].forEach((card) => card.setAttribute("aria-pressed", String(card.value === id)));
  group.append(...figures.map((figure) => card(figure, found, () => (mark(figure.id), choose(figure.id)))));
  mark(chosen);
  return group;
}

function card(figure, { now, before, isMonthly }, onclick) {
  const value = figure.fold(now[figure.id].map((each) => each.value));
  const earlier = figure.fold(before[figure.id].map((each) => each.value));
  return h("button", { type: "button", class: "figure", value: figure.id, onclick },
    h("span", { class: "figure-title" }, titleOf(figure, isMonthly)),
    h("span", { class: "figure-line" }, h("strong", {}, figure.isShare ? percent(value) : compact(value)), change(value, earlier)),
    h("small", {}, isMonthly ? figure.note.replace("per day", "per month") : figure.note));
}

export function titleOf(figure, isMonthly) {
  return (isMonthly && figure.monthly) || figure.title;
}

/** How much more or less it is than in the period before. */
export function change(value, earlier) {
  if (!earlier) return h("span", { class: "change", title: "There was nothing in the period before" }, value ? "new" : "");
  const part = value / earlier - 1;
  const direction = part > 0.0005 ? "up" : part < -0.0005 ? "down" : "same";
  const sign = { up: "↑", down: "↓", same: "" }[direction];
  return h("span", { class: `change ${direction}`, title: "Against the period before" }, `${sign} ${percent(Math.abs(part))}`);
}
