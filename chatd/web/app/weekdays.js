import { locale } from "./language.js";

const DAY_MS = 86_400_000;
const MONDAY = Date.UTC(2026, 5, 1);
const DAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

/** The days of the week, {day, name} each: the name in the reader's language, the first as they are used to it. */
export function weekdays() {
  const format = new Intl.DateTimeFormat(locale, { weekday: "long", timeZone: "UTC" });
  const days = DAYS.map((day, index) => ({ day, name: format.format(MONDAY + index * DAY_MS) }));
  const first = firstDay() - 1;
  return [...days.slice(first), ...days.slice(0, first)];
}

/** 1 for Monday; that also where the browser does not know. */
function firstDay() {
  const known = new Intl.Locale(locale);
  return (known.getWeekInfo?.() ?? known.weekInfo)?.firstDay ?? 1;
}
