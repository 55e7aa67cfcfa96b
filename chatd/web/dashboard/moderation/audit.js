import { h } from "../../app/element.js";
import { choice, head } from "../page.js";
import { tag } from "../person.js";
import { searchField } from "../search_field.js";
import { PagedTable } from "../table.js";
import { precisely, when } from "../words.js";

const NEWEST = "newest";
const OLDEST = "oldest";
const KINDS = ["dashboard.called", "team.changed", "settings.changed", "permissions.changed", "message.deleted", "report.resolved", "report.dismissed", "report.reopened", "user.banned", "user.unbanned", "user.deactivated", "user.reactivated",
  "member.muted", "member.unmuted", "member.removed", "operator.added", "operator.removed", "channel.frozen", "channel.unfrozen", "channel.slowed", "channel.deleted"];

/** Acts of moderators, operators and of those who work here, the newest first. */
export function open({ application, query, ask, link }) {
  const asked = { kind: query.get("kind") ?? "", user_id: query.get("user_id") ?? "", channel_url: query.get("channel_url") ?? "" };
  let order = query.get("order") === OLDEST ? OLDEST : NEWEST;
  const acts = new PagedTable("Audit log", columns(link), {
    empty: "Nothing of this kind was done.",
    order: () => order,
    reorder: (wanted) => {
      order = wanted;
      show();
    },
  });
  const load = () => acts.open(async (token) => {
    const { acts: rows, next } = await application.call("audit.list", { token, limit: 25, kind: asked.kind || undefined, user_id: asked.user_id, channel_url: asked.channel_url, reverse: order === OLDEST });
    return { rows, next };
  });
  const change = (name) => (value) => {
    asked[name] = value;
    show();
  };
  const show = () => {
    ask({ ...asked, order: order === OLDEST ? OLDEST : "" });
    load();
  };
  load();
  const kinds = [["", "All acts"], ...KINDS.map((kind) => [kind, kind])];
  return h("div", { class: "page" }, head("Audit log", "Who did what. It cannot be changed."),
    h("div", { class: "tools" }, choice("Act", kinds, asked.kind, change("kind")), searchField("Done to user (id)", asked.user_id, change("user_id")), searchField("In channel (URL)", asked.channel_url, change("channel_url"))),
    h("section", { class: "panel", "aria-label": "Acts" }, acts.node));
}

function columns(link) {
  const user = (each) => each?.user_id && h("a", { href: link(["users", each.user_id]), dir: "auto" }, each.nickname || each.user_id);
  return [
    { title: "Act", cell: ({ kind }) => tag(kind, /banned|deleted|removed|deactivated/.test(kind) ? "bad" : "") },
    { title: "By", cell: ({ login, actor, actor_type }) => (login ? h("span", {}, login) : user(actor) || h("span", { class: "faint" }, actor_type)) },
    { title: "On", cell: (act) => [user(act.user), act.channel_url && h("div", {}, h("a", { class: "faint", href: link(["channels", act.channel_url]), dir: "auto" }, act.channel_url))] },
    { title: "More", kind: "text", cell: ({ reason, detail }) => h("span", { dir: "auto" }, [detail, reason].filter(Boolean).join(" · ")) },
    { title: "When", kind: "time", by: ({ created_at }) => created_at, order: NEWEST, reversed: OLDEST, cell: ({ created_at }) => h("span", { title: precisely(created_at) }, when(created_at)) },
  ];
}
