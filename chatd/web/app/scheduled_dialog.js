import { mentionParams } from "../sdk/index.js";
import { comingMoment } from "./clock.js";
import { openDialog } from "./dialog.js";
import { h } from "./element.js";
import { icon } from "./icon.js";
import { t } from "./language.js";
import { Mentions } from "./mentions.js";
import { MomentField } from "./moment_field.js";
import { stylesheet } from "./stylesheet.js";
import { submitForm } from "./submit.js";
import { toast, toastFailure } from "./toast.js";

/** This person's scheduled messages of a conversation, with what can be done with each. */
export async function openScheduled(chat, channel) {
  await stylesheet("scheduled");
  const list = h("ul", { class: "scheduled", "aria-label": t("Scheduled messages") });
  const draw = () => {
    const items = chat.scheduled.of(channel.url);
    const focused = list.contains(document.activeElement);
    list.replaceChildren(...items.map((item) => row(chat, channel, item)));
    if (items.length === 0) opened.close();
    else if (focused) (list.querySelector("button") ?? list).focus();
  };
  const ending = chat.scheduled.changed.listen(draw);
  const opened = openDialog(t("Scheduled messages"), list, { closed: ending });
  draw();
}

function row(chat, channel, item) {
  const isFailed = item.scheduled_status === "failed";
  const when = isFailed ? t("Not sent. {reason}", { reason: item.reason }) : comingMoment(item.scheduled_at);
  const act = (label, work, problem, extra = "") => h("button", { type: "button", class: `button small ${extra}`, onclick: () => attempt(work, problem) }, label);
  return h(
    "li",
    { class: isFailed ? "scheduled-item failed" : "scheduled-item" },
    h("p", { class: "scheduled-when" }, icon(isFailed ? "warning" : "clock"), when, item.parent_message_id > 0 && h("span", {}, t("in a thread"))),
    h("p", { class: "scheduled-text", dir: "auto" }, new Mentions(item, { channel, me: chat.me }).named(item.message)),
    item.files.length > 0 && h("p", { class: "scheduled-files" }, icon("file"), item.files.map((file) => file.file_name).join(", ")),
    h(
      "div",
      { class: "scheduled-actions" },
      !isFailed && h("button", { type: "button", class: "button small", onclick: () => openEditor(chat, channel, item) }, t("Edit")),
      act(t("Send now"), () => chat.scheduled.sendNow(item), t("The message was not sent.")),
      act(isFailed ? t("Discard") : t("Delete"), () => cancel(chat, item), t("The message is still scheduled."), "danger-text"),
    ),
  );
}

async function cancel(chat, item) {
  await chat.scheduled.cancel(item);
  toast(t("It will not be sent."));
}

async function attempt(work, problem) {
  try {
    await work();
  } catch (failure) {
    toastFailure(problem, failure);
  }
}

function openEditor(chat, channel, item) {
  const input = h("textarea", { class: "input scheduled-input", rows: "4", dir: "auto", maxlength: "5000", id: "scheduled-text" });
  input.value = item.message;
  const text = h("div", { class: "field" }, h("label", { for: "scheduled-text" }, t("Message")), input);
  const moment = new MomentField(t("Send at"), item.scheduled_at);
  const work = async () => {
    const { time } = moment;
    const message = input.value.trim();
    if (time === null || (message === "" && item.files.length === 0)) return;
    const users = [...channel.members.values(), ...item.mentioned_users];
    await chat.scheduled.update(item, { message, scheduled_at: time, ...mentionParams(message, users) });
    opened.close();
  };
  const opened = openDialog(t("Edit scheduled message"), submitForm({ fields: [text, moment.node], button: t("Save"), work }));
  input.focus();
}
