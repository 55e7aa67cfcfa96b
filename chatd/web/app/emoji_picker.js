import { h } from "./element.js";
import { allEmoji, groupsOf, noteEmoji, recentEmoji, searchEmoji } from "./emoji.js";
import { backward, counted, forward, t } from "./language.js";
import { openPopover } from "./popover.js";

const COLUMNS = 8;
const MOST_FOUND = 80;

/** Let a person choose an emoji beside a button; `picked(emoji)` is told once. */
export function pickEmoji(button, picked) {
  const input = h("input", { type: "search", class: "input", placeholder: t("Search emoji"), "aria-label": t("Search emoji") });
  const grid = h("div", { class: "emoji-grid" });
  const status = h("p", { class: "unseen", role: "status" });
  const body = h("div", { class: "emoji-picker", role: "dialog", "aria-label": t("Emoji") }, input, grid, status);
  const popover = openPopover(button, body);
  const choose = (emoji) => {
    noteEmoji(emoji);
    popover.close();
    picked(emoji);
  };
  const draw = () => fill(grid, status, input.value, choose);
  input.addEventListener("input", draw);
  body.addEventListener("keydown", (event) => move(event, body, input));
  draw();
  input.focus({ preventScroll: true });
}

async function fill(grid, status, query, choose) {
  const recent = section(t("Recently used"), recentEmoji().map((unicode) => ({ unicode, label: unicode })), choose);
  if (!query.trim()) grid.replaceChildren(recent);
  try {
    const emoji = await allEmoji();
    const found = searchEmoji(emoji, query).slice(0, MOST_FOUND);
    status.textContent = query.trim() ? counted(found.length, "{count} emoji", "{count} emoji") : "";
    if (query.trim()) grid.replaceChildren(found.length ? section(t("Found"), found, choose) : none());
    else grid.replaceChildren(recent, ...groupsOf(emoji).map(([name, members]) => section(name, members, choose)));
  } catch {
    grid.append(h("p", { class: "emoji-none" }, t("The other emoji could not be loaded.")));
  }
}

function section(name, emoji, choose) {
  const buttons = emoji.map(({ unicode, label }) =>
    h("button", { type: "button", class: "emoji-button", "aria-label": label, title: label, onclick: () => choose(unicode) }, unicode),
  );
  return h("section", { "aria-label": name }, h("h3", {}, name), h("div", { class: "emoji-buttons" }, buttons));
}

function none() {
  return h("p", { class: "emoji-none" }, t("No emoji has this name."));
}

/** Arrows walk through the emoji, from the field down to them and back; Enter in the field takes the first. */
function move(event, body, input) {
  const buttons = [...body.querySelectorAll(".emoji-button")];
  const at = buttons.indexOf(document.activeElement);
  if (at < 0 && event.key === "Enter") buttons[0]?.click();
  else if (at < 0 && event.key === "ArrowDown") buttons[0]?.focus();
  else if (at >= 0 && event.key === "ArrowUp" && at < COLUMNS) input.focus();
  else if (at >= 0 && event.key in STEPS) buttons[at + STEPS[event.key]]?.focus();
  else return;
  event.preventDefault();
}

const STEPS = { [backward]: -1, [forward]: 1, ArrowUp: -COLUMNS, ArrowDown: COLUMNS };
