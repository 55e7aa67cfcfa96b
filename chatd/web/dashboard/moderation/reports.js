import { h } from "../../app/element.js";
import { stylesheet } from "../../app/stylesheet.js";
import { button } from "../acts.js";
import { body, messageRow } from "../channels/message.js";
import { choice, head } from "../page.js";
import { tag } from "../person.js";
import { Area, nothing } from "../states.js";
import { when } from "../words.js";
import { settlement } from "./settlement.js";

const TYPES = [["", "All reports"], ["message", "Of messages"], ["user", "Of users"], ["channel", "Of channels"]];
const STATUSES = [["open", "Open"], ["resolved", "Resolved"], ["dismissed", "Dismissed"], ["", "All"]];
const CATEGORIES = [["", "All reasons"], ["suspicious", "Suspicious"], ["harassing", "Harassing"], ["spam", "Spam"], ["inappropriate", "Inappropriate"]];
const AROUND = 4;

/** What users have reported, the newest first, with what was around it and what can be done. */
export function open(place) {
  const asked = { status: place.query.get("status") ?? "open", type: place.query.get("type") ?? "", category: place.query.get("category") ?? "" };
  let tokens = [""];
  const shown = new Area(async () => {
    const [{ report_logs: reports, next }] = await Promise.all([found(place.application, asked, tokens.at(-1)), stylesheet("dashboard_channel")]);
    const step = (change) => () => (change(), shown.show());
    return [
      reports.map((report) => card(place, report)),
      reports.length ? null : h("section", { class: "panel" }, nothing(asked.status === "open" ? "No open reports." : "No reports.", asked.type || asked.category ? "None of this kind." : "What users report comes here.")),
      h("div", { class: "tools" }, tokens.length > 1 && button("Newer", step(() => tokens.pop())), next && button("Older", step(() => tokens.push(next)))),
    ];
  }, { class: "stack" });
  const change = (name) => (value) => {
    asked[name] = value;
    tokens = [""];
    place.ask(asked);
    shown.show();
  };
  shown.show();
  return h("div", { class: "page" },
    head("Reports", "", choice("Status", STATUSES, asked.status, change("status")), choice("What", TYPES, asked.type, change("type")), choice("Why", CATEGORIES, asked.category, change("category"))), shown.node);
}

function found(application, { status, type, category }, token) {
  return application.call("reports.list", { token, limit: 10, report_type: type || undefined, report_category: category || undefined, report_status: status || undefined });
}

function card(place, report) {
  const { reported_message: message, channel } = report;
  const channel_url = channel?.channel_url ?? message?.channel_url ?? "";
  return h("article", { class: "panel report", "aria-label": `Report ${report.report_id}` },
    h("header", { class: "panel-head" },
      h("div", {}, h("span", { class: "tags" }, tag(report.report_category, "warn"), tag(report.report_type)), h("p", {}, `${when(report.created_at)}, by `, userLink(place, report.reporting_user) ?? "a backend"))),
    h("div", { class: "panel-body" },
      report.report_description && h("p", { class: "talk-text", dir: "auto" }, report.report_description),
      h("p", { class: "report-subject" }, subject(place, report, channel_url)),
      message && h("blockquote", {}, message.is_removed ? h("p", { class: "faint" }, "The message was deleted.") : body({ message: message.message }), message.file_names?.map((name) => h("p", { class: "faint" }, name))),
      message && channel_url && context(place, message, channel_url)),
    settlement(place.application, report, channel_url));
}

function subject(place, { offending_user, channel }, channel_url) {
  const known = channel_url && h("a", { href: place.link(["channels", channel_url]), dir: "auto" }, channel?.name || channel_url);
  return [offending_user && ["About ", userLink(place, offending_user)], known && [offending_user ? " in " : "About ", known]];
}

function userLink({ link }, user) {
  return user?.user_id ? h("a", { href: link(["users", user.user_id]), dir: "auto" }, user.nickname || user.user_id) : null;
}

/** What was said before and after, loaded when it is wanted. */
function context(place, { message_id }, channel_url) {
  const shown = new Area(async () => {
    const { messages } = await place.application.call("messages.list", { channel_url, message_id, prev_limit: AROUND, next_limit: AROUND, include_reply_type: "ALL" });
    if (!messages.length) return nothing("Nothing is there any more.");
    return h("ol", {}, messages.map((each) => {
      const row = messageRow(place, each, () => shown.show());
      row.classList.toggle("reported", each.message_id === message_id);
      return row;
    }));
  }, { class: "report-context" });
  const opened = ({ target }) => target.open && shown.show();
  return h("details", { ontoggle: opened }, h("summary", {}, "What was around it"), shown.node);
}
