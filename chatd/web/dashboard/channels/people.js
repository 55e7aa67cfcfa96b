import { h } from "../../app/element.js";
import { button, rowMenu } from "../acts.js";
import { line } from "../fields.js";
import { attempt, openForm } from "../form.js";
import { panel } from "../page.js";
import { person, tag } from "../person.js";
import { openSanction } from "../sanction.js";
import { searchField } from "../search_field.js";
import { PagedTable } from "../table.js";

const TURNS = ["Newest users first", "Oldest users first"];

/** Who is in a channel: members, operators first; of an open channel its operators, and who is there now. */
export function people(place, kind, channel, again) {
  return kind === "group" ? members(place, channel) : [operators(place, channel, again), participants(place, channel)];
}

function members(place, { channel_url }) {
  const { application } = place;
  let search = "";
  let order = "operator_then_member_alphabetical";
  const list = new PagedTable("Members", columns(place, channel_url, () => list.again()), {
    to: opened(place),
    empty: "No member is found.",
    order: () => order,
    reorder: (wanted) => ((order = wanted), load()),
  });
  const load = () => list.open(async (token) => {
    const asked = { channel_url, token, limit: 10, order, member_active_mode_filter: "all" };
    const { members: rows, next } = await application.call("members.list", { ...asked, nickname_startswith: search });
    return { rows, next };
  });
  load();
  const add = application.may("channels.invite") && button("Add", () => openAdd(application, channel_url, () => list.again()));
  return panel("Members", [h("div", { class: "panel-tools" }, searchField("Nickname begins with", "", (text) => ((search = text), load()))), list.node], { actions: [add] });
}

function columns(place, channel_url, again) {
  return [
    { title: "Member", by: ({ nickname, user_id }) => nickname || user_id, order: "member_nickname_alphabetical", cell: person },
    { title: "", cell: ({ role, is_muted, state, is_active }) => h("span", { class: "tags" },
      role === "operator" && tag("operator", "good"), is_muted && tag("muted", "warn"), state === "invited" && tag("invited"), is_active === false && tag("deactivated", "bad")) },
    { title: "", kind: "act", cell: (user) => rowMenu(`Acts on ${user.nickname || user.user_id}`, acts(place, channel_url, user, again)) },
  ];
}

function acts({ application }, channel_url, user, again) {
  const { user_id } = user;
  const call = (name, params) => () => attempt(() => application.call(name, { channel_url, ...params })).then((done) => done && again());
  const subject = { channel_url, user_id, name: user.nickname };
  return [
    user.role === "operator"
      ? application.may("operators.remove") && ["Take away operator", call("operators.remove", { operator_ids: [user_id] })]
      : application.may("operators.add") && ["Make operator", call("operators.add", { operator_ids: [user_id] })],
    user.is_muted
      ? application.may("mutes.remove") && ["Unmute", call("mutes.remove", { user_id })]
      : application.may("mutes.add") && ["Mute …", () => openSanction(application, "mutes", subject, again)],
    application.may("bans.add") && ["Ban …", () => openSanction(application, "bans", subject, again), true],
  ];
}

function openAdd(application, channel_url, done) {
  openForm({
    title: "Add members",
    fields: { ids: line("Users", { hint: "Ids, with commas between." }) },
    button: "Add",
    work: ({ ids }) => application.call("channels.invite", { channel_url, user_ids: ids.split(",").map((id) => id.trim()).filter(Boolean) }),
    done,
  });
}

function operators(place, { operators: found = [], channel_url }, again) {
  const list = new PagedTable("Operators", columns(place, channel_url, again), { to: opened(place), empty: "No operators." });
  list.open(async () => ({ rows: found.map((user) => ({ ...user, role: "operator" })), next: "" }));
  return panel("Operators", list.node);
}

function participants(place, { channel_url }) {
  let reverse = false;
  const list = new PagedTable("Participants", columns(place, channel_url, () => list.again()), { to: opened(place), empty: "Nobody is there now." });
  const load = () => list.open(async (token) => {
    const { participants: rows, next } = await place.application.call("open_channels.participants", { channel_url, token, limit: 10, reverse });
    return { rows, next };
  });
  load();
  const turn = button(TURNS[0], () => {
    reverse = !reverse;
    turn.textContent = TURNS[Number(reverse)];
    load();
  }, "quiet");
  return panel("Participants", list.node, { text: "In the order in which they came to the application.", actions: [turn, button("Reload", () => list.again(), "quiet")] });
}

function opened({ link }) {
  return ({ user_id }) => link(["users", user_id]);
}
