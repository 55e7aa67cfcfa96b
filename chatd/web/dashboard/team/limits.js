import { h } from "../../app/element.js";
import { ask } from "../acts.js";
import { line } from "../fields.js";
import { attempt } from "../form.js";
import { head, panel } from "../page.js";
import { area } from "../states.js";

/** How fast users may write, and how long messages are kept. */
export function open({ application }) {
  const shown = area(async () => {
    const [kept, speed] = await Promise.all([application.call("retention.view"), application.call("pace.view")]);
    return [retention(application, kept), pace(application, speed)];
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

/** A panel with numbers, which can be changed by who may call a command. */
function form(application, title, fields, command, save) {
  const mayChange = application.may(command);
  const values = () => Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, Number(field.value)]));
  const submit = (event) => {
    event.preventDefault();
    save(() => application.call(command, values()));
  };
  if (!mayChange) for (const { input } of Object.values(fields)) input.disabled = true;
  return panel(title, h("form", { class: "panel-body form limits", onsubmit: submit, novalidate: true },
    Object.values(fields).map(({ node }) => node), mayChange && h("div", { class: "tools" }, h("button", { type: "submit", class: "button primary" }, `Save ${title.toLowerCase()}`))));
}
