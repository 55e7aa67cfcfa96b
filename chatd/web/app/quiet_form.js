import { h, show } from "./element.js";
import { t } from "./language.js";
import { NIGHT, QuietDay } from "./quiet_day.js";
import { selectField } from "./select_field.js";
import { submitForm } from "./submit.js";
import { here, timeZoneField } from "./time_zone.js";
import { weekdays } from "./weekdays.js";

const KINDS = { none: t("None"), daily: t("The same every day"), weekly: t("By day of the week") };

/** Quiet times of each day or of the week, to change; `done()` is called when they were kept. */
export class QuietForm {
  node = h("div");
  #notifications;
  #done;
  #shown = "";

  constructor(notifications, done) {
    this.#notifications = notifications;
    this.#done = done;
    this.refresh();
  }

  /** Show what is kept, unless that is shown already: what somebody is changing stays. */
  refresh() {
    const { quietHours, quietWeek } = this.#notifications;
    const kept = JSON.stringify([quietHours, quietWeek]);
    if (kept === this.#shown) return;
    this.#shown = kept;
    const hadFocus = this.node.contains(document.activeElement);
    this.#draw(new QuietFields(quietHours, quietWeek));
    if (hadFocus) this.node.querySelector("[type=submit]").focus();
  }

  #draw(fields) {
    const work = async () => {
      if (!fields.check()) return;
      await this.#notifications.keepQuiet(fields.quiet);
      this.#done();
    };
    this.node.replaceChildren(submitForm({ fields: fields.nodes, button: t("Save"), work }));
  }
}

class QuietFields {
  #kind;
  #daily;
  #weekly;
  #zone;
  #note = h("p", { class: "field-note wrong", role: "alert" });
  #times = h("div", { class: "quiet-days" });
  #rest;

  constructor(hours, week) {
    const value = week ? "weekly" : hours ? "daily" : "none";
    this.#kind = selectField({ label: t("Quiet times"), options: KINDS, value, choose: () => this.#draw() });
    this.#daily = { fields: new QuietDay(t("Every day"), [hours ?? NIGHT], true) };
    this.#weekly = weekdays().map(({ day, name }) => ({ day, fields: new QuietDay(name, timesOf(day, hours, week)) }));
    this.#zone = timeZoneField((week ?? hours)?.timezone ?? here);
    const hint = h("p", { class: "field-note" }, t("A time that does not end later than it begins ends on the next day."));
    this.#rest = h("div", { class: "quiet-rest" }, this.#times, this.#note, hint, this.#zone.node);
    this.#draw();
  }

  get nodes() {
    return [this.#kind.node, this.#rest];
  }

  /** As the SDK keeps them. */
  get quiet() {
    const timezone = this.#zone.select.value;
    switch (this.#kind.select.value) {
      case "none":
        return null;
      case "daily":
        return { ...this.#daily.fields.times[0], timezone };
      default:
        return { times: this.#weekly.flatMap(({ day, fields }) => fields.times.map((time) => ({ day, ...time }))), timezone };
    }
  }

  /** Whether all times are complete; the first that is not is pointed at. */
  check() {
    const empty = [...this.#times.querySelectorAll("input")].find(({ value }) => !value);
    this.#note.textContent = empty ? t("Give both times.") : "";
    empty?.setAttribute("aria-invalid", "true");
    empty?.focus();
    return !empty;
  }

  #draw() {
    const kind = this.#kind.select.value;
    const days = { none: [], daily: [this.#daily], weekly: this.#weekly }[kind];
    this.#times.replaceChildren(...days.map(({ fields }) => fields.node));
    this.#note.textContent = "";
    show(this.#rest, kind !== "none");
  }
}

/** Those of a day of the week; before there are any, as each day is. */
function timesOf(day, hours, week) {
  return week ? week.times.filter((time) => time.day === day) : [hours ?? NIGHT];
}
