import { request } from "../../sdk/account.js";

const METHODS = ["get", "post", "put", "delete"];
let described = null;

/** The operations of the Platform API that run a command: {path, method, parameters, takesBody}. */
export async function operationsOf(command) {
  // Asked once; an answer that failed is asked again.
  described ??= request("GET", "/openapi.json").catch((failure) => {
    described = null;
    throw failure;
  });
  const { paths } = await described;
  return Object.entries(paths).flatMap(([path, methods]) => METHODS.filter((method) => methods[method]?.["x-command"] === command).map((method) => operation(path, method, methods[method])));
}

function operation(path, method, { parameters, requestBody }) {
  const placed = parameters.filter((each) => each.in === "path").map(({ name }) => name);
  const body = Object.keys(requestBody?.content["application/json"].schema.properties ?? {});
  const query = parameters.filter((each) => each.in === "query").map(({ name }) => name);
  return { path, method, placed, body, query, known: new Set([...placed, ...body, ...query]) };
}

/** The command line of a call with some values: by the operation that takes most of them; null when there is none. */
export function curl(operations, values) {
  const names = Object.keys(values);
  const [best] = operations.toSorted((one, other) => fit(other, names) - fit(one, names));
  if (!best) return null;
  const place = best.path.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? encodeURIComponent(values[name]) : whole));
  const query = names.filter((name) => best.query.includes(name)).map((name) => `${name}=${encodeURIComponent(textOf(values[name]))}`);
  const body = Object.fromEntries(names.filter((name) => best.body.includes(name)).map((name) => [name, values[name]]));
  const lines = [`curl${best.method === "get" ? "" : ` -X ${best.method.toUpperCase()}`} -H "Api-Token: $TOKEN"`, `  ${quoted(`${location.origin}/v3${place}${query.length ? `?${query.join("&")}` : ""}`)}`];
  if (Object.keys(body).length) lines.push(`  -H "Content-Type: application/json" -d ${quoted(JSON.stringify(body))}`);
  return lines.join(" \\\n");
}

function fit({ known, placed }, names) {
  return names.filter((name) => known.has(name)).length - 10 * placed.filter((name) => !names.includes(name)).length;
}

function textOf(value) {
  if (Array.isArray(value)) return value.join(",");
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

function quoted(text) {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
