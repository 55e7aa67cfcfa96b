import { compact } from "../words.js";

const SHOWN = 8;

/**
 * What a chart shows of a figure: {dates, lines}, a line {name, values, total}. Without a segment these are the period
 * and the one before; with one, its kinds, the largest first.
 */
export function seriesOf(figure, found, segment, segmented) {
  const dates = found.now[figure.id].map(({ date }) => date);
  if (segment) return { dates, lines: kinds(segmented, segment, dates) };
  const values = (of) => of.map(({ value }) => value);
  return { dates, lines: [{ name: "This period", values: values(found.now[figure.id]) }, { name: "Before", values: values(found.before[figure.id]), isBefore: true }] };
}

function kinds(values, segment, dates) {
  const lines = [...Map.groupBy(values, (each) => each[segment] ?? "")].map(([name, found]) => {
    const by = new Map(found.map(({ date, value }) => [date, value]));
    const line = dates.map((date) => by.get(date) ?? 0);
    return { name: name || "(none)", values: line, total: line.reduce((sum, value) => sum + value, 0) };
  });
  return lines.sort((one, other) => other.total - one.total);
}

/** Of many kinds the largest, and in words how many there are. */
export function shown(lines) {
  const text = lines.length > SHOWN ? `The ${SHOWN} largest of ${compact(lines.length)} kinds; all are in the CSV.` : "";
  return { lines: lines.slice(0, SHOWN), text };
}

/** The same as rows of a file. */
export function rowsOf({ dates, lines }) {
  return [["date", ...lines.map(({ name }) => name)], ...dates.map((date, at) => [date, ...lines.map(({ values }) => values[at] ?? 0)])];
}
