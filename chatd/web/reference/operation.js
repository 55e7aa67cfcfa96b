import { h } from "../app/element.js";
import { code } from "./code.js";
import { curl } from "./curl.js";
import { line, prose } from "./prose.js";
import { badges, field, table, typeOf } from "./shape.js";

const METHODS = ["get", "post", "put", "delete"];
const PLACES = { path: "In the path", query: "In the query", body: "In the body" };

/** All operations, each with its `path` and `method`. */
export function operationsOf(api) {
  return Object.entries(api.paths).flatMap(([path, methods]) =>
    METHODS.filter((method) => method in methods).map((method) => ({ ...methods[method], path, method, api })));
}

/** The method in its colour. */
export function badge(method) {
  return h("span", { class: `method ${method}` }, method === "delete" ? "DEL" : method.toUpperCase());
}

/** Everything about one operation. */
export function operation(about) {
  const id = about.operationId;
  return h("article", { id, "aria-labelledby": `${id}:title` },
    h("div", { class: "words" },
      h("h3", { id: `${id}:title` }, h("a", { href: `#${id}` }, line(about.summary))),
      h("p", { class: "address" }, badge(about.method), h("code", {}, `/v3${about.path}`)),
      prose(about.description.slice(about.description.startsWith(`${about.summary}.`) ? about.summary.length + 1 : 0) || about.summary),
      Object.entries(PLACES).map(([place, title]) => parameters(title, taken(about, place))),
      form(about),
      answer(about),
      errors(about),
    ),
    h("div", { class: "sample" }, code("Shell", curl(about))),
  );
}

function taken(about, place) {
  if (place !== "body") return about.parameters.filter((each) => each.in === place);
  const schema = about.requestBody?.content["application/json"].schema;
  const names = Object.entries(schema?.properties ?? {});
  return names.map(([name, each]) => ({ name, schema: each, description: each.description, required: schema.required?.includes(name) }));
}

/** What a form can have besides. */
function form(about) {
  const content = about.requestBody?.content ?? {};
  if (!content["multipart/form-data"]) return null;
  const known = content["application/json"].schema.properties;
  const files = Object.entries(content["multipart/form-data"].schema.properties).filter(([name]) => !(name in known));
  const rows = files.map(([name, each]) => field(name, each.type === "array" ? "files" : "file", each.description, []));
  return [h("h4", {}, "In a form (multipart/form-data), beside the same"), h("dl", { class: "fields" }, rows)];
}

function parameters(title, found) {
  if (!found.length) return null;
  const rows = found.toSorted((one, other) => Boolean(other.required) - Boolean(one.required));
  return [h("h4", {}, title), h("dl", { class: "fields" }, rows.map((each) =>
    field(each.name, each.schema, each.description, badges(each.schema, each.required))))];
}

/** What it is refused for. */
function errors(about) {
  const [, lines] = about.responses["400"].description.split("\n\n");
  return h("details", {}, h("summary", {}, "Errors"), prose(lines));
}

function answer(about) {
  const { schema } = about.responses["200"].content["application/json"];
  const properties = schema.$ref ? about.api.components.schemas[schema.$ref.split("/").at(-1)].properties : {};
  const count = Object.keys(properties ?? {}).length;
  return [
    h("h4", {}, "Answer"),
    h("p", {}, typeOf(schema)),
    count > 0 && h("details", {}, h("summary", {}, count === 1 ? "1 field" : `${count} fields`), table(about.api.components.schemas, schema)),
  ];
}
