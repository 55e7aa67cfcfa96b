import { DAYS } from "./quiet_hours.js";
/** @import { Params, QuietHours, QuietTime, QuietWeek, TimeWindow } from "./types.js" */

/**
 * What is said to have quiet times: each day, at times of the week, or with null or no time none.
 * @param {QuietHours | QuietWeek | null} quiet
 * @returns {Params<"users.update_push_preference">}
 */
export function quietParams(quiet) {
  if (!quiet || ("times" in quiet && quiet.times.length === 0)) return { do_not_disturb: false };
  const timezone = quiet.timezone ?? new Intl.DateTimeFormat().resolvedOptions().timeZone;
  const times = "times" in quiet ? { dnd_schedules: schedules(quiet.times) } : { dnd_schedules: [], ...timeWindow(quiet) };
  return { do_not_disturb: true, ...times, timezone };
}

/** @param {QuietTime[]} times */
function schedules(times) {
  return DAYS.map((day) => ({ day_of_week: day, time_windows: times.filter((time) => time.day === day).map(timeWindow) })).filter(({ time_windows }) => time_windows.length > 0);
}

/**
 * @param {{ start: string, end: string }} span
 * @returns {TimeWindow}
 */
function timeWindow({ start, end }) {
  const [start_hour, start_min] = start.split(":").map(Number);
  const [end_hour, end_min] = end.split(":").map(Number);
  return { start_hour, start_min, end_hour, end_min };
}
