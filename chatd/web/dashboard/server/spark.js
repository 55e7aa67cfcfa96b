import { svg } from "../../app/element.js";

const WIDTH = 120;
const HEIGHT = 28;

/** The last values as a small line, the newest at its end. */
export function spark(values, most) {
  const top = Math.max(...values, 1e-9);
  const points = values.map((value, at) => `${(WIDTH * (at + most - values.length)) / (most - 1)},${HEIGHT - 1 - ((HEIGHT - 2) * value) / top}`);
  return svg("svg", { class: "spark", viewBox: `0 0 ${WIDTH} ${HEIGHT}`, preserveAspectRatio: "none", "aria-hidden": "true" },
    svg("polyline", { points: points.join(" ") }));
}
