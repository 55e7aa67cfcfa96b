import { h } from "../../app/element.js";
import { stylesheet } from "../../app/stylesheet.js";
import { askingButton, button } from "../acts.js";
import { sanctioned } from "../moderation/sanctions.js";
import { panel } from "../page.js";
import { facts } from "../person.js";
import { area } from "../states.js";
import { number, when } from "../words.js";
import { Conversation } from "./conversation.js";
import { openDelete, openEditChannel } from "./editing.js";
import { find, KINDS } from "./kinds.js";
import { marks } from "./list.js";
import { people } from "./people.js";

/** Everything about one channel, with its conversation as it goes on. Returns {node, close}. */
export function detail(place, url) {
  const { application } = place;
  let conversation = null;
  const shown = area(async () => {
    const [{ kind, channel }] = await Promise.all([find(application, url), stylesheet("dashboard_channel")]);
    conversation ??= application.may("messages.list") ? new Conversation(place, url) : null;
    return page(place, kind, channel, conversation, () => shown.show());
  }, { class: "page" });
  return { node: shown.node, close: () => conversation?.close() };
}

function page(place, kind, channel, conversation, again) {
  return [
    h("a", { class: "up-link", href: place.link(["channels"], { kind: kind === "open" ? "open" : "" }) }, "Channels"),
    h("header", { class: "head" }, h("div", {}, h("h1", { dir: "auto" }, channel.name || channel.channel_url), marks(channel)), h("div", { class: "head-actions" }, acts(place, kind, channel, again))),
    h("div", { class: "pair wide-first" },
      conversation?.node,
      h("div", { class: "stack" }, panel("Settings", settings(kind, channel)), people(place, kind, channel, again))),
    h("div", { class: "pair" }, sanctioned(place, "bans", channel.channel_url), sanctioned(place, "mutes", channel.channel_url)),
  ];
}

function settings(kind, channel) {
  const metadata = Object.entries(channel.metadata ?? {}).map(([name, value]) => h("div", {}, h("code", {}, name), " ", value));
  return facts([
    ["URL", channel.channel_url], ["Kind", `${KINDS[kind].title} channel`], ["Custom type", channel.custom_type], ["Made", when(channel.created_at * 1000)],
    ["By", channel.created_by?.user_id], [kind === "group" ? "Members" : "Participants", number(KINDS[kind].sizeOf(channel))],
    ["Slow mode", channel.slow_mode_seconds ? `${channel.slow_mode_seconds} s` : ""], ["Keeps messages", channel.message_survival_seconds > 0 ? `${number(channel.message_survival_seconds / 3600)} h` : ""],
    ["Data", channel.data], ["Metadata", metadata.length ? metadata : ""],
  ]);
}

function acts({ application, link }, kind, channel, again) {
  const { noun } = KINDS[kind];
  const { channel_url, freeze } = channel;
  const call = (value) => () => application.call(`${noun}.freeze`, { channel_url, freeze: value });
  return [
    application.may(`${noun}.update`) && button("Edit", () => openEditChannel(application, kind, channel, again)),
    application.may(`${noun}.freeze`) && (freeze
      ? button("Unfreeze", () => call(false)().then(again))
      : askingButton("Freeze", { title: "Freeze this channel?", text: "Only operators can write until it is unfrozen.", action: "Freeze" }, call(true), { done: again, kind: "" })),
    application.may(`${noun}.delete`) && button("Delete", () => openDelete(application, kind, channel, () => location.assign(link(["channels"]))), "danger-quiet"),
  ];
}
