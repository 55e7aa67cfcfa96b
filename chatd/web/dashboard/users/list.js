import { h } from "../../app/element.js";
import { button } from "../acts.js";
import { choice, head } from "../page.js";
import { person, tag } from "../person.js";
import { searchField } from "../search_field.js";
import { PagedTable } from "../table.js";
import { when } from "../words.js";
import { openNewUser } from "./editing.js";

const STATES = [["all", "All"], ["activated", "Active"], ["deactivated", "Deactivated"]];
const COLUMNS = [
  { title: "User", by: ({ nickname, user_id }) => nickname || user_id, order: "nickname_alphabetical", cell: person },
  { title: "State", cell: states },
  { title: "Made", kind: "time", by: ({ created_at }) => created_at, order: "newest", cell: ({ created_at }) => when(created_at * 1000) },
  { title: "Last seen", kind: "time", by: ({ is_online, last_seen_at }) => (is_online ? Infinity : last_seen_at), cell: ({ is_online, last_seen_at }) => (is_online ? "now" : when(last_seen_at, "never")) },
];

/** All users, found by the beginning of a nickname or by their id. */
export function list({ application, query, ask, link }) {
  const asked = { search: query.get("search") ?? "", state: query.get("state") ?? "all", order: query.get("order") ?? "" };
  const users = new PagedTable("Users", COLUMNS, {
    to: ({ user_id }) => link(["users", user_id]),
    empty: "No user is found.",
    order: () => (asked.search ? null : asked.order),
    reorder: (order) => change("order")(order),
  });
  const load = async (token) => {
    const same = { active_mode: asked.state, order: asked.order || undefined, limit: 25 };
    const named = await application.call("users.list", { ...same, token, nickname_startswith: asked.search || undefined });
    const exact = asked.search && !token ? (await application.call("users.list", { ...same, user_ids: [asked.search] })).users : [];
    const others = named.users.filter(({ user_id }) => !exact.some((each) => each.user_id === user_id));
    return { rows: [...exact, ...others], next: named.next };
  };
  const change = (name) => (value) => {
    asked[name] = value;
    ask({ search: asked.search, order: asked.order, state: asked.state === "all" ? "" : asked.state });
    users.open(load);
  };
  users.open(load);
  const made = ({ user_id }) => location.assign(link(["users", user_id]));
  return h("div", { class: "page" },
    head("Users", "", application.may("users.create") && button("New user", () => openNewUser(application, made), "primary")),
    h("div", { class: "tools" }, searchField("Nickname begins with, or id", asked.search, change("search")), choice("State", STATES, asked.state, change("state"))),
    h("section", { class: "panel", "aria-label": "Users" }, users.node));
}

/** What is to be known at a glance. */
export function states({ is_active, is_bot, is_online }) {
  return h("span", { class: "tags" }, is_active ? null : tag("deactivated", "bad"), is_bot && tag("bot"), is_online && tag("online", "good"));
}
