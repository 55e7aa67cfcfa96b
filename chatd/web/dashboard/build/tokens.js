import { h } from "../../app/element.js";
import { askingButton, button } from "../acts.js";
import { line } from "../fields.js";
import { openForm, showText } from "../form.js";
import { head, panel } from "../page.js";
import { facts, tag } from "../person.js";
import { area } from "../states.js";
import { table } from "../table.js";
import { when } from "../words.js";

/** By what backends call the Platform API. */
export function open({ application }) {
  const shown = area(async () => {
    const { api_tokens: tokens } = await application.call("api_tokens.list");
    return table("API tokens", columns(application, () => shown.show()), tokens, { empty: "No tokens." });
  });
  const made = ({ token }) => {
    shown.show();
    showText("API token", "Copy it now: it is shown this once.", token);
  };
  const make = () => openForm({ title: "New API token", fields: { label: line("What it is for", { maxlength: 100 }) }, button: "Make token", work: (values) => application.call("api_tokens.create", values), done: made });
  return h("div", { class: "page" }, head("API tokens", "Whoever has one may do everything in the application.", application.may("api_tokens.create") && button("New token", make, "primary")),
    panel("Where to call", facts([["Application id", h("code", {}, application.id)], ["Platform API", h("code", {}, `${location.origin}/v3`)], ["Reference", h("a", { href: "/docs/api", target: "_blank" }, "/docs/api")]])),
    panel("Tokens", shown.node));
}

function columns(application, again) {
  return [
    { title: "Label", cell: ({ label, token }) => h("span", { class: "named" }, h("span", { dir: "auto" }, label || "Without a label"), h("small", {}, token)) },
    { title: "", cell: ({ is_secondary }) => (is_secondary ? tag("secondary") : tag("primary", "good")) },
    { title: "Made", kind: "time", by: ({ created_at }) => created_at, cell: ({ created_at }) => when(created_at) },
    { title: "", kind: "act", cell: ({ token }) => application.may("api_tokens.delete") && askingButton("End", { title: "End this token?", text: "Programs that use it are refused at once.", action: "End token" }, () => application.call("api_tokens.delete", { token }), { done: again }) },
  ];
}
