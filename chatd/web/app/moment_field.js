import { Field } from "./field.js";
import { t } from "./language.js";

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const LONGEST_DAYS = 30;

/** A field for a moment that is still to come, at most as far away as can be scheduled. */
export class MomentField extends Field {
  constructor(label, time) {
    super({ label, type: "datetime-local", value: localMoment(time), min: localMoment(Date.now()), max: localMoment(Date.now() + LONGEST_DAYS * DAY_MS) });
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

/** As a field of the browser's own time wants it. */
export function localMoment(time) {
  const date = new Date(time - new Date(time).getTimezoneOffset() * MINUTE_MS);
  return date.toISOString().slice(0, 16);
}
