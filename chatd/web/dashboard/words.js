const whole = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });
const fine = new Intl.NumberFormat("en", { maximumFractionDigits: 1 });
const short = new Intl.NumberFormat("en", { notation: "compact", maximumFractionDigits: 1 });
const share = new Intl.NumberFormat("en", { style: "percent", maximumFractionDigits: 1 });
const moment = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "short" });
const exact = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "long" });
const day = new Intl.DateTimeFormat("en", { day: "numeric", month: "short", timeZone: "UTC" });
const month = new Intl.DateTimeFormat("en", { month: "short", year: "numeric", timeZone: "UTC" });

/** A number as people read it: small ones to a tenth. */
export function number(value) {
  return Math.abs(value) < 100 ? fine.format(value) : whole.format(value);
}

/** The same in little room: 12.3K. */
export function compact(value) {
  return Math.abs(value) < 10_000 ? number(value) : short.format(value);
}

export function percent(part) {
  return share.format(part);
}

/** A time in the reader's zone; Unix milliseconds, or 0 and below for never. */
export function when(at, never = "—") {
  return at > 0 ? moment.format(at) : never;
}

/** The same to the second and with its zone, for tooltips. */
export function precisely(at) {
  return at ? exact.format(at) : "";
}

/** A day or month of statistics, which are those of UTC: `2026-01-31`, or `2026-01`. */
export function dayName(date) {
  return date.length > 7 ? day.format(Date.parse(date)) : month.format(Date.parse(`${date}-01`));
}
