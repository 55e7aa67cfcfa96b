import { openDialog } from "./dialog.js";
import { Field } from "./field.js";
import { icon } from "./icon.js";
import { t } from "./language.js";
import { menuItem, openMenu } from "./menu.js";
import { submitForm } from "./submit.js";

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const LONGEST_DAYS = 30;
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

/** A field for a moment that is still to come, at most as far away as can be scheduled. */
export class MomentField extends Field {
  constructor(label, time) {
    super({ label, type: "datetime-local", value: local(time), min: local(Date.now()), max: local(Date.now() + LONGEST_DAYS * DAY_MS) });
  }

  /** In ms, or null after it was said what is wrong. */
  get time() {
    const time = new Date(this.value).getTime();
    if (!(time > Date.now())) this.complain(t("Choose a time that is still to come."));
    else if (time > Date.now() + LONGEST_DAYS * DAY_MS) this.complain(t("Choose a time within 30 days."));
    else return time;
    return null;
  }
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

/** As a field of the browser's own time wants it. */
function local(time) {
  const date = new Date(time - new Date(time).getTimezoneOffset() * MINUTE_MS);
  return date.toISOString().slice(0, 16);
}
