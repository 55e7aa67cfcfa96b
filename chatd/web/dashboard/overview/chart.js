import { h } from "../../app/element.js";
import uPlot from "../../vendor/uplot-1.6.32/uPlot.esm.js";
import { compact, dayName, percent } from "../words.js";

const HEIGHT = 260;
const COLOURS = ["--chart-1", "--chart-2", "--chart-3", "--chart-4", "--chart-5", "--chart-6", "--chart-7", "--chart-8"];
const DARKNESS = matchMedia("(prefers-color-scheme: dark)");

/** A plot of lines over days, or of bars, which follows the width of its place and the appearance. Returns {node, close}. */
export function chart(label, { dates, lines, isBars, isShare, isMonthly }) {
  const node = h("div", { class: "chart", role: "img", "aria-label": label });
  const data = [dates.map((_, at) => at), ...lines.map(({ values }) => values)];
  const name = (at) => (Number.isInteger(at) && dates[at] ? dayName(isMonthly ? dates[at].slice(0, 7) : dates[at]) : "");
  const value = (each) => (each === null || each === undefined ? "" : isShare ? percent(each) : compact(each));
  let plot = null;
  const draw = () => {
    plot?.destroy();
    plot = new uPlot(options(node, lines, { isBars, name, value, count: dates.length }), data, node);
  };
  const sized = new ResizeObserver(() => (plot ? plot.setSize({ width: node.clientWidth, height: HEIGHT }) : draw()));
  const looked = new MutationObserver(draw);
  sized.observe(node);
  looked.observe(document.documentElement, { attributeFilter: ["data-appearance"] });
  DARKNESS.addEventListener("change", draw);
  const close = () => {
    sized.disconnect();
    looked.disconnect();
    DARKNESS.removeEventListener("change", draw);
    plot?.destroy();
  };
  return { node, close };
}

function options(node, lines, { isBars, name, value, count }) {
  const colour = (property) => resolved(node, property);
  const grid = { stroke: colour("--line"), width: 1 };
  const axis = { stroke: colour("--ink-faint"), grid, ticks: { show: false }, font: `12px ${getComputedStyle(node).fontFamily}` };
  return {
    width: node.clientWidth,
    height: HEIGHT,
    padding: [12, 12, 0, 0],
    cursor: { y: false, drag: { x: false, y: false }, points: { size: 7 } },
    legend: { live: true },
    scales: { x: { time: false, range: (_, low, high) => (isBars || count === 1 ? [low - 0.6, high + 0.6] : [low, high]) }, y: { range: (_, low, high) => [0, high > 0 ? high * 1.1 : 1] } },
    axes: [
      { ...axis, grid: { show: false }, values: (_, at) => at.map(name), incrs: [1, 2, 3, 5, 7, 10, 14, 30, 60], space: 74, size: 34 },
      { ...axis, values: (_, at) => at.map(value), size: 56 },
    ],
    series: [
      { label: "Day", value: (_, __, ___, at) => name(at ?? count - 1) || "–" },
      ...lines.map((line, at) => series(line, colour(line.isBefore ? "--ink-faint" : COLOURS[at % COLOURS.length]), { isBars, value, colour, isOnly: lines.length === 2 && !at })),
    ],
  };
}

function series(line, stroke, { isBars, value, isOnly }) {
  // While nothing is pointed at, the last day's.
  const said = { label: line.name, stroke, value: (_, __, ___, at) => value(line.values.at(at ?? -1)) || "–", points: { show: false } };
  if (line.isBefore) return { ...said, width: 1.5, dash: [5, 5], points: { show: isBars, size: 5, fill: stroke } };
  if (!isOnly || !isBars) return { ...said, width: 2, fill: isOnly ? faint(stroke) : undefined, points: { show: line.values.length < 3, size: 7, fill: stroke } };
  return { ...said, width: 0, fill: stroke, paths: uPlot.paths.bars({ size: [0.62, 44], radius: 0.16 }) };
}

/** A colour of the stylesheet as a canvas takes it. */
function resolved(node, property) {
  const probe = h("span", { hidden: true });
  probe.style.color = `var(${property})`;
  node.append(probe);
  const { color } = getComputedStyle(probe);
  probe.remove();
  return color;
}

function faint(colour) {
  return colour.replace(/^rgb\((.*)\)$/, "rgba($1, 0.1)");
}
