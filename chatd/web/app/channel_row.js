import { nameOf } from "../sdk/index.js";
import { channelAvatar } from "./avatar.js";
import { shortMoment } from "./clock.js";
import { h } from "./element.js";
import { icon } from "./icon.js";
import { counted, number, t } from "./language.js";
import { Mentions } from "./mentions.js";
import { presenceDot } from "./presence_words.js";
import { route } from "./route.js";

/** One conversation in the list, as an item for KeyedChildren. */
export function channelRow(channel, me, { isSelected, hasDraft, isOnline }) {
  const shown = {
    title: channel.title,
    picture: channel.partner?.profile_url ?? "",
    preview: preview(channel, me),
    time: channel.lastMessage ? shortMoment(channel.activeAt) : "",
    unread: channel.unread,
    mentions: channel.unreadMentions,
    isQuiet: channel.notifications === "off",
    typing: channel.typists.names.length > 0,
    isSelected,
    isOnline,
    hasDraft: hasDraft && !isSelected,
  };
  return { key: channel.url, signature: JSON.stringify(shown), render: () => render(channel, shown) };
}

function render(channel, { title, preview, time, unread, mentions, isQuiet, typing, isSelected, hasDraft, isOnline }) {
  const words = h("span", { class: `channel-preview${typing ? " typing" : ""}` }, preview.map((text) => h("span", { dir: "auto" }, text)));
  const mention = mentions > 0 && h("span", { class: "badge mention" }, "@", h("span", { class: "unseen" }, ` ${counted(mentions, "{count} mention", "{count} mentions")}`));
  const quiet = isQuiet && h("span", { class: "quiet-sign", title: t("Muted") }, icon("mute"), h("span", { class: "unseen" }, t("Muted")));
  const draft = hasDraft && h("span", { class: "draft-mark", title: t("Draft") }, icon("edit"), h("span", { class: "unseen" }, t("Draft")));
  const badge = unread > 0 && h("span", { class: `badge${isQuiet ? " quiet" : ""}` }, unread > 99 ? t("99+") : number(unread), h("span", { class: "unseen" }, ` ${t("unread")}`));
  return h(
    "li",
    { class: "channel", "data-url": channel.url },
    h(
      "a",
      { href: route.to(channel.url), class: unread > 0 ? "unread" : "", "aria-current": isSelected && "page" },
      h("span", { class: "channel-picture" }, channelAvatar(channel), isOnline && presenceDot({ isOnline })),
      h("span", { class: "channel-line" }, h("span", { class: "channel-title", dir: "auto" }, title), h("span", { class: "channel-time" }, time)),
      h("span", { class: "channel-line" }, words, quiet, draft, mention, badge),
    ),
  );
}

/** What stands below the title, in parts that each run in their own direction. */
function preview(channel, me) {
  const [typist] = channel.typists.names;
  if (typist) return [channel.isDirect ? t("typing…") : t("{name} is typing…", { name: typist })];
  const message = channel.lastMessage;
  if (!message) return [t("No messages yet")];
  const text = new Mentions(message, { channel, me }).named(message.message).replace(/\s+/g, " ") || filesText(message);
  const isMine = message.user?.user_id === me.user_id;
  if (!message.user || (channel.isDirect && !isMine)) return [text];
  const speaker = isMine ? t("You:") : t("{name}:", { name: nameOf(message.user).split(" ")[0] });
  return [`${speaker} `, text];
}

function filesText({ file, files }) {
  if (files) return counted(files.length, "{count} file", "{count} files");
  return file?.name ?? "";
}
