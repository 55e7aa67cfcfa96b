const DAY_MS = 86_400_000;

export const RANGES = [["1", "Today"], ["7", "7 days"], ["30", "30 days"], ["90", "90 days"], ["12m", "12 months"]];

/** The days (UTC) of a range that ends today, as parameters of `statistics.range`, and as many before. */
export function periodOf(range) {
  const today = new Date(new Date().setUTCHours(0, 0, 0, 0));
  if (range === "12m") return { now: months(today, 0), before: months(today, 12), isMonthly: true };
  const days = Number(range);
  const at = (ago) => new Date(today - ago * DAY_MS);
  return { now: span(at(days - 1), today), before: span(at(2 * days - 1), at(days)), isMonthly: false };
}

/** The twelve calendar months that end with the one so many months ago. */
function months(today, ago) {
  const first = new Date(Date.UTC(today.getUTCFullYear(), today.getUTCMonth() - 11 - ago, 1));
  const end = ago ? new Date(Date.UTC(today.getUTCFullYear(), today.getUTCMonth() - ago + 1, 0)) : today;
  return { ...span(first, end), time_dimension: "monthly" };
}

export function lastDays(count) {
  const today = Date.now();
  return span(new Date(today - (count - 1) * DAY_MS), new Date(today));
}

function span(first, end) {
  return { start_date: first.toISOString().slice(0, 10), end_date: end.toISOString().slice(0, 10), time_dimension: "daily" };
}
