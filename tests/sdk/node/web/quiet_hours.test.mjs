import assert from "node:assert/strict";
import { test } from "node:test";
import { isQuiet, quietHours, quietWeek } from "../../../../chatd/web/sdk/quiet_hours.js";
import { quietParams } from "../../../../chatd/web/sdk/quiet_params.js";

const NIGHT = { start_hour: 22, start_min: 30, end_hour: 7, end_min: 0, timezone: "Asia/Tokyo" };
const HOURS = [...Array(24).keys()];

const preference = (more) => ({ do_not_disturb: true, dnd_schedules: [], ...NIGHT, ...more });
/** A time of June 2026, in ms. The first is a Monday. */
const at = (day, hour, minute = 0) => Date.UTC(2026, 5, day, hour, minute);

test("quiet hours are of their time zone and go over midnight", () => {
  for (const [hour, minute, expected] of [[13, 29, false], [13, 30, true], [16, 0, true], [21, 59, true], [22, 0, false], [3, 0, false]]) {
    for (const day of [1, 2, 3, 4, 5, 6, 7]) assert.equal(isQuiet(preference(), at(day, hour, minute)), expected, `${day} ${hour}:${minute}`);
  }
  assert.deepEqual(quietHours(preference()), { start: "22:30", end: "07:00", timezone: "Asia/Tokyo" });
});

test("quiet hours of one day are from their start to before their end", () => {
  const noon = preference({ start_hour: 12, start_min: 0, end_hour: 13, timezone: "UTC" });
  const quiet = [[11, 59], [12, 0], [12, 59], [13, 0]].map(([hour, minute]) => isQuiet(noon, at(1, hour, minute)));
  assert.deepEqual(quiet, [false, true, true, false]);
});

test("with the same start and end the whole day is quiet", () => {
  const whole = preference({ start_hour: 7, start_min: 0 });
  assert.ok(HOURS.every((hour) => isQuiet(whole, at(1, hour))));
});

test("without quiet times nothing is quiet", () => {
  const none = preference({ do_not_disturb: false });
  assert.equal(isQuiet(none, at(1, 16)), false);
  assert.deepEqual([quietHours(none), quietWeek(none)], [null, null]);
  assert.equal(quietWeek({ ...none, dnd_schedules: [{ day_of_week: "friday", time_windows: [NIGHT] }] }), null);
});

test("times of the week take the place of those of each day", () => {
  const late = { start_hour: 22, start_min: 0, end_hour: 2, end_min: 0 };
  const morning = { start_hour: 0, start_min: 0, end_hour: 12, end_min: 0 };
  const weekend = [{ day_of_week: "saturday", time_windows: [morning, late] }, { day_of_week: "sunday", time_windows: [late] }];
  const weekly = preference({ dnd_schedules: weekend, timezone: "UTC" });
  const cases = [[6, 11, true], [6, 12, false], [6, 23, true], [7, 1, true], [7, 2, false], [7, 23, true], [8, 1, true], [9, 1, false]];
  for (const [day, hour, expected] of cases) assert.equal(isQuiet(weekly, at(day, hour)), expected, `${day} ${hour}`);
  assert.equal(quietHours(weekly), null);
});

test("a zone that is not known is that of the device", () => {
  const start = { start_hour: new Date(at(1, 16)).getHours(), start_min: new Date(at(1, 16)).getMinutes() };
  const hour = preference({ ...start, end_hour: (start.start_hour + 1) % 24, end_min: start.start_min, timezone: "Nowhere/Land" });
  assert.deepEqual([isQuiet(hour, at(1, 16)), isQuiet(hour, at(1, 17))], [true, false]);
});

test("what was kept is what is seen", () => {
  const night = { start: "22:30", end: "07:00", timezone: "Asia/Tokyo" };
  const times = [{ day: "monday", start: "00:00", end: "00:00" }, { day: "friday", start: "12:00", end: "13:15" }, { day: "friday", start: "22:00", end: "02:00" }];
  const week = { times, timezone: "Europe/Berlin" };
  const seen = [night, week].map((quiet) => ({ ...preference(), ...quietParams(quiet) })).map((each) => [quietHours(each), quietWeek(each)]);
  assert.deepEqual(seen, [[night, null], [null, week]]);
});

test("times of the week are said in the order of its days", () => {
  const times = ["sunday", "monday"].map((day) => ({ day, start: "12:00", end: "13:00" }));
  assert.deepEqual(quietParams({ times }).dnd_schedules.map(({ day_of_week }) => day_of_week), ["monday", "sunday"]);
});

test("a week without a time is no quiet time", () => {
  assert.deepEqual([quietParams({ times: [] }), quietParams(null)], [{ do_not_disturb: false }, { do_not_disturb: false }]);
});
