import { locale, t } from "./language.js";

const DAY_MS = 86_400_000;
const time = new Intl.DateTimeFormat(locale, { hour: "numeric", minute: "2-digit" });
const weekday = new Intl.DateTimeFormat(locale, { weekday: "long" });
const shortWeekday = new Intl.DateTimeFormat(locale, { weekday: "short" });
const shortDate = new Intl.DateTimeFormat(locale, { day: "numeric", month: "short" });
const longDate = new Intl.DateTimeFormat(locale, { weekday: "long", day: "numeric", month: "long" });
const fullDate = new Intl.DateTimeFormat(locale, { day: "numeric", month: "long", year: "numeric" });

/** The time of day. All arguments are Unix milliseconds. */
export function timeOfDay(at) {
  return time.format(at);
}

/** The day of a separator: Today, Yesterday, a weekday, a date. */
export function dayName(at) {
  const age = daysAgo(at);
  if (age === 0) return t("Today");
  if (age === 1) return t("Yesterday");
  if (age < 7) return weekday.format(at);
  return isThisYear(at) ? longDate.format(at) : fullDate.format(at);
}

/** The short form of a list: time today, else a day. */
export function shortMoment(at) {
  const age = daysAgo(at);
  if (age <= 0) return time.format(at);
  if (age === 1) return t("Yesterday");
  if (age < 7) return shortWeekday.format(at);
  return isThisYear(at) ? shortDate.format(at) : fullDate.format(at);
}

/** Day and time, for tooltips and forms. */
export function fullMoment(at) {
  return t("{day}, {time}", { day: dayName(at), time: time.format(at) });
}

/** Day and time of what is to come. */
export function comingMoment(at) {
  const away = -daysAgo(at);
  const day = away <= 0 ? t("Today") : away === 1 ? t("Tomorrow") : (isThisYear(at) ? longDate : fullDate).format(at);
  return t("{day}, {time}", { day, time: time.format(at) });
}

export function isSameDay(a, b) {
  return startOfDay(a) === startOfDay(b);
}

function daysAgo(at) {
  // Rounded, because a day on which the clocks change is an hour shorter or longer.
  return Math.round((startOfDay(Date.now()) - startOfDay(at)) / DAY_MS);
}

function startOfDay(at) {
  return new Date(at).setHours(0, 0, 0, 0);
}

function isThisYear(at) {
  return new Date(at).getFullYear() === new Date().getFullYear();
}
