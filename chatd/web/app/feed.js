import { nameOf } from "../sdk/index.js";
import { channelAvatar } from "./avatar.js";
import { dayName, isSameDay } from "./clock.js";
import { h } from "./element.js";
import { counted, listed, t } from "./language.js";
import { messageRow, outgoingRow } from "./message_row.js";

// Messages of one person that follow each other within this time stand together under one head.
const GROUP_MS = 5 * 60_000;

/**
 * What the conversation shows, from top to bottom, as items for KeyedChildren: its beginning, days, the line above
 * what is unread, messages, those on their way, and who has read the last own one.
 *
 * `view` is {chat, timeline, channel, me, parent, pins, unreadAfter, editing, actions}: `parent` is what began a thread, null in a
 * channel; `unreadAfter` in ms or null, `editing` a message_id.
 */
export function feedItems(view) {
  const { timeline, channel, me, unreadAfter } = view;
  if (timeline.state !== "ready") return [loading(timeline)];
  const items = view.parent ? threadHead(view) : [];
  if (timeline.hasOlder) items.push(older(timeline));
  else if (!view.parent) items.push(beginning(channel));
  const lastOwn = timeline.hasNewer ? null : timeline.lastOwn;
  let previous = null;
  // When the window begins after what was read, the first unread message is not in it.
  let marked = unreadAfter === null || (timeline.hasOlder && timeline.messages[0]?.created_at > unreadAfter);
  for (const message of timeline.messages) {
    const isNewDay = !previous || !isSameDay(previous.created_at, message.created_at);
    const isFirstUnread = !marked && message.created_at > unreadAfter && message.user?.user_id !== me.user_id;
    if (isNewDay) items.push(day(message.created_at, view.actions));
    if (isFirstUnread) items.push(unreadLine());
    marked ||= isFirstUnread;
    const isFirst = isNewDay || isFirstUnread || !belongsTo(previous, message);
    items.push(messageRow(view, message, isFirst));
    if (message === lastOwn && !view.parent) items.push(...readers(view, message));
    previous = message;
  }
  return timeline.hasNewer ? [...items, newer()] : [...items, ...onTheirWay(view, previous)];
}

/** Above the replies of a thread: what began it. */
function threadHead(view) {
  const { timeline, parent } = view;
  const text = repliesText(timeline);
  const render = () => h("li", { class: "day" }, h("span", {}, text));
  return [messageRow(view, parent, true), { key: "replies", signature: text, render }];
}

function repliesText({ hasOlder, hasNewer, messages, outbox }) {
  if (hasOlder || hasNewer) return t("Replies");
  return messages.length + outbox.items.length === 0 ? t("No replies yet") : counted(messages.length, "{count} reply", "{count} replies");
}

function belongsTo(previous, message) {
  return previous?.user?.user_id === message.user?.user_id && message.created_at - previous.created_at < GROUP_MS;
}

function onTheirWay(view, last) {
  const { timeline, me, actions } = view;
  const follows = last?.user?.user_id === me.user_id && Date.now() - last.created_at < GROUP_MS;
  const rows = timeline.outbox.items.map((outgoing, index) => outgoingRow(view, outgoing, index === 0 && !follows));
  const isNewDay = rows.length > 0 && !(last && isSameDay(last.created_at, Date.now()));
  return isNewDay ? [day(Date.now(), actions), ...rows] : rows;
}

function loading({ state }) {
  const failed = state === "failed";
  const text = failed ? t("The messages could not be loaded. Trying again…") : "";
  const render = () => h("li", { class: "feed-loading", "aria-busy": "true" }, h("span", { class: "spinner" }), text);
  return { key: "loading", signature: String(failed), render };
}

function older({ isLoadingOlder }) {
  const render = () => h("li", { class: "feed-older" }, isLoadingOlder && h("span", { class: "spinner" }));
  return { key: "older", signature: String(isLoadingOlder), render };
}

function newer() {
  return { key: "newer", signature: "", render: () => h("li", { class: "feed-older" }, h("span", { class: "spinner" })) };
}

function beginning(channel) {
  const { title } = channel;
  const text = beginningText(channel);
  const render = () => h("li", { class: "beginning" }, channelAvatar(channel, "large"), h("h3", { dir: "auto" }, title), h("p", {}, text));
  return { key: "beginning", signature: title + text, render };
}

function beginningText(channel) {
  if (channel.isDirect) return t("This is where your conversation with {name} begins.", { name: channel.title });
  if (channel.memberCount === 1) return t("You are the only one here so far. Invite the people you want to talk with.");
  return t("This is where {name} begins.", { name: channel.title });
}

function day(at, actions) {
  const name = dayName(at);
  const label = t("{day}, jump to another day", { day: name });
  const choose = ({ currentTarget }) => actions.chooseDay(currentTarget);
  const render = () => h("li", { class: "day" }, h("button", { type: "button", "aria-label": label, title: t("Jump to another day"), onclick: choose }, name));
  return { key: `day-${new Date(at).toDateString()}`, signature: name, render };
}

function unreadLine() {
  return { key: "unread", signature: "", render: () => h("li", { class: "unread-line" }, h("span", {}, t("New"))) };
}

/** Who has read the last own message; an answer in a direct conversation says it already. */
function readers({ timeline, channel }, message) {
  const readBy = channel.readersAt(message.created_at).map(nameOf);
  const answered = channel.isDirect && timeline.messages.at(-1) !== message;
  if (readBy.length === 0 || answered) return [];
  const text = readText(channel, readBy);
  const render = () => h("li", { class: "readers", title: listed(readBy) }, text);
  return [{ key: "readers", signature: text + readBy.join(), render }];
}

function readText(channel, names) {
  if (channel.isDirect) return t("Read");
  if (names.length === channel.others.length && names.length > 2) return t("Read by everyone");
  if (names.length <= 2) return t("Read by {names}", { names: listed(names) });
  return counted(names.length - 1, "Read by {name} and {count} other", "Read by {name} and {count} others", { name: names[0] });
}
