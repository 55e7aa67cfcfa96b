import { h } from "../app/element.js";
import { code } from "./code.js";
import { line, prose } from "./prose.js";

/** What holds for every operation: the token, and the errors by status. */
export function introduction(api) {
  const token = api.components.securitySchemes.ApiToken;
  return h("section", { class: "introduction", id: "start", "aria-label": "Introduction" },
    h("h1", {}, "Platform API"),
    h("p", { class: "lead" }, "Everything that a backend can do with chatd, over HTTP."),
    prose(api.info.description),
    h("h3", {}, "Token"),
    h("p", {}, "Every request carries the header ", h("code", {}, token.name), "."), prose(token.description),
    code("Shell", `curl -H "Api-Token: $TOKEN" ${location.origin}/v3/users`),
    h("h3", { id: "errors" }, "Errors"),
    h("p", {}, "An error answers its message for people and its code for programs."),
    code("JSON", JSON.stringify({ error: true, message: '"User" not found.', code: 400201 }, null, 2)),
    h("div", { class: "errors" }, statuses(api).map(error)),
  );
}

/** The errors by their HTTP status: those of all operations together, where each has its own. */
function statuses(api) {
  const [operation] = Object.values(Object.values(api.paths)[0]);
  return Object.entries(operation.responses).filter(([status]) => status !== "200")
    .map(([status, response]) => [status, api.components.responses[response.$ref?.split("/").at(-1) ?? "BadRequest"]]);
}

function error([status, response]) {
  const [text, ...codes] = response.description.split("\n\n");
  return h("details", {}, h("summary", {}, h("code", {}, status), " ", line(text)), prose(codes.join("\n\n")));
}
