import { newIdentifier } from "../sdk/index.js";
import { h } from "./element.js";
import { toastFailure } from "./toast.js";

const NAMES = { default: "As everywhere", all: "All messages", mention_only: "Only mentions", off: "Nothing" };

/** Of which messages of a channel a person is notified, to look at and to choose. */
export function notificationChoice(chat, channel) {
  const id = newIdentifier();
  const options = Object.entries(NAMES).map(([value, name]) => h("option", { value, selected: channel.notifications === value }, name));
  const choose = async ({ target }) => {
    try {
      await chat.notifications.choose(channel, target.value);
    } catch (failure) {
      target.value = channel.notifications;
      toastFailure("Your choice was not kept.", failure);
    }
  };
  return h("div", { class: "pane-choice" }, h("label", { class: "label", for: id }, "Notifications"), h("select", { id, onchange: choose }, options));
}
