import { openDialog } from "./dialog.js";
import { h } from "./element.js";
import { t } from "./language.js";
import { QuietForm } from "./quiet_form.js";
import { stylesheet } from "./stylesheet.js";
import { toastFailure } from "./toast.js";

const HOUR_MS = 60 * 60 * 1000;

/** Pause notifications for a while, or at quiet times of each day or of the week. */
export async function openPause({ notifications }) {
  await stylesheet("quiet");
  const done = () => opened.close();
  const quiet = new QuietForm(notifications, done);
  const closed = notifications.changed.listen(() => quiet.refresh());
  const opened = openDialog(t("Notifications"), [pauseChoices(notifications, done), quiet.node], { closed });
}

/** A pause for a while, to stand elsewhere too; `done()` is called when it was kept. */
export function pauseChoices(notifications, done) {
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
  return h("div", {}, h("h3", { class: "label" }, t("Pause")), h("div", { class: "pause-choices" }, buttons));
}

function tomorrowAt(hour) {
  const day = new Date();
  day.setDate(day.getDate() + 1);
  return day.setHours(hour, 0, 0, 0);
}
