import { attention } from "./attention.js";
import { copyText } from "./clipboard.js";
import { Composer } from "./composer.js";
import { confirm } from "./confirm.js";
import { ConversationHead } from "./conversation_head.js";
import { DropZone } from "./drop_zone.js";
import { h, show } from "./element.js";
import { pickEmoji } from "./emoji_picker.js";
import { feedItems } from "./feed.js";
import { feedKeys } from "./feed_keys.js";
import { icon } from "./icon.js";
import { KeyedChildren } from "./keyed.js";
import { MembersPane } from "./members_pane.js";
import { Scroller } from "./scroller.js";
import { toast, toastFailure } from "./toast.js";
import { TypingLine } from "./typing_line.js";

// On a phone the keyboard would cover half of what was just opened.
const CAN_FOCUS = matchMedia("(pointer: fine)");

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
  #column;
  #jump = h("button", { type: "button", class: "jump", hidden: true, onclick: () => this.#scroller.toEnd() });
  #pane = null;
  #placed = false;
  #editing = null;
  #unreadAfter = null;
  #endings = [];

  constructor(chat, channel, drafts) {
    this.#chat = chat;
    this.channel = channel;
    this.#timeline = chat.timeline(channel);
    this.#head = new ConversationHead(channel, { toggle: () => this.#togglePane() });
    this.#typing = new TypingLine(channel);
    const does = { send: (text, files) => this.#send(text, files), editLast: () => this.#edit(this.#timeline.lastOwn) };
    this.#composer = new Composer(channel, { notice: chat.typingNotice(channel), drafts, does });
    this.#feed.addEventListener("keydown", feedKeys(this.#feed, this.#actions, (id) => this.#message(id)));
    this.#scroller.node.addEventListener("keydown", (event) => this.#key(event));
    const foot = h("footer", { class: "foot" }, this.#jump, this.#typing.node, this.#composer.node);
    this.#column = h("section", { class: "column", "aria-label": channel.title }, this.#head.node, this.#scroller.node, foot);
    new DropZone(this.#column, (files) => this.#composer.attach(files));
    this.node = h("div", { class: "conversation" }, this.#column);
  }

  open() {
    if (this.channel.unread > 0) this.#unreadAfter = this.channel.readAt;
    this.#endings = [
      this.#timeline.changed.listen(() => this.#draw()),
      this.channel.changed.listen(() => this.#drawChannel()),
      this.#chat.channels.arrived.listen((channel) => channel === this.channel && this.#arrived()),
      attention.changed.listen(() => this.#markRead()),
    ];
    this.#draw();
    if (CAN_FOCUS.matches) this.focus();
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
  }

  #draw() {
    const { channel } = this;
    const view = { timeline: this.#timeline, channel, me: this.#chat.me, unreadAfter: this.#unreadAfter, editing: this.#editing, actions: this.#actions };
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
    if (this.#scroller.nearTop && this.#timeline.hasOlder && !this.#timeline.isLoadingOlder) this.#loadOlder();
    this.#markRead();
    this.#drawJump();
  }

  #drawJump() {
    const { unread } = this.channel;
    show(this.#jump, !this.#scroller.atEnd);
    const text = unread > 0 ? `${unread} new` : "";
    this.#jump.setAttribute("aria-label", unread > 0 ? `${unread} new messages, jump to the end` : "Jump to the end");
    this.#jump.replaceChildren(icon("down"), text);
  }

  #loadOlder() {
    // Scrolling again asks again.
    this.#timeline.loadOlder().catch((failure) => console.info("older messages not loaded:", failure.message));
  }

  #markRead() {
    const last = this.#timeline.messages.at(-1);
    if (this.channel.unread === 0 || !last || !this.#placed) return;
    if (attention.present && this.#scroller.atEnd) this.#chat.markRead(this.channel, last);
  }

  /** A message came: when nobody is looking, the line goes above the first of them. */
  #arrived() {
    if (!attention.present && this.channel.unread === 1) this.#unreadAfter = this.channel.readAt;
  }

  #send(text, files) {
    this.#unreadAfter = null;
    this.#timeline.send(text, files);
    this.#scroller.toEnd();
  }

  #edit(message) {
    if (!message) return;
    this.#editing = message.message_id;
    this.#draw();
    const field = this.#feed.querySelector(".editor textarea");
    field.closest(".message").scrollIntoView({ block: "nearest" });
    field.focus();
    field.setSelectionRange(field.value.length, field.value.length);
  }

  #endEdit() {
    this.#editing = null;
    this.#draw();
    this.#composer.focus();
  }

  async #save(message, text) {
    try {
      await this.#timeline.edit(message, text);
      this.#endEdit();
    } catch (failure) {
      toastFailure("The message was not changed.", failure);
    }
  }

  async #remove(message) {
    const question = { title: "Delete this message?", text: "It disappears for everybody.", action: "Delete" };
    if (!(await confirm(question))) return;
    try {
      await this.#timeline.remove(message);
    } catch (failure) {
      toastFailure("The message was not deleted.", failure);
    }
    this.#composer.focus();
  }

  async #copy(message) {
    await copyText(message.message);
    toast("Copied");
  }

  async #react(message, reaction, isAdded) {
    try {
      await this.#timeline.react(message, reaction, isAdded);
    } catch (failure) {
      toastFailure("Your reaction did not arrive.", failure);
    }
  }

  #actions = {
    edit: (message) => this.#edit(message),
    save: (message, text) => this.#save(message, text),
    cancel: () => this.#endEdit(),
    remove: (message) => this.#remove(message),
    copy: (message) => this.#copy(message),
    react: (message, reaction, isAdded) => this.#react(message, reaction, isAdded),
    chooseReaction: (message, button) => pickEmoji(button, (emoji) => this.#react(message, emoji, true)),
    retry: (outgoing) => this.#timeline.outbox.retry(outgoing),
    discard: (outgoing) => this.#timeline.outbox.discard(outgoing),
  };

  #message(id) {
    return this.#timeline.messages.find((message) => message.message_id === id);
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
