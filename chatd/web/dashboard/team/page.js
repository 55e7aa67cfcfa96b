import { h } from "../../app/element.js";
import { askingButton, button } from "../acts.js";
import { createApplication } from "../application.js";
import { line, pick } from "../fields.js";
import { attempt, openForm, openTyped, showText } from "../form.js";
import { choice, head, panel } from "../page.js";
import { area } from "../states.js";
import { table } from "../table.js";
import { when } from "../words.js";

const MEANINGS = {
  owner: "everything, and who is on the team",
  admin: "everything in the application",
  moderator: "reads what is said; mutes, bans, freezes, deletes messages, answers reports, sets filters",
  developer: "tokens, webhooks, bots, push; tries things out",
  analyst: "sees figures",
};

/** Who works on the application, and for owners of the server the application itself. */
export function open({ application, me }) {
  const shown = area(async () => {
    const { members, roles } = await application.team();
    const again = () => shown.show();
    return [
      panel("Members", table("Members", columns(application, me, roles, again), members, { empty: "Only the owners of the server work here." }),
        { actions: [button("Add somebody", () => openAdd(application, roles, again), "primary")] }),
      panel("Roles", table("Roles", [{ title: "Role", cell: (role) => h("strong", {}, role) }, { title: "May", kind: "text", cell: (role) => MEANINGS[role] }], roles)),
      me.is_owner && server(application),
    ];
  }, { class: "stack" });
  return h("div", { class: "page" }, head("Team", "Owners of the server are owners here, without being listed."), shown.node);
}

function columns(application, me, roles, again) {
  const assign = (login) => async (role) => {
    await attempt(() => application.assign(login, role), `${login} is ${role} now.`);
    again();
  };
  return [
    { title: "Account", cell: ({ login }) => h("span", { dir: "auto" }, login) },
    { title: "Role", by: ({ role }) => role, cell: ({ login, role }) => (login === me.login ? role : choice(`Role of ${login}`, roles.map((each) => [each, each]), role, assign(login))) },
    { title: "Since", kind: "time", by: ({ since }) => since, cell: ({ since }) => when(since) },
    { title: "", kind: "act", cell: ({ login }) => login !== me.login && askingButton("Remove", { title: `Remove ${login}?`, text: "They do not see this application any more.", action: "Remove" }, () => application.dismiss(login), { done: again }) },
  ];
}

function openAdd(application, roles, done) {
  openForm({
    title: "Add somebody to the team",
    fields: { login: line("Login", { autocapitalize: "none", hint: "Of an account that this server has." }), role: pick("Role", roles.map((role) => [role, `${role}: ${MEANINGS[role]}`]), "analyst") },
    button: "Add",
    work: ({ login, role }) => application.assign(login.trim(), role),
    done,
  });
}

/** What only owners of the server do. */
function server(application) {
  const made = ({ api_token }) => {
    showText("API token", "This is the token of the new application. It is shown this once. The application is in the list after the page was loaded again.", api_token);
  };
  const make = () => openForm({ title: "New application", fields: { name: line("Name", { maxlength: 100 }) }, button: "Make application", work: ({ name }) => createApplication(name), done: made });
  const remove = () => openTyped({
    title: "Delete this application", text: "All its users, channels, messages and files are deleted. This cannot be undone.", word: application.name, button: "Delete application",
    work: () => application.delete(), done: () => location.replace("/dashboard"),
  });
  return panel("Applications", h("div", { class: "panel-body tools" }, button("New application", make), button("Delete this application", remove, "danger-quiet")), { text: "Each has users, channels, tokens and a team of its own." });
}
