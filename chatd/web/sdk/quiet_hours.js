/** @import { PushPreference, QuietHours, QuietWeek, TimeWindow } from "./types.js" */

export const DAYS = /** @type {const} */ (["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]);
const DAY = 24 * 60;
const WEEK = 7 * DAY;

/**
 * Those of each day; null when there are none.
 * @param {PushPreference} preference
 * @returns {QuietHours | null}
 */
export function quietHours(preference) {
  if (!preference.do_not_disturb || preference.dnd_schedules.length > 0) return null;
  return { ...span(preference), timezone: preference.timezone };
}

/**
 * Those of the week, in the order of its days; null when there are none.
 * @param {PushPreference} preference
 * @returns {QuietWeek | null}
 */
export function quietWeek({ do_not_disturb, dnd_schedules, timezone }) {
  if (!do_not_disturb || dnd_schedules.length === 0) return null;
  const times = dnd_schedules.flatMap(({ day_of_week: day, time_windows }) => time_windows.map((window) => ({ day, ...span(window) })));
  return { times, timezone };
}

/**
 * Whether it is quiet at a moment, in ms: each day, or at the times of the week that take the place of that.
 * @param {PushPreference} preference
 * @param {number} now
 */
export function isQuiet(preference, now) {
  if (!preference.do_not_disturb) return false;
  const minute = minuteOfWeek(preference.timezone, now);
  const schedules = preference.dnd_schedules;
  if (schedules.length === 0) return holds(minute, preference, DAY);
  return schedules.some(({ day_of_week, time_windows }) => {
    const start = DAYS.indexOf(day_of_week) * DAY;
    return time_windows.some((window) => holds(minute - start, window, WEEK));
  });
}

/**
 * Whether a time of a day has a minute in it, which is counted from the beginning of that day, and comes again after a period.
 * @param {number} minute
 * @param {TimeWindow} window
 * @param {number} period
 */
function holds(minute, { start_hour, start_min, end_hour, end_min }, period) {
  const start = start_hour * 60 + start_min;
  const length = modulo(end_hour * 60 + end_min - start, DAY) || DAY;
  return modulo(minute - start, period) < length;
}

/**
 * @param {string} zone
 * @param {number} now
 */
function minuteOfWeek(zone, now) {
  const [day, hour, minute] = formatOf(zone).format(now).toLowerCase().split(/\W+/);
  return DAYS.findIndex((each) => each === day) * DAY + Number(hour) * 60 + Number(minute);
}

/** @param {string} timeZone */
function formatOf(timeZone) {
  const options = /** @type {const} */ ({ weekday: "long", hour: "numeric", minute: "numeric", hourCycle: "h23" });
  try {
    return new Intl.DateTimeFormat("en-US", { ...options, timeZone });
  } catch {
    // Where the zone is not known: that of this device.
    return new Intl.DateTimeFormat("en-US", options);
  }
}

/**
 * @param {number} number
 * @param {number} by
 */
function modulo(number, by) {
  return ((number % by) + by) % by;
}

/**
 * @param {TimeWindow} window
 * @returns {{ start: string, end: string }}
 */
function span({ start_hour, start_min, end_hour, end_min }) {
  return { start: clock(start_hour, start_min), end: clock(end_hour, end_min) };
}

/**
 * @param {number} hour
 * @param {number} minute
 */
function clock(hour, minute) {
  return `${String(hour).padStart(2, "0")}:${String(minute).padStart(2, "0")}`;
}
