import { line, lines, pick } from "../fields.js";

/** A field for a parameter, by its schema. What is left empty is not given. */
export function inputFor(name, schema, { isRequired, example }) {
  const kind = plain(schema);
  const label = isRequired ? `${name} *` : name;
  const hint = [schema.description, limitsOf(kind)].filter(Boolean).join(" ");
  const hasExample = example !== undefined;
  const known = { name, isRequired, hasExample };
  const fallback = isRequired ? [] : [["", "not given"]];
  if (kind.enum) return { ...known, ...parts(pick(label, [...fallback, ...kind.enum.map((each) => [each, String(each) || "(empty)"])], example ?? "", hint)), read: (text) => text };
  if (kind.type === "boolean") return { ...known, ...parts(pick(label, [...fallback, ["true", "true"], ["false", "false"]], hasExample ? String(example) : "", hint)), read: (text) => text === "true" };
  if (kind.type === "integer" || kind.type === "number") return { ...known, ...parts(line(label, { hint, inputmode: "numeric", value: hasExample ? String(example) : "" })), read: (text) => numeric(name, text) };
  if (kind.type === "string") return { ...known, ...parts(line(label, { hint, value: example ?? "" })), read: (text) => text };
  return { ...known, ...parts(lines(label, { hint: `${hint} As JSON.`, code: true, rows: 3, value: hasExample ? JSON.stringify(example, null, 2) : "" })), read: (text) => parsed(name, text) };
}

/** The parameters that are given, by their names. Raises an Error for what cannot be read. */
export function valuesOf(inputs) {
  return Object.fromEntries(inputs.filter(({ field }) => field.value !== "").map(({ name, field, read }) => [name, read(field.value)]));
}

function parts(field) {
  return { node: field.node, field };
}

/** The first of several kinds that is not null. */
function plain(schema) {
  return schema.anyOf?.find(({ type }) => type !== "null") ?? schema;
}

function limitsOf({ minimum, maximum, maxLength }) {
  if (maxLength) return `Up to ${maxLength} characters.`;
  if (maximum === undefined || maximum >= 2 ** 53 - 1) return "";
  return `${minimum ?? 0} to ${maximum}.`;
}

function numeric(name, text) {
  const value = Number(text);
  if (!Number.isFinite(value)) throw new Error(`“${name}” has to be a number.`);
  return value;
}

function parsed(name, text) {
  try {
    return JSON.parse(text);
  } catch {
    throw new Error(`“${name}” has to be JSON.`);
  }
}
