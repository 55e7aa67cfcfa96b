import { timeOfDay } from "./clock.js";
import { t } from "./language.js";

/** What the menu says of notifications. */
export function pauseLabel({ notifications }) {
  const { pausedUntil } = notifications;
  return pausedUntil ? t("Paused until {time}", { time: timeOfDay(pausedUntil) }) : t("Pause notifications");
}
