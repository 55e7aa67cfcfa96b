import { h } from "../app/element.js";
import { introduction } from "./introduction.js";
import { navigation } from "./navigation.js";
import { operation, operationsOf } from "./operation.js";
import { shapes } from "./shape.js";

const answer = await fetch("/openapi.json");
if (answer.ok) show(await answer.json());
else document.body.append(h("p", { class: "problem" }, "The server has no description of itself now. Load the page again."));

function show(api) {
  const groups = Map.groupBy(operationsOf(api), (each) => each.tags[0]);
  const nouns = [...groups].sort(([one], [other]) => one.localeCompare(other));
  document.body.append(
    navigation(api.info, nouns),
    h("main", {}, introduction(api), nouns.map(section), shapes(api.components.schemas)),
  );
  // What the address names is here only now.
  document.getElementById(decodeURIComponent(location.hash.slice(1)))?.scrollIntoView();
}

function section([noun, operations]) {
  return h("section", { "aria-label": noun }, h("h2", { id: noun }, noun), operations.map(operation));
}
