import { h } from "../../app/element.js";
import { csvButton } from "../csv.js";
import { choice, panel } from "../page.js";
import { Area, nothing } from "../states.js";
import { titleOf } from "./cards.js";
import { chart } from "./chart.js";
import { SEGMENT_NAMES } from "./figures.js";
import { rowsOf, seriesOf, shown } from "./series.js";

/** One figure over the days, whole or by a segment. Returns {node, close}. */
export function trend(application, figure, found, segment, choose) {
  const isSegmented = figure.segments?.includes(segment) ? segment : "";
  let drawn = null;
  let rows = [];
  const area = new Area(async () => {
    const values = isSegmented ? await segmented(application, figure, found.period.now, isSegmented) : [];
    const series = seriesOf(figure, found, isSegmented, values);
    rows = rowsOf(series);
    const { lines, text } = shown(series.lines);
    if (!lines.length) return nothing("Nothing happened in this time.");
    drawn?.close();
    drawn = chart(`${titleOf(figure, found.isMonthly)} over time`, { ...series, lines, isBars: figure.isCount, isShare: figure.isShare, isMonthly: found.isMonthly });
    return [drawn.node, text && h("p", { class: "note" }, text)];
  }, { class: "trend" });
  area.show();
  const kinds = figure.segments && choice("By segment", [["", "Whole"], ...figure.segments.map((each) => [each, SEGMENT_NAMES[each]])], isSegmented, choose);
  const title = titleOf(figure, found.isMonthly);
  return { node: panel(title, area.node, { text: "Days are those of UTC.", actions: [kinds, csvButton(`${figure.id}`, () => rows)] }), close: () => drawn?.close() };
}

async function segmented(application, figure, days, segment) {
  const { metrics } = await application.call("statistics.range", { ...days, metrics: [figure.id], segments: [segment] });
  return metrics[0].values;
}
