import { openDialog } from "./dialog.js";
import { h } from "./element.js";
import { Field } from "./field.js";
import { t } from "./language.js";
import { submitForm } from "./submit.js";
import { toastFailure } from "./toast.js";

const HOUR_MS = 60 * 60 * 1000;

/** Pause notifications for a while, or in the same hours of each day. */
export function openPause({ notifications }) {
  const opened = openDialog(t("Notifications"), pauseParts(notifications, () => opened.close()));
}

/** What is chosen there, to stand elsewhere too; `done()` is called when something was kept. */
export function pauseParts(notifications, done) {
  const now = [
    [t("For an hour"), () => notifications.pause(Date.now() + HOUR_MS)],
    [t("For eight hours"), () => notifications.pause(Date.now() + 8 * HOUR_MS)],
    [t("Until tomorrow at 9"), () => notifications.pause(tomorrowAt(9))],
    ...(notifications.pausedUntil ? [[t("End the pause"), () => notifications.resume()]] : []),
  ];
  const act = async (work) => {
    try {
      await work();
      done();
    } catch (failure) {
      toastFailure(t("Your choice was not kept."), failure);
    }
  };
  const buttons = now.map(([name, work]) => h("button", { type: "button", class: "row-button", onclick: () => act(work) }, name));
  return [h("div", {}, h("h3", { class: "label" }, t("Pause")), h("div", { class: "pause-choices" }, buttons)), quietForm(notifications, done)];
}

function quietForm(notifications, done) {
  const { start, end } = notifications.quietHours ?? { start: "", end: "" };
  const from = new Field({ label: t("Quiet each day from"), type: "time", value: start });
  const to = new Field({ label: t("to"), type: "time", value: end });
  const work = async () => {
    if (!from.value !== !to.value) return to.complain(t("Both times, or none."));
    // Quiet times of the week are not shown here: an empty form that stays so leaves them alone.
    if (from.value || start) await notifications.keepQuiet(from.value ? { start: from.value, end: to.value } : null);
    done();
  };
  return submitForm({ fields: [from.node, to.node], button: t("Save"), work });
}

function tomorrowAt(hour) {
  const day = new Date();
  day.setDate(day.getDate() + 1);
  return day.setHours(hour, 0, 0, 0);
}
