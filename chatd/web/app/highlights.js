import { h } from "./element.js";

// So much of a long text is shown before the first place that was found.
const BEFORE = 60;

/** A text with what was found in it marked. `places`: [[from, to], …] in characters (code points). */
export function highlighted(text, places) {
  const characters = [...text];
  const start = places.length > 0 && places[0][0] > BEFORE * 2 ? places[0][0] - BEFORE : 0;
  const nodes = start > 0 ? ["…"] : [];
  let at = start;
  for (const [from, to] of places) {
    nodes.push(characters.slice(at, from).join(""), h("mark", {}, characters.slice(from, to).join("")));
    at = to;
  }
  return [...nodes, characters.slice(at).join("")];
}
