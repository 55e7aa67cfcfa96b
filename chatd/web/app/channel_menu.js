import { copyText } from "./clipboard.js";
import { confirm } from "./confirm.js";
import { icon } from "./icon.js";
import { t } from "./language.js";
import { menuItem, openMenu } from "./menu.js";
import { route } from "./route.js";
import { toast, toastFailure } from "./toast.js";

/** What can be done about a conversation in the list, beside its row. `options` as of a popover. */
export function openChannelMenu({ chat, stars }, channel, button, options) {
  const act = (work) => () => attempt(work);
  const isMuted = channel.notifications === "off";
  const isStarred = stars.has(channel.url);
  openMenu(button, channel.title, [
    menuItem(icon("star"), isStarred ? t("Unstar") : t("Star"), act(() => stars.change(channel.url, !isStarred))),
    channel.unread > 0 && menuItem(icon("check"), t("Mark as read"), act(() => chat.channels.markAllRead([channel]))),
    menuItem(icon(isMuted ? "bell" : "mute"), isMuted ? t("Unmute") : t("Mute"), act(() => chat.notifications.choose(channel, isMuted ? "default" : "off"))),
    channel.isHidden
      ? menuItem(icon("archive"), t("Unarchive"), act(() => chat.channels.unhide(channel)))
      : menuItem(icon("archive"), t("Archive"), act(() => archive(chat, channel))),
    menuItem(icon("link"), t("Copy link"), act(() => copyLink(channel))),
    !channel.isDirect && menuItem(icon("leave"), t("Leave"), () => leave(chat, channel), "danger-text"),
  ].filter(Boolean), options);
}

async function attempt(work) {
  try {
    await work();
  } catch (failure) {
    toastFailure(t("That was refused."), failure);
  }
}

async function archive(chat, channel) {
  await chat.channels.hide(channel);
  toast(t("Archived. It comes back with its next message."));
}

async function copyLink(channel) {
  await copyText(`${location.origin}/${route.to(channel.url)}`);
  toast(t("Link copied"));
}

async function leave(chat, channel) {
  const text = channel.isPublic ? t("You can join again at any time.") : t("You will not see its messages any more. Somebody inside can add you again.");
  if (await confirm({ title: t("Leave {name}?", { name: channel.title }), text, action: t("Leave") })) await attempt(() => chat.channels.leave(channel));
}
