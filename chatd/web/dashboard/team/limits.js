import { h } from "../../app/element.js";
import { ask } from "../acts.js";
import { line } from "../fields.js";
import { attempt } from "../form.js";
import { head, panel } from "../page.js";
import { amount } from "../server/amount.js";
import { area } from "../states.js";
import { number } from "../words.js";

const MIB = 1024 ** 2;

/** How fast users may write and backends call, how long messages are kept, and how much room files have. */
export function open({ application, me }) {
  const shown = area(async () => {
    const [kept, speed, limits] = await Promise.all([application.call("retention.view"), application.call("pace.view"), application.limits()]);
    return [retention(application, kept), pace(application, speed), calls(application, limits, me.is_owner), files(application, limits, me.is_owner)];
  }, { class: "stack" });
  return h("div", { class: "page" }, head("Limits and retention", "For the whole application, where a channel or a custom type says nothing else."), shown.node);
}

function retention(application, { message_retention_hours, message_retention_count }) {
  const fields = {
    message_retention_hours: line("Hours that messages are kept", { type: "number", min: -1, value: String(message_retention_hours), hint: "-1 for ever." }),
    message_retention_count: line("Messages of a channel that are kept", { type: "number", min: -1, value: String(message_retention_count), hint: "-1 for all." }),
  };
  const question = { title: "Change how long messages are kept?", text: "What is older, or more, is deleted within minutes, for everyone, and cannot be brought back.", action: "Change" };
  return form(application, "Retention", fields, "retention.update", (work) => ask(question, work, { said: "Saved." }));
}

function pace(application, { messages, seconds, repeats, repeat_seconds }) {
  const amount = (label, value, hint = "") => line(label, { type: "number", min: 0, value: String(value), hint });
  const fields = {
    messages: amount("Messages that a user may send", messages, "Up to 20; 0 for no limit."),
    seconds: amount("Within so many seconds", seconds),
    repeats: amount("How often they may send the same", repeats, "Up to 20; 0 for no limit."),
    repeat_seconds: amount("Within so many seconds", repeat_seconds),
  };
  return form(application, "Pace", fields, "pace.update", (work) => attempt(work, "Saved. It holds from the next message on."));
}

/** Owners of the server say it: it is their machine that is protected. */
function calls(application, { reads_per_second, writes_per_second, usual }, isOwner) {
  const rate = (label, value, most) => line(label, { type: "number", min: 0, max: 1_000_000, value: value === null ? "" : String(value), placeholder: String(most), hint: `0 for no limit; empty for what is configured: ${most ? number(most) : "no limit"}.` });
  const fields = {
    reads_per_second: rate("Calls a second that read", reads_per_second, usual.reads_per_second),
    writes_per_second: rate("Calls a second that change something", writes_per_second, usual.writes_per_second),
  };
  const work = () => application.limit(valuesOf(fields, (text) => (text === "" ? null : Number(text))));
  return formPanel("Backends", fields, isOwner && (() => attempt(work, "Saved. It holds from the next call on.")), "How fast programs may call the Platform API.");
}

/** So do they here: the disk is shared by all applications. */
function files(application, { max_file_bytes, max_file_bytes_per_user, usual, files: { bytes } }, isOwner) {
  const most = (limit) => (limit ? amount(limit) : "as much as the disk has");
  const room = (label, value, configured) => line(label, { type: "number", min: 0, value: value === null ? "" : String(value / MIB), placeholder: String(configured / MIB), hint: `0 for as much as the disk has; empty for what is configured: ${most(configured)}.` });
  const fields = {
    max_file_bytes: room("MiB that files of all users may take", max_file_bytes, usual.max_file_bytes),
    max_file_bytes_per_user: room("MiB that files of one user may take", max_file_bytes_per_user, usual.max_file_bytes_per_user),
  };
  const work = () => application.limitFiles(valuesOf(fields, (text) => (text === "" ? null : Math.round(Number(text) * MIB))));
  return formPanel("Files", fields, isOwner && (() => attempt(work, "Saved. It holds from the next upload on.")), `Files take ${amount(bytes)} now. Backends are not held to these limits.`);
}

/** A panel with numbers, which can be changed by who may call a command. */
function form(application, title, fields, command, save) {
  return formPanel(title, fields, application.may(command) && (() => save(() => application.call(command, valuesOf(fields, Number)))));
}

function valuesOf(fields, read) {
  return Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, read(field.value)]));
}

/** The same for whatever saves it; what nobody may save is only shown. */
function formPanel(title, fields, save, text = "") {
  const submit = (event) => {
    event.preventDefault();
    save();
  };
  if (!save) for (const { input } of Object.values(fields)) input.disabled = true;
  return panel(title, h("form", { class: "panel-body form limits", onsubmit: submit, novalidate: true },
    Object.values(fields).map(({ node }) => node), save && h("div", { class: "tools" }, h("button", { type: "submit", class: "button primary" }, `Save ${title.toLowerCase()}`))), { text });
}
