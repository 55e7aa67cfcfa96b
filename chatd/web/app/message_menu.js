import { icon } from "./icon.js";
import { t } from "./language.js";
import { menuItem } from "./menu.js";
import { toast, toastFailure } from "./toast.js";

/** What else can be done with a message, as entries of its menu. */
export function menuItems(chat, channel, message) {
  return [pinItem(chat, channel, message)];
}

function pinItem(chat, channel, message) {
  const pins = chat.pins(channel);
  if (!chat.permissions(channel).may("pin")) return null;
  if (pins.has(message.message_id)) return menuItem(icon("unpin"), t("Unpin"), () => unpin(pins, message));
  return menuItem(icon("pin"), t("Pin"), () => pin(pins, message));
}

async function pin(pins, message) {
  try {
    await pins.add(message);
    toast(t("Pinned"));
  } catch (failure) {
    toastFailure(t("The message was not pinned."), failure);
  }
}

/** Also from the list of pins. */
export async function unpin(pins, message) {
  try {
    await pins.remove(message);
    toast(t("Unpinned"));
  } catch (failure) {
    toastFailure(t("The message was not unpinned."), failure);
  }
}
