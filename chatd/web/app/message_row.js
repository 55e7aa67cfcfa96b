import { nameOf } from "../sdk/index.js";
import { attachments, outgoingAttachments } from "./attachments.js";
import { avatar } from "./avatar.js";
import { comingMoment, fullMoment, shortMoment, timeOfDay } from "./clock.js";
import { h } from "./element.js";
import { isEmojiOnly } from "./emoji_only.js";
import { icon, iconButton } from "./icon.js";
import { counted, t, told } from "./language.js";
import { linkPreview } from "./link_preview.js";
import { markdown } from "./markdown.js";
import { Mentions } from "./mentions.js";
import { messageEditor } from "./message_editor.js";
import { personName, personPicture } from "./person_link.js";
import { pollPlace } from "./poll_place.js";
import { reactionRow } from "./reactions.js";

const NOBODY = { user_id: "", nickname: "chatd", profile_url: "" };

/**
 * A message, as an item for KeyedChildren. An own message keeps the key that it had on its way.
 * `view` as in feed.js; `view.actions`: see message_actions.js.
 */
export function messageRow(view, message, isFirst) {
  const sender = now(view, message.user) ?? NOBODY;
  const author = now(view, message.forwarded_from);
  const own = sender.user_id === view.me.user_id;
  const editing = own && view.editing === message.message_id;
  const key = own && message.req_id ? `request-${message.req_id}` : `message-${message.message_id}`;
  const isPinned = view.pins.has(message.message_id);
  const rights = { edit: own && message.message !== "" && !message.poll, remove: own || view.channel.isOperator };
  const mentions = new Mentions(message, view);
  const shown = [message.updated_at, mentions.names, message.message, message.thread_info, message.reactions, message.thumbnails, message.files, message.og_tag, sender.nickname, sender.profile_url, author?.nickname, isFirst, isPinned, rights];
  const signature = editing ? "editing" : JSON.stringify(shown);
  const content = () => (editing ? editor(message, view) : [body(view, message, mentions), tools(message, rights, view.actions)]);
  const below = () => [linkPreview(message), reactionRow(view, message), view.actions.hasThreads && threadLink(message, view.actions)];
  const render = () => row({ sender, own, isFirst, marks: [isPinned && pinnedMark(), author && forwardedMark(author), vanishingMark(view.channel, message)], at: message.created_at, content: content(), below: below(), id: message.message_id, rights: allowed(rights), editing });
  return { key, signature, render };
}

/** A message on its way, or one that did not arrive. */
export function outgoingRow(view, outgoing, isFirst) {
  const { actions } = view;
  const { failed, reason, text, reqId, createdAt, progress } = outgoing;
  const content = () => [
    h("div", { class: "body" }, outgoingAttachments(outgoing, actions), text && bubble({ message: text, updated_at: 0 }, new Mentions(outgoing.content, view))),
    !failed && pendingSign(),
    failed && problem(outgoing, actions),
  ];
  const render = () => row({ sender: NOBODY, own: true, isFirst, at: createdAt, content: content(), pending: !failed, failed });
  return { key: `request-${reqId}`, signature: `outgoing ${failed} ${reason} ${isFirst} ${progress}`, render };
}

function row({ sender, own, isFirst, marks = [], at, content, below, id, rights = "", editing = false, pending = false, failed = false }) {
  const states = { own, first: isFirst, editing, pending, failed };
  const names = Object.keys(states).filter((name) => states[name]);
  const time = h("time", { datetime: new Date(at).toISOString(), title: fullMoment(at) }, timeOfDay(at));
  const head = isFirst && h("p", { class: "message-head" }, !own && h("strong", {}, sender === NOBODY ? nameOf(sender) : personName(sender)), time);
  return h(
    "li",
    { class: ["message", ...names].join(" "), tabindex: "-1", "data-message": id, "data-rights": rights },
    own && h("span", { class: "unseen" }, t("You:"), " "),
    !own && (isFirst ? (sender === NOBODY ? avatar(sender) : personPicture(sender)) : h("span", { class: "avatar-gap" })),
    h("div", { class: "stack" }, head, marks, h("div", { class: "line" }, content), below),
  );
}

/** Who is in a message, by the name of now, as mentions: a message may have been kept here for long. */
function now(view, user) {
  return user && (view.channel.members.get(user.user_id) ?? user);
}

/** Who said it first, of what somebody passed on. */
function forwardedMark(author) {
  return h("p", { class: "message-mark" }, icon("forward"), h("span", {}, t("Forwarded from {name}", { name: nameOf(author) })));
}

function pinnedMark() {
  return h("p", { class: "message-mark pinned" }, icon("pin"), t("Pinned"));
}

/** Of a message that disappears sooner than others here. */
function vanishingMark({ survivalSeconds }, { message_survival_seconds: seconds, created_at }) {
  if (!(seconds > 0) || seconds === survivalSeconds) return null;
  const moment = comingMoment(created_at + seconds * 1000);
  return h("p", { class: "message-mark pinned" }, icon("timer"), t("Disappears: {moment}", { moment }));
}

/** What the keys of a row may do, as words. */
function allowed(rights) {
  return Object.keys(rights).filter((name) => rights[name]).join(" ");
}

/** What was said, and the files below it; or a poll. */
function body(view, message, mentions) {
  if (message.poll) return pollPlace(view, message);
  const files = attachments(message);
  if (!files) return bubble(message, mentions);
  return h("div", { class: "body" }, message.message && bubble(message, mentions), files);
}

function bubble({ message, updated_at }, mentions) {
  const edited = updated_at > 0 && h("span", { class: "edited" }, t("edited"));
  return h("div", { class: isEmojiOnly(message) ? "bubble emoji" : "bubble", dir: "auto" }, markdown(message, mentions), edited);
}

/** The way to the replies of a message, or from a reply to its thread. */
function threadLink(message, actions) {
  const { thread_info: info, parent_message_id: parent } = message;
  const open = () => actions.openThread(message);
  if (parent) return h("button", { type: "button", class: "thread-link", onclick: open }, icon("reply"), t("Replied to a thread"));
  if (!info?.reply_count) return null;
  const text = counted(info.reply_count, "{count} reply", "{count} replies");
  const faces = info.most_replies.slice(0, 3).map((user) => avatar(user, "tiny"));
  const when = h("span", { class: "thread-time" }, t("last {moment}", { moment: shortMoment(info.last_replied_at) }));
  return h("button", { type: "button", class: "thread-link", onclick: open }, h("span", { class: "faces" }, faces), text, when);
}

function tools(message, rights, actions) {
  return h(
    "div",
    { class: "tools" },
    iconButton("smile", t("React"), ({ currentTarget }) => actions.chooseReaction(message, currentTarget), { "data-tool": "react" }),
    actions.hasThreads && iconButton("reply", t("Reply in a thread"), () => actions.openThread(message)),
    rights.edit && iconButton("edit", t("Edit"), () => actions.edit(message)),
    iconButton("more", t("More"), ({ currentTarget }) => actions.showMore(message, rights, currentTarget), { "data-tool": "more" }),
  );
}

function editor(message, { actions, chat, channel }) {
  return messageEditor(message, { chat, channel }, { save: (text) => actions.save(message, text), cancel: () => actions.cancel() });
}

function pendingSign() {
  return h("span", { class: "pending-sign", title: t("Sending"), "aria-label": t("Sending"), role: "img" }, icon("clock"));
}

function problem(outgoing, actions) {
  return h(
    "p",
    { class: "not-sent", role: "alert" },
    icon("warning"),
    h("span", {}, `${t("Not sent.")} ${told(outgoing.reason)}`),
    h("button", { type: "button", class: "link", onclick: () => actions.retry(outgoing) }, t("Retry")),
    h("button", { type: "button", class: "link", onclick: () => actions.discard(outgoing) }, t("Discard")),
  );
}
