import { appearance } from "./appearance.js";
import { openInvite } from "./invite_dialog.js";
import { t } from "./language.js";
import { openNewConversation } from "./new_conversation.js";
import { openSettings } from "./settings.js";

/** What can be done from anywhere. `does`: {search(), current()}: look for messages, and the channel that is open or null. */
export function paletteActions(context, does) {
  const { chat, account } = context;
  const current = does.current();
  return [
    { drawing: "compose", label: t("New conversation"), run: () => openNewConversation(chat) },
    { drawing: "hash", label: t("New channel"), run: async () => (await import("./new_channel.js")).openNewChannel(chat) },
    { drawing: "people", label: t("Browse channels"), run: async () => (await import("./browse_dialog.js")).openBrowse(chat) },
    { drawing: "search", label: t("Search messages"), run: does.search },
    { drawing: "check", label: t("Mark all as read"), run: () => chat.channels.markAllRead() },
    ...(current ? ofChannel(chat, current) : []),
    { drawing: "sun", label: isDark() ? t("Use the light theme") : t("Use the dark theme"), run: () => appearance.choose(isDark() ? "light" : "dark") },
    { drawing: "smile", label: t("Set a status"), run: () => openSettings(context, "profile") },
    { drawing: "bell", label: t("Notification settings"), run: () => openSettings(context, "notifications") },
    { drawing: "settings", label: t("Settings"), run: () => openSettings(context) },
    { drawing: "person-add", label: t("Invite people"), run: () => openInvite(account) },
    { drawing: "leave", label: t("Sign out"), run: context.signOut },
  ];
}

function ofChannel(chat, channel) {
  const isMuted = channel.notifications === "off";
  const name = channel.title;
  return [
    { drawing: isMuted ? "bell" : "mute", label: isMuted ? t("Unmute {name}", { name }) : t("Mute {name}", { name }), run: () => chat.notifications.choose(channel, isMuted ? "default" : "off") },
    { drawing: "archive", label: channel.isHidden ? t("Unarchive {name}", { name }) : t("Archive {name}", { name }), run: () => (channel.isHidden ? chat.channels.unhide(channel) : chat.channels.hide(channel)) },
  ];
}

function isDark() {
  const { chosen } = appearance;
  return chosen === "dark" || (chosen === "system" && matchMedia("(prefers-color-scheme: dark)").matches);
}
