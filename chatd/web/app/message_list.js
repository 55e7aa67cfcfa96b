import { attention } from "./attention.js";
import { h, show } from "./element.js";
import { feedItems } from "./feed.js";
import { feedKeys } from "./feed_keys.js";
import { icon } from "./icon.js";
import { KeyedChildren } from "./keyed.js";
import { counted, t } from "./language.js";
import { later } from "./later.js";
import { MemberWatch } from "./member_watch.js";
import { MessageActions } from "./message_actions.js";
import { touchMessages } from "./message_touch.js";
import { Scroller } from "./scroller.js";
import { toastFailure } from "./toast.js";

const FLASH_MS = 2_000;

/** The messages of a channel or of a thread: drawn, scrolled, loaded where somebody looks, and marked as read. */
export class MessageList {
  /** Above which time a message is new to this person, in ms, or null. */
  unreadAfter = null;

  #chat;
  #channel;
  #timeline;
  #does;
  #feed = h("ol", { class: "feed" });
  #rows = new KeyedChildren(this.#feed, () => this.draw());
  #scroller;
  #actions;
  #members;
  #jump = h("button", { type: "button", class: "jump", hidden: true, onclick: () => this.toEnd() });
  #bar = h("button", { type: "button", class: "unread-bar", hidden: true, onclick: () => this.#toUnread() });
  #placed = false;
  #endings = [];

  /** `does`: {write(), quote(text), read(message)}, and in a channel {openThread(message), showReply(messageId), markUnread(message)}. `parent`: of a thread, what began it. */
  constructor(chat, channel, timeline, does, parent = null) {
    this.#chat = chat;
    this.#channel = channel;
    this.#timeline = timeline;
    this.#does = does;
    this.parent = parent;
    this.#members = new MemberWatch(chat, channel, timeline);
    this.#scroller = new Scroller(this.#feed, () => this.#moved(), parent ? t("Replies") : t("Messages"));
    this.#actions = new MessageActions(timeline, channel, {
      chat,
      draw: () => this.draw(),
      focus: () => does.write(),
      quote: (text) => does.quote(text),
      row: (message) => this.#rowOf(message.message_id),
      chooseDay: (button) => later(() => import("./day_picker.js"), ({ chooseDay }) => chooseDay(button, (time) => this.jumpTo({ message_ts: time }))),
      openThread: does.openThread,
      markUnread: does.markUnread,
    });
    const find = (id) => timeline.find(id) ?? (parent?.message_id === id ? parent : null);
    this.#feed.addEventListener("keydown", feedKeys(this.#feed, this.#actions, find));
    touchMessages(this.#feed, this.#actions, find);
    this.#scroller.node.addEventListener("keydown", (event) => this.#key(event));
    this.node = h("div", { class: "message-list" }, this.#bar, this.#scroller.node, this.#jump);
  }

  /** Show it, from a message on when one is named. */
  open(messageId = null) {
    this.#placed = messageId !== null;
    this.#endings = [this.#timeline.changed.listen(() => this.draw()), attention.changed.listen(() => this.#markRead()), this.#chat.pins(this.#channel).changed.listen(() => this.draw())];
    this.draw();
    if (messageId !== null) this.jumpTo({ message_id: messageId });
  }

  close() {
    this.#endings.forEach((end) => end());
    this.#members.end();
    this.#timeline.isReadFurtherUp = false;
    this.#scroller.close();
    // Whoever comes back begins at the end.
    if (this.#timeline.hasNewer) this.#chat.forget(this.#timeline);
  }

  draw() {
    const view = {
      chat: this.#chat, timeline: this.#timeline, channel: this.#channel, me: this.#chat.me, parent: this.parent,
      pins: this.#chat.pins(this.#channel), unreadAfter: this.unreadAfter, editing: this.#actions.editing, actions: this.#actions,
    };
    this.#members.follow();
    this.#scroller.follows = !this.#timeline.hasNewer;
    this.#scroller.keep(() => this.#rows.update(feedItems(view)));
    if (!this.#placed && this.#timeline.state === "ready") this.#place();
    this.#moved();
  }

  editLast() {
    this.#actions.edit(this.#timeline.lastOwn);
  }

  /** Go to the last message; from there the arrows lead on. */
  walk() {
    [...this.#feed.querySelectorAll(".message")].at(-1)?.focus();
  }

  /** Show a message, {message_id}, or what was said at a time, {message_ts} in ms. */
  async jumpTo(place) {
    const isHere = place.message_id !== undefined && this.#timeline.find(place.message_id);
    try {
      if (!isHere) await this.#timeline.loadAround(place);
    } catch (failure) {
      toastFailure(t("These messages could not be loaded."), failure);
      return this.toEnd();
    }
    this.#scroller.atEnd = false;
    this.#timeline.isReadFurtherUp = true;
    this.#placed = true;
    this.draw();
    this.#flash(place);
  }

  /** To the newest message. */
  async toEnd() {
    try {
      if (this.#timeline.hasNewer) await this.#timeline.loadEnd();
      this.#placed = true;
      this.draw();
      this.#scroller.toEnd();
    } catch (failure) {
      toastFailure(t("The newest messages could not be loaded."), failure);
    }
  }

  #flash({ message_id, message_ts }) {
    const { messages } = this.#timeline;
    const found = message_id === undefined ? messages.find((each) => each.created_at >= message_ts) : this.#timeline.find(message_id);
    if (!found && message_id !== undefined && this.#does.showReply) this.#does.showReply(message_id);
    const row = this.#rowOf((found ?? messages.at(-1))?.message_id);
    if (!row) return;
    this.#scroller.toRow(row);
    if (message_id === undefined) return;
    row.focus({ preventScroll: true });
    row.classList.add("found");
    setTimeout(() => row.classList.remove("found"), FLASH_MS);
  }

  #rowOf(messageId) {
    return this.#feed.querySelector(`[data-message="${messageId}"]`);
  }

  /** The first time that there is something to see: begin at what is unread, else at the end. */
  #place() {
    this.#placed = true;
    const line = this.#rows.get("unread");
    if (line) this.#scroller.toRow(line);
    else this.#scroller.toEnd();
  }

  /** The view has moved, or what is in it has changed. */
  #moved() {
    if (!this.#placed) return;
    this.#timeline.isReadFurtherUp = !this.#scroller.atEnd;
    // Scrolling again asks again.
    const later = (failure) => console.info("messages not loaded:", failure.message);
    if (this.#scroller.nearTop && !this.#timeline.isLoadingOlder) this.#timeline.loadOlder().catch(later);
    if (this.#scroller.nearEnd && !this.#timeline.isLoadingNewer) this.#timeline.loadNewer().catch(later);
    this.#markRead();
    this.#drawJump();
    this.#drawBar();
  }

  #drawJump() {
    const unread = this.parent ? 0 : this.#channel.unread;
    show(this.#jump, !this.#isAtEnd);
    this.#jump.setAttribute("aria-label", unread > 0 ? counted(unread, "{count} new message, jump to the end", "{count} new messages, jump to the end") : t("Jump to the end"));
    this.#jump.replaceChildren(icon("down"), unread > 0 ? counted(unread, "{count} new", "{count} new") : "");
  }

  /** When the first unread message is further up than what is loaded. */
  #drawBar() {
    const isAway = this.unreadAfter !== null && this.#timeline.state === "ready" && !this.#rows.get("unread");
    show(this.#bar, isAway && this.#timeline.hasOlder && this.#timeline.messages[0]?.created_at > this.unreadAfter);
    this.#bar.replaceChildren(icon("up"), t("Jump to the first unread message"));
  }

  async #toUnread() {
    await this.jumpTo({ message_ts: this.unreadAfter });
    const line = this.#rows.get("unread");
    if (line) this.#scroller.toRow(line);
    this.#moved();
  }

  get #isAtEnd() {
    return this.#scroller.atEnd && !this.#timeline.hasNewer;
  }

  #markRead() {
    const last = this.#timeline.messages.at(-1);
    if (last && this.#placed && attention.present && this.#isAtEnd) this.#does.read(last);
  }

  #key(event) {
    if (event.key === "Escape") this.#does.write();
    else if (event.key === "ArrowUp" && event.target === this.#scroller.node) {
      this.walk();
      event.preventDefault();
    }
  }
}
