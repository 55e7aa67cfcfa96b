import { h } from "../../app/element.js";
import { button } from "../acts.js";
import { head, segmented } from "../page.js";
import { named, tag } from "../person.js";
import { searchField } from "../search_field.js";
import { PagedTable } from "../table.js";
import { number, when } from "../words.js";
import { openNewChannel } from "./editing.js";
import { KINDS } from "./kinds.js";

/** All channels of a kind, found by a part of their name or by their URL. */
export function list({ application, query, ask, link }) {
  const asked = { kind: query.get("kind") in KINDS ? query.get("kind") : "group", search: query.get("search") ?? "", order: query.get("order") ?? "latest_last_message" };
  const columns = [
    { title: "Channel", by: ({ name, channel_url }) => name || channel_url, order: "channel_name_alphabetical", cell: ({ name, channel_url }) => named(name, channel_url) },
    { title: "", cell: marks },
    { title: "Custom type", kind: "text faint", cell: ({ custom_type }) => custom_type },
    { title: "People", kind: "number", by: (channel) => KINDS[asked.kind].sizeOf(channel), cell: (channel) => number(KINDS[asked.kind].sizeOf(channel)) },
    { title: "Last message", kind: "time", by: ({ last_message }) => last_message?.created_at ?? 0, order: "latest_last_message", cell: ({ last_message }) => when(last_message?.created_at) },
    { title: "Made", kind: "time", by: ({ created_at }) => created_at, order: "chronological", cell: ({ created_at }) => when(created_at * 1000) },
  ];
  const channels = new PagedTable("Channels", columns, {
    to: ({ channel_url }) => link(["channels", channel_url]),
    empty: "No channel is found.",
    order: () => (asked.kind === "group" ? asked.order : null),
    reorder: (order) => change({ order }),
  });
  const load = () => channels.open((token) => found(application, asked, token));
  const change = (given) => {
    Object.assign(asked, given);
    ask({ ...asked, kind: asked.kind === "group" ? "" : asked.kind });
    load();
  };
  load();
  const kinds = Object.entries(KINDS).map(([id, { title }]) => [id, title]);
  const made = ({ channel_url }) => location.assign(link(["channels", channel_url]));
  return h("div", { class: "page" },
    head("Channels", "", application.may("channels.create", "open_channels.create") && button("New channel", () => openNewChannel(application, made), "primary")),
    h("div", { class: "tools" }, segmented("Kind", kinds, asked.kind, (kind) => change({ kind })), searchField("Part of the name, or URL", asked.search, (search) => change({ search }))),
    h("section", { class: "panel", "aria-label": "Channels" }, channels.node));
}

async function found(application, { kind, search, order }, token) {
  const { list: listed, byUrl } = KINDS[kind];
  const { rows, next } = await listed(application, { token, search, order });
  const exact = search && !token ? await byUrl(application, search) : [];
  return { rows: [...exact, ...rows.filter(({ channel_url }) => channel_url !== exact[0]?.channel_url)], next };
}

/** What is special about a channel. */
export function marks(channel) {
  return h("span", { class: "tags" }, channel.freeze && tag("frozen", "warn"), channel.is_public && tag("public", "good"), channel.is_super && tag("super"),
    channel.is_broadcast && tag("broadcast"), channel.is_distinct && tag("distinct"), channel.is_ephemeral && tag("ephemeral"));
}
