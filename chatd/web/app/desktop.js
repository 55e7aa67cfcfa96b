import { nameOf } from "../sdk/index.js";
import { attention } from "./attention.js";
import { device } from "./device.js";
import { t } from "./language.js";

const ICON = "/web/icons/icon-192.png";

/** Show a message that came while nobody looks at the page; a later one of the same channel takes its place. */
export async function notifyOf(chat, channel, message) {
  if (attention.present || device.state !== "on" || !chat.notifications.wants(channel, message, chat.me)) return;
  const registration = await navigator.serviceWorker.getRegistration();
  const text = message.message || t("files");
  const sender = message.user ? nameOf(message.user) : "";
  const body = channel.isDirect || !sender ? text : `${sender}: ${text}`;
  const data = { channel_url: channel.url, message_id: message.message_id };
  await registration?.showNotification(channel.title, { body, tag: channel.url, renotify: true, icon: ICON, data });
}
