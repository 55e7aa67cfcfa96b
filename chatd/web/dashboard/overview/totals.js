import { csvButton } from "../csv.js";
import { panel } from "../page.js";
import { table } from "../table.js";
import { number } from "../words.js";
import { change } from "./cards.js";
import { TOTALS } from "./figures.js";

const ratio = (value, earlier) => (earlier ? value / earlier : value ? Infinity : 0);

/** Everything else that is counted, and the file with all figures by day. */
export function totals(figures, { now, before, isMonthly }) {
  const values = (of, { id, fold }) => fold(of[id].map(({ value }) => value));
  const columns = [
    { title: "Figure", cell: ({ title }) => title },
    { title: "", kind: "faint", cell: ({ note }) => (isMonthly ? note.replace("per day", "per month") : note) },
    { title: "This period", kind: "number", by: (figure) => values(now, figure), cell: (figure) => number(values(now, figure)) },
    { title: "Before", kind: "number faint", by: (figure) => values(before, figure), cell: (figure) => number(values(before, figure)) },
    { title: "Change", kind: "number", by: (figure) => ratio(values(now, figure), values(before, figure)), cell: (figure) => change(values(now, figure), values(before, figure)) },
  ];
  const all = [...figures, ...TOTALS].map(({ id }) => id);
  const rows = () => [["date", ...all], ...now.messages.map(({ date }, at) => [date, ...all.map((id) => now[id][at].value)])];
  return panel("All figures", table("All figures", columns, TOTALS), { actions: [csvButton("figures", rows)] });
}
