/** The example of an operation as a command line. */
export function curl(about) {
  const given = about.parameters.filter((each) => each.example !== undefined);
  const path = given.filter((each) => each.in === "path")
    .reduce((found, each) => found.replace(`{${each.name}}`, encodeURIComponent(each.example)), about.path);
  const query = given.filter((each) => each.in === "query").map((each) => `${each.name}=${encodeURIComponent(each.example)}`);
  const address = `${location.origin}/v3${path}${query.length ? `?${query.join("&")}` : ""}`;
  const lines = [`curl${about.method === "get" ? "" : ` -X ${about.method.toUpperCase()}`} -H "Api-Token: $TOKEN"`, `  ${quoted(address)}`];
  const body = about.requestBody?.content["application/json"].example;
  if (body) lines.push(`  -d ${quoted(JSON.stringify(body, null, 2).replaceAll("\n", "\n  "))}`);
  return lines.join(" \\\n");
}

function quoted(text) {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
