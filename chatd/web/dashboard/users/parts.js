import { h } from "../../app/element.js";
import { askingButton } from "../acts.js";
import { panel } from "../page.js";
import { named, tag } from "../person.js";
import { area } from "../states.js";
import { PagedTable, table } from "../table.js";
import { number, when } from "../words.js";

const DEVICES = { fcm: "Firebase", apns: "Apple", huawei: "Huawei", web: "Browser", ntfy: "ntfy", http: "HTTP" };

/** The channels in which a user is. */
export function channels({ application, link }, { user_id }) {
  let order = "latest_last_message";
  const columns = [
    { title: "Channel", by: ({ name, channel_url }) => name || channel_url, order: "channel_name_alphabetical", cell: ({ name, channel_url }) => named(name, channel_url) },
    { title: "", cell: ({ my_role, member_state }) => h("span", { class: "tags" }, my_role === "operator" && tag("operator", "good"), member_state === "invited" && tag("invited")) },
    { title: "Members", kind: "number", by: ({ member_count }) => member_count, cell: ({ member_count }) => number(member_count) },
    { title: "Unread", kind: "number", by: ({ unread_message_count }) => unread_message_count ?? 0, cell: ({ unread_message_count }) => number(unread_message_count ?? 0) },
  ];
  const list = new PagedTable("Channels", columns, {
    to: ({ channel_url }) => link(["channels", channel_url]),
    empty: "In no channel.",
    order: () => order,
    reorder: (wanted) => ((order = wanted), load()),
  });
  const load = () => list.open(async (token) => {
    const { channels: rows, next } = await application.call("channels.list", { user_id, token, order, show_empty: true, hidden_mode: "all", limit: 10 });
    return { rows, next };
  });
  load();
  return panel("Channels", list.node);
}

/** Where a user is muted or banned. */
export function sanctions({ application, link }, { user_id }) {
  const shown = area(async () => {
    const [bans, mutes] = await Promise.all(["bans", "mutes"].map((kind) => application.call(`${kind}.list_channels`, { user_id, limit: 100 })));
    const rows = [
      ...bans.banned_channels.map((ban) => ({ ...ban, ...ban.channel, kind: "bans" })),
      ...mutes.muted_channels.map((mute) => ({ ...mute, kind: "mutes" })),
    ];
    return table("Bans and mutes", columns(application, user_id, () => shown.show()), rows, { to: ({ channel_url }) => link(["channels", channel_url]), empty: "Neither banned nor muted." });
  });
  return panel("Bans and mutes", shown.node);
}

function columns(application, user_id, again) {
  return [
    { title: "Channel", cell: ({ name, channel_url }) => named(name, channel_url) },
    { title: "", cell: ({ kind }) => (kind === "bans" ? tag("banned", "bad") : tag("muted", "warn")) },
    { title: "Reason", kind: "text", cell: ({ description }) => description },
    { title: "Until", kind: "time", by: ({ end_at }) => end_at, cell: ({ end_at }) => (end_at > 0 ? when(end_at) : "lifted") },
    { title: "", kind: "act", cell: ({ kind, channel_url }) => application.may(`${kind}.remove`) && askingButton("Lift",
      { title: "Lift it?", text: kind === "bans" ? "The user may come back to the channel." : "The user may write in the channel again.", action: "Lift" },
      () => application.call(`${kind}.remove`, { channel_url, user_id }), { done: again, kind: "" }) },
  ];
}

/** From where a user is connected now. */
export function connections(application, { user_id }) {
  const shown = area(async () => {
    const { connections: rows } = await application.call("connections.list", { user_id });
    return table("Connections", [
      { title: "Client", cell: ({ software, client_id }) => named(software || "unknown", client_id) },
      { title: "Transport", cell: ({ transport }) => transport },
      { title: "Since", kind: "time", by: ({ connected_at }) => connected_at, cell: ({ connected_at }) => when(connected_at) },
      { title: "", kind: "act", cell: ({ client_id }) => application.may("connections.cut") && askingButton("Cut",
        { title: "Cut this connection?", text: "The client may connect again at once.", action: "Cut" }, () => application.call("connections.cut", { user_id, client_id }), { done: () => shown.show(), kind: "" }) },
    ], rows, { empty: "Not connected now." });
  });
  return panel("Connections now", shown.node);
}

/** The devices on which a user is notified. */
export function devices(application, { user_id }) {
  const shown = area(async () => {
    const kinds = Object.keys(DEVICES);
    const found = await Promise.all(kinds.map((token_type) => application.call("push_tokens.list", { user_id, token_type })));
    const rows = found.flatMap(({ tokens }, at) => tokens.map((token) => ({ kind: kinds[at], token: typeof token === "string" ? token : token.token })));
    return table("Devices", [
      { title: "Service", cell: ({ kind }) => DEVICES[kind] },
      { title: "Token", kind: "text faint", cell: ({ token }) => (token.length > 48 ? `${token.slice(0, 48)}…` : token) },
    ], rows, { empty: "No device is notified." });
  });
  return panel("Push devices", shown.node);
}
