import { shortMoment } from "./clock.js";
import { h } from "./element.js";
import { t } from "./language.js";

/** Whether somebody is here, in words; empty while it is not known. */
export function presenceText(presence) {
  if (!presence) return "";
  if (presence.isOnline) return t("Online");
  return presence.lastSeenAt > 0 ? t("Last seen {moment}", { moment: shortMoment(presence.lastSeenAt) }) : t("Away");
}

/** A point that says the same on a picture. */
export function presenceDot(presence) {
  return h("span", { class: presence?.isOnline ? "presence-dot online" : "presence-dot" });
}
