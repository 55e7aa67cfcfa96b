import { newIdentifier } from "../sdk/index.js";
import { h } from "./element.js";
import { t } from "./language.js";
import { toastFailure } from "./toast.js";

const NAMES = { default: t("As everywhere"), all: t("All messages"), mention_only: t("Only mentions"), off: t("Nothing") };

/** Of which messages of a channel a person is notified, to look at and to choose. */
export function notificationChoice(chat, channel) {
  const id = newIdentifier();
  const options = Object.entries(NAMES).map(([value, name]) => h("option", { value, selected: channel.notifications === value }, name));
  const choose = async ({ target }) => {
    try {
      await chat.notifications.choose(channel, target.value);
    } catch (failure) {
      target.value = channel.notifications;
      toastFailure(t("Your choice was not kept."), failure);
    }
  };
  return h("div", { class: "pane-choice" }, h("label", { class: "label", for: id }, t("Notifications")), h("select", { id, onchange: choose }, options));
}
