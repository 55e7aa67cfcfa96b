import { h } from "../../app/element.js";
import { askingButton } from "../acts.js";
import { head, segmented } from "../page.js";
import { named, person } from "../person.js";
import { searchField } from "../search_field.js";
import { PagedTable } from "../table.js";
import { precisely, when } from "../words.js";

const KINDS = {
  bans: { title: "Banned", empty: "Nobody is banned.", text: "The user may come back to the channel.", all: "banned_list", ofUser: ({ banned_channels }) => banned_channels },
  mutes: { title: "Muted", empty: "Nobody is muted.", text: "The user may write in the channel again.", all: "muted_list", ofUser: ({ muted_channels }) => muted_channels.map((each) => ({ ...each, channel: each })) },
};

/** Who is banned from a channel or muted in one, in all of the application, or one user; with a way back. */
export function open({ application, query, ask, link }) {
  const asked = { kind: query.get("kind") in KINDS ? query.get("kind") : "bans", user_id: query.get("user_id") ?? "" };
  const shown = h("section", { class: "panel", "aria-label": "Banned and muted" });
  const load = () => {
    const list = new PagedTable(KINDS[asked.kind].title, columns(application, asked.kind, link, () => list.again()), { empty: KINDS[asked.kind].empty });
    shown.replaceChildren(list.node);
    list.open((token) => found(application, asked, token));
  };
  const change = (name) => (value) => {
    asked[name] = value;
    ask({ ...asked, kind: asked.kind === "bans" ? "" : asked.kind });
    load();
  };
  load();
  const kinds = Object.entries(KINDS).map(([kind, { title }]) => [kind, title]);
  return h("div", { class: "page" }, head("Banned and muted", "In all channels. What is over is not here."),
    h("div", { class: "tools" }, segmented("Kind", kinds, asked.kind, change("kind")), searchField("User (id)", asked.user_id, change("user_id"))),
    shown);
}

async function found(application, { kind, user_id }, token) {
  const { all, ofUser } = KINDS[kind];
  if (!user_id) {
    const { [all]: rows, next } = await application.call(`${kind}.list_all`, { token, limit: 25 });
    return { rows, next };
  }
  const { users: [user] } = await application.call("users.list", { user_ids: [user_id] });
  if (!user) return { rows: [], next: "" };
  const known = await application.call(`${kind}.list_channels`, { user_id, token, limit: 25 });
  return { rows: ofUser(known).map((each) => ({ ...each, user })), next: known.next };
}

function columns(application, kind, link, again) {
  const lift = ({ user: { user_id }, channel: { channel_url } }) => application.may(`${kind}.remove`) && askingButton("Lift", { title: "Lift it?", text: KINDS[kind].text, action: "Lift" },
    () => application.call(`${kind}.remove`, { channel_url, user_id }), { done: again, kind: "" });
  return [
    { title: "User", by: ({ user }) => user.nickname || user.user_id, cell: ({ user }) => h("a", { class: "plain-link", href: link(["users", user.user_id]) }, person(user)) },
    { title: "Channel", cell: ({ channel: { name, channel_url } }) => h("a", { class: "plain-link", href: link(["channels", channel_url]) }, named(name, channel_url)) },
    { title: "Reason", kind: "text", cell: ({ description }) => h("span", { dir: "auto" }, description) },
    { title: "Since", kind: "time", by: ({ start_at }) => start_at, cell: ({ start_at }) => h("span", { title: precisely(start_at) }, when(start_at)) },
    { title: "Until", kind: "time", by: ({ end_at }) => end_at, cell: ({ end_at }) => h("span", { title: precisely(end_at) }, when(end_at)) },
    { title: "", kind: "act", cell: lift },
  ];
}
