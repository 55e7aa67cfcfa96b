import { h } from "../app/element.js";
import { line, prose } from "./prose.js";

/** All shapes that answers are made of. */
export function shapes(schemas) {
  return h("section", { "aria-label": "Shapes" },
    h("h2", { id: "Shapes" }, "Shapes"),
    h("p", {}, "What answers are made of."),
    Object.entries(schemas).map(([name, schema]) =>
      h("article", { id: `shape:${name}`, class: "shape" },
        h("div", { class: "words" }, h("h3", {}, name), prose(schema.description ?? ""), table(schemas, schema)))),
  );
}

/** The fields of a shape. */
export function table(schemas, schema) {
  const { properties = {}, required = [] } = schema.$ref ? schemas[nameOf(schema)] : schema;
  const names = Object.keys(properties);
  return names.length ? h("dl", { class: "fields" }, names.map((name) =>
    field(name, properties[name], properties[name].description, required.includes(name) ? [] : [mark("may be absent")]))) : null;
}

/** One field or parameter. */
export function field(name, schema, description, marks) {
  return h("div", {},
    h("dt", {}, h("code", {}, name), h("span", { class: "type" }, typeof schema === "string" ? schema : typeOf(schema)), marks),
    description && h("dd", {}, line(description), itemsOf(schema)));
}

/** What a parameter needs, and what it is when it is left out. */
export function badges(schema, required) {
  if (required) return [mark("required", "required")];
  const value = schema.default;
  const says = value !== undefined && value !== null && value !== "" && JSON.stringify(value) !== "[]" && JSON.stringify(value) !== "{}";
  return says ? [mark(`default ${JSON.stringify(value)}`)] : [];
}

/** A type in words, with its limits; shapes are links. */
export function typeOf(schema) {
  if (schema.$ref) return h("a", { href: `#shape:${nameOf(schema)}` }, nameOf(schema));
  if (schema.anyOf) return joined(schema.anyOf.filter((each) => each.type !== "null").map(typeOf));
  if (schema.enum) return joined(schema.enum.map((value) => h("code", {}, JSON.stringify(value))));
  if (schema.const !== undefined) return h("code", {}, JSON.stringify(schema.const));
  if (schema.type === "array") return ["list", limits(undefined, schema.maxItems, ""), " of ", typeOf(schema.items ?? {})];
  if (schema.type === "object") return schema.additionalProperties ? ["object, each with ", typeOf(schema.additionalProperties)] : "object";
  if (schema.type === "string") return ["text", limits(schema.minLength, schema.maxLength, " characters")];
  if (schema.type === "integer") return ["number", limits(schema.minimum || undefined, schema.maximum >= 2 ** 53 - 1 ? undefined : schema.maximum, "")];
  return schema.type ?? "anything";
}

/** The fields of the objects in a list of parameters. */
function itemsOf(schema) {
  const list = [schema, ...(schema.anyOf ?? [])].find((each) => each.items?.properties);
  if (!list) return null;
  const { properties, required = [] } = list.items;
  return h("dl", { class: "fields" }, Object.entries(properties).map(([name, each]) =>
    field(name, each, each.description, badges(each, required.includes(name)))));
}

function limits(low, high, unit) {
  if (high === undefined) return low === undefined ? "" : `, at least ${low}${unit}`;
  return low === undefined ? `, up to ${high}${unit}` : `, ${low} to ${high}${unit}`;
}

function joined(parts) {
  return parts.flatMap((part, at) => (at ? [" or ", part] : [part])).flat();
}

function mark(text, kind = "") {
  return h("span", { class: `mark ${kind}` }, text);
}

function nameOf(schema) {
  return schema.$ref.split("/").at(-1);
}
