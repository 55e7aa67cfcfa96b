import { openDialog } from "./dialog.js";
import { icon } from "./icon.js";
import { t } from "./language.js";
import { menuItem, openMenu } from "./menu.js";
import { MomentField } from "./moment_field.js";
import { submitForm } from "./submit.js";

const MINUTE_MS = 60_000;
const MONDAY = 1;

/** Let a person choose when to send, beside a button; `picked(time)` is told, in ms. */
export function openLaterMenu(button, picked) {
  const tomorrow = at(1, 9);
  const monday = at(daysUntil(MONDAY), 9);
  const choices = [
    [t("In 20 minutes"), Date.now() + 20 * MINUTE_MS],
    [t("Tomorrow at 9"), tomorrow],
    monday !== tomorrow && [t("On Monday at 9"), monday],
  ];
  const items = choices.filter(Boolean).map(([label, time]) => menuItem(icon("clock"), label, () => picked(time)));
  openMenu(button, t("Send later"), [...items, menuItem(icon("calendar"), t("Pick day and time…"), () => askTime(picked))]);
}

function askTime(picked) {
  const field = new MomentField(t("Send at"), at(1, 9));
  const work = async () => {
    const { time } = field;
    if (time === null) return;
    opened.close();
    picked(time);
  };
  const opened = openDialog(t("Send later"), submitForm({ fields: [field.node], button: t("Schedule"), work }));
  field.input.focus();
}

/** An hour of a day, in ms; the days are counted from today. */
function at(days, hour) {
  const day = new Date();
  day.setDate(day.getDate() + days);
  return day.setHours(hour, 0, 0, 0);
}

function daysUntil(weekday) {
  return (weekday - new Date().getDay() + 6) % 7 + 1;
}
