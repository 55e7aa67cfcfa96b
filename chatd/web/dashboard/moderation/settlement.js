import { h } from "../../app/element.js";
import { ask, button } from "../acts.js";
import { attempt } from "../form.js";
import { openSanction } from "../sanction.js";
import { when } from "../words.js";

const RESOLVED = "resolved";
const DISMISSED = "dismissed";

/**
 * What becomes of a report, at the foot of its card: acts, each of which settles it, and then what was done, with a
 * way back. Reports of the same thing by others go with it.
 */
export function settlement(application, report, channel_url) {
  const foot = h("footer", { class: "report-foot" });
  const show = (...nodes) => foot.replaceChildren(...nodes.filter(Boolean));
  const open = () => show(...acts(application, report, channel_url, settle));
  const settle = (status, did) => attempt(async () => {
    await move(application, report, status);
    const said = application.may("reports.update") ? `${status === RESOLVED ? "Resolved" : "Dismissed"}${did}.` : "Done; the report stays open for moderators.";
    show(h("p", { class: "note", role: "status" }, said), reopening(application, report, open));
    foot.querySelector("button")?.focus();
  });
  if (report.report_status === "open") open();
  else show(h("p", { class: "note" }, `${report.report_status === RESOLVED ? "Resolved" : "Dismissed"} ${when(report.settled_at)}`), reopening(application, report, open));
  return foot;
}

async function move(application, { report_id }, report_status) {
  if (!application.may("reports.update")) return;
  const settled = { report_id, report_status, with_same: true };
  while ((await application.call("reports.update", settled)).remaining && report_status !== "open");
}

function reopening(application, report, open) {
  const again = () => attempt(async () => {
    await move(application, report, "open");
    open();
  });
  return application.may("reports.update") && button("Open again", again);
}

function acts(application, { reported_message: message, offending_user: user }, channel_url, settle) {
  const person = { channel_url, user_id: user?.user_id, name: user?.nickname };
  const question = { title: "Delete this message?", text: "It is gone for everyone, with its files.", action: "Delete" };
  const remove = () => application.call("messages.delete", { channel_url: message.channel_url || channel_url, message_id: message.message_id });
  const mayJudge = user && channel_url;
  return [
    application.may("reports.update") && button("Dismiss", () => settle(DISMISSED, ": nothing was done")),
    application.may("reports.update") && button("Resolve", () => settle(RESOLVED, "")),
    h("span", { class: "spring" }),
    mayJudge && application.may("mutes.add") && button("Mute …", () => openSanction(application, "mutes", person, () => settle(RESOLVED, ": the user was muted"))),
    mayJudge && application.may("bans.add") && button("Ban …", () => openSanction(application, "bans", person, () => settle(RESOLVED, ": the user was banned"))),
    message && !message.is_removed && application.may("messages.delete") && button("Delete message", () => ask(question, remove, { done: () => settle(RESOLVED, ": the message was deleted") }), "danger-quiet"),
  ];
}
