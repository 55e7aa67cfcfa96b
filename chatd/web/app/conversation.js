import { attention } from "./attention.js";
import { Composer } from "./composer.js";
import { ConversationHead } from "./conversation_head.js";
import { chooseDay } from "./day_picker.js";
import { DropZone } from "./drop_zone.js";
import { h, show } from "./element.js";
import { feedItems } from "./feed.js";
import { feedKeys } from "./feed_keys.js";
import { icon } from "./icon.js";
import { KeyedChildren } from "./keyed.js";
import { MembersPane } from "./members_pane.js";
import { MessageActions } from "./message_actions.js";
import { Scroller } from "./scroller.js";
import { toastFailure } from "./toast.js";
import { TypingLine } from "./typing_line.js";

// On a phone the keyboard would cover half of what was just opened.
const CAN_FOCUS = matchMedia("(pointer: fine)");
const FLASH_MS = 2_000;

/** One open conversation: its head, its messages, the field to write in, and the pane with its members. */
export class Conversation {
  #chat;
  #timeline;
  #feed = h("ol", { class: "feed" });
  #rows = new KeyedChildren(this.#feed);
  #scroller = new Scroller(this.#feed, () => this.#moved());
  #head;
  #typing;
  #composer;
  #actions;
  #column;
  #jump = h("button", { type: "button", class: "jump", hidden: true, onclick: () => this.#toEnd() });
  #bar = h("button", { type: "button", class: "unread-bar", hidden: true, onclick: () => this.#toUnread() });
  #pane = null;
  #placed = false;
  #unreadAfter = null;
  #endings = [];

  constructor(chat, channel, drafts) {
    this.#chat = chat;
    this.channel = channel;
    this.#timeline = chat.timeline(channel);
    this.#head = new ConversationHead(channel, { toggle: () => this.#togglePane() });
    this.#typing = new TypingLine(channel);
    const does = { send: (text, files) => this.#send(text, files), editLast: () => this.#actions.edit(this.#timeline.lastOwn) };
    this.#composer = new Composer(channel, { notice: chat.typingNotice(channel), drafts, does });
    this.#actions = new MessageActions(this.#timeline, channel, {
      draw: () => this.#draw(),
      focus: () => this.#composer.focus(),
      row: (message) => this.#rowOf(message.message_id),
      chooseDay: (button) => chooseDay(button, (time) => this.jumpTo({ message_ts: time })),
    });
    this.#feed.addEventListener("keydown", feedKeys(this.#feed, this.#actions, (id) => this.#timeline.find(id)));
    this.#scroller.node.addEventListener("keydown", (event) => this.#key(event));
    const foot = h("footer", { class: "foot" }, this.#jump, this.#typing.node, this.#composer.node);
    const body = h("div", { class: "column-body" }, this.#bar, this.#scroller.node);
    this.#column = h("section", { class: "column", "aria-label": channel.title }, this.#head.node, body, foot);
    new DropZone(this.#column, (files) => this.#composer.attach(files));
    this.node = h("div", { class: "conversation" }, this.#column);
  }

  /** Show it, from a message on when one is named. */
  open(messageId = null) {
    if (this.channel.unread > 0) this.#unreadAfter = this.channel.readAt;
    this.#placed = messageId !== null;
    this.#endings = [
      this.#timeline.changed.listen(() => this.#draw()),
      this.channel.changed.listen(() => this.#drawChannel()),
      this.#chat.channels.arrived.listen((channel) => channel === this.channel && this.#arrived()),
      attention.changed.listen(() => this.#markRead()),
    ];
    this.#draw();
    if (messageId !== null) this.jumpTo({ message_id: messageId });
    else if (CAN_FOCUS.matches) this.focus();
  }

  /** Write here. */
  focus() {
    this.#composer.focus();
  }

  close() {
    this.#endings.forEach((end) => end());
    this.#timeline.isReadFurtherUp = false;
    this.#scroller.close();
    this.#composer.close();
    // Whoever comes back begins at the end.
    if (this.#timeline.hasNewer) this.#chat.forget(this.#timeline);
  }

  /** Show a message, {message_id}, or what was said at a time, {message_ts} in ms. */
  async jumpTo(place) {
    const isHere = place.message_id !== undefined && this.#timeline.find(place.message_id);
    try {
      if (!isHere) await this.#timeline.loadAround(place);
    } catch (failure) {
      toastFailure("These messages could not be loaded.", failure);
      return this.#toEnd();
    }
    this.#scroller.atEnd = false;
    this.#timeline.isReadFurtherUp = true;
    this.#placed = true;
    this.#draw();
    this.#flash(place);
  }

  #flash({ message_id, message_ts }) {
    const found = message_id !== undefined ? this.#timeline.find(message_id) : this.#timeline.messages.find((each) => each.created_at >= message_ts);
    const row = this.#rowOf((found ?? this.#timeline.messages.at(-1))?.message_id);
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

  #draw() {
    const { channel } = this;
    const view = { timeline: this.#timeline, channel, me: this.#chat.me, unreadAfter: this.#unreadAfter, editing: this.#actions.editing, actions: this.#actions };
    this.#scroller.follows = !this.#timeline.hasNewer;
    this.#scroller.keep(() => this.#rows.update(feedItems(view)));
    if (!this.#placed && this.#timeline.state === "ready") this.#place();
    this.#moved();
  }

  #drawChannel() {
    this.#head.draw();
    this.#typing.draw();
    this.#composer.draw();
    this.#pane?.draw();
    this.#draw();
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
    const { unread } = this.channel;
    show(this.#jump, !this.#isAtEnd);
    const text = unread > 0 ? `${unread} new` : "";
    this.#jump.setAttribute("aria-label", unread > 0 ? `${unread} new messages, jump to the end` : "Jump to the end");
    this.#jump.replaceChildren(icon("down"), text);
  }

  /** When the first unread message is further up than what is loaded. */
  #drawBar() {
    const isAway = this.#unreadAfter !== null && this.#timeline.state === "ready" && !this.#rows.get("unread");
    show(this.#bar, isAway && this.#timeline.hasOlder && this.#timeline.messages[0]?.created_at > this.#unreadAfter);
    this.#bar.replaceChildren(icon("up"), "Jump to the first unread message");
  }

  async #toEnd() {
    try {
      if (this.#timeline.hasNewer) await this.#timeline.loadEnd();
      this.#draw();
      this.#scroller.toEnd();
    } catch (failure) {
      toastFailure("The newest messages could not be loaded.", failure);
    }
  }

  async #toUnread() {
    await this.jumpTo({ message_ts: this.#unreadAfter });
    const line = this.#rows.get("unread");
    if (line) this.#scroller.toRow(line);
    this.#moved();
  }

  get #isAtEnd() {
    return this.#scroller.atEnd && !this.#timeline.hasNewer;
  }

  #markRead() {
    const last = this.#timeline.messages.at(-1);
    if (this.channel.unread === 0 || !last || !this.#placed) return;
    if (attention.present && this.#isAtEnd) this.#chat.markRead(this.channel, last);
  }

  /** A message came: when nobody is looking, the line goes above the first of them. */
  #arrived() {
    if (!attention.present && this.channel.unread === 1) this.#unreadAfter = this.channel.readAt;
  }

  async #send(text, files) {
    this.#unreadAfter = null;
    this.#timeline.send(text, files);
    await this.#toEnd();
  }

  #key(event) {
    if (event.key === "Escape") this.#composer.focus();
    else if (event.key === "ArrowUp" && event.target === this.#scroller.node) {
      [...this.#feed.querySelectorAll(".message")].at(-1)?.focus();
      event.preventDefault();
    }
  }

  #togglePane() {
    if (this.#pane) {
      this.#pane.node.remove();
      this.#pane = null;
      this.#head.focus();
    } else {
      this.#pane = new MembersPane(this.#chat, this.channel, { close: () => this.#togglePane() });
      this.node.append(this.#pane.node);
    }
    this.#head.expanded = this.#pane !== null;
  }
}
