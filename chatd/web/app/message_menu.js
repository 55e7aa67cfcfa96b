import { icon } from "./icon.js";
import { t } from "./language.js";
import { menuItem } from "./menu.js";
import { toast, toastFailure } from "./toast.js";

const LONGEST_WAIT_MS = 250;

/** What else can be done with a message, as entries of its menu. */
export async function menuItems(chat, channel, message) {
  const forwarding = !message.poll && menuItem(icon("forward"), t("Forward…"), () => forward(chat, message));
  return [forwarding, await saveItem(chat, message), pinItem(chat, channel, message)];
}

async function forward(chat, message) {
  const { openForward } = await import("./forward_dialog.js");
  await openForward(chat, message);
}

async function saveItem({ saved }, message) {
  const loading = saved.begin().catch((failure) => console.info("saved messages not loaded:", failure.message));
  // A menu does not wait for a slow server: saving twice is no harm.
  await Promise.race([loading, new Promise((resolve) => setTimeout(resolve, LONGEST_WAIT_MS))]);
  if (saved.has(message.message_id)) return menuItem(icon("bookmark"), t("Save no longer"), () => unsave(saved, message));
  return menuItem(icon("bookmark"), t("Save for later"), () => save(saved, message));
}

async function save(saved, message) {
  try {
    await saved.add(message);
    toast(t("Saved for later"));
  } catch (failure) {
    toastFailure(t("The message was not saved."), failure);
  }
}

/** Also from the list of them. */
export async function unsave(saved, message) {
  try {
    await saved.remove(message);
    toast(t("Saved no longer"));
  } catch (failure) {
    toastFailure(t("The message is still saved."), failure);
  }
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
