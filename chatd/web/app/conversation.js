import { mentionParams, SlashCommands } from "../sdk/index.js";
import { attention } from "./attention.js";
import { Composer } from "./composer.js";
import { ConversationHead } from "./conversation_head.js";
import { DropZone } from "./drop_zone.js";
import { h } from "./element.js";
import { t } from "./language.js";
import { MessageList } from "./message_list.js";
import { ScheduledLine } from "./scheduled_line.js";
import { toastFailure } from "./toast.js";
import { TypingLine } from "./typing_line.js";

// On a phone the keyboard would cover half of what was just opened.
const CAN_FOCUS = matchMedia("(pointer: fine)");
// Where a pane lies over the messages.
const IS_NARROW = matchMedia("(width < 1080px)");

/** One open conversation: its head, its messages, the field to write in, and a pane: its details or a thread. */
export class Conversation {
  #chat;
  #timeline;
  #list;
  #head;
  #typing;
  #composer;
  #scheduled;
  #answers = h("div", { role: "status" });
  #pane = null;
  #panes = 0;
  #isLeftUnread = false;
  #endings = [];

  constructor(chat, channel, { search, label = "" }) {
    this.#chat = chat;
    this.channel = channel;
    this.#timeline = chat.timeline(channel);
    this.#head = new ConversationHead(chat, channel, { toggle: () => this.#toggleDetails(), showPins: () => this.#showDetails("pins"), search });
    this.#typing = new TypingLine(channel);
    this.#list = new MessageList(chat, channel, this.#timeline, {
      write: () => this.focus(),
      quote: (text) => this.#composer.quote(text),
      read: (message) => this.#markRead(message),
      markUnread: (message) => this.#markUnread(message),
      openThread: (message) => this.openThread(message),
      showReply: (messageId) => this.#showReply(messageId),
    });
    const does = {
      send: (text, files, more) => this.#send(text, files, more),
      sendLater: (at, text, files, more) => chat.scheduled.create(channel.url, { text, files, at, more: { ...this.#mentions(text), ...more } }),
      editLast: () => this.#list.editLast(),
      walk: () => this.#list.walk(),
    };
    this.#composer = new Composer(chat, channel, { hasCommands: true, label, notice: chat.typingNotice(channel), draft: chat.drafts.at(channel.url), does });
    this.#scheduled = new ScheduledLine(chat, channel);
    const foot = h("footer", { class: "foot" }, this.#typing.node, this.#answers, this.#scheduled.node, this.#composer.node);
    const column = h("section", { class: "column", "aria-label": channel.title }, this.#head.node, this.#list.node, foot);
    new DropZone(column, (files) => this.#composer.attach(files));
    this.node = h("div", { class: "conversation" }, column);
  }

  /** Show it, from a message on when one is named. */
  open(messageId = null) {
    if (this.channel.unread > 0) this.#list.unreadAfter = this.channel.readAt;
    this.#endings = [
      this.channel.changed.listen(() => this.#draw()),
      this.#chat.pins(this.channel).changed.listen(() => this.#head.draw()),
      ...this.#head.open(),
      this.#chat.channels.arrived.listen((channel) => channel === this.channel && this.#arrived()),
    ];
    // What its menus offer depends on them.
    this.#chat.permissions(this.channel);
    this.#list.open(messageId);
    if (messageId === null && CAN_FOCUS.matches) this.focus();
  }

  /** Put a text where the next message is written. */
  write(text) {
    this.#composer.insert(text);
  }

  /** Write here. */
  focus() {
    this.#composer.focus();
  }

  close() {
    this.#endings.forEach((end) => end());
    this.#closePane();
    this.#list.close();
    this.#scheduled.close();
    this.#composer.close();
  }

  jumpTo(place) {
    return this.#list.jumpTo(place);
  }

  /** The replies to a message, beside the conversation; of a reply those of its thread, at one of them when it is named. */
  async openThread(message, replyId = null) {
    try {
      const parentId = message.parent_message_id || message.message_id;
      const [{ ThreadPane }, parent] = await Promise.all([import("./thread_pane.js"), this.#chat.message(this.channel, parentId)]);
      const close = () => this.#closeThread();
      this.#show(new ThreadPane(this.#chat, this.channel, parent, { close }));
      this.#pane.open(replyId);
    } catch (failure) {
      toastFailure(t("The thread could not be opened."), failure);
    }
  }

  /** What was looked for in the channel and is only in a thread of it. */
  async #showReply(messageId) {
    try {
      await this.openThread(await this.#chat.message(this.channel, messageId), messageId);
    } catch (failure) {
      toastFailure(t("The message could not be opened."), failure);
    }
  }

  #closeThread() {
    this.#closePane();
    this.focus();
  }

  #draw() {
    this.#head.draw();
    this.#typing.draw();
    this.#composer.draw();
    this.#pane?.draw();
    this.#list.draw();
  }

  /** Somebody sees the end of it. Replies count too: they have read them. */
  #markRead(message) {
    const { channel } = this;
    if (channel.unread > 0 && !this.#isLeftUnread) this.#chat.markRead(channel, channel.lastMessage ?? message);
  }

  /** It stays unread until this person says something, or comes back. */
  async #markUnread(message) {
    this.#isLeftUnread = true;
    try {
      await this.#chat.markUnread(this.channel, message);
      this.#list.unreadAfter = message.created_at - 1;
      this.#list.draw();
    } catch (failure) {
      this.#isLeftUnread = false;
      toastFailure(t("The message could not be marked."), failure);
    }
  }

  /** A message came: when nobody is looking, the line goes above the first of them. */
  #arrived() {
    if (!attention.present && this.channel.unread === 1) this.#list.unreadAfter = this.channel.readAt;
  }

  async #send(text, files, more = {}) {
    if (files.length === 0 && !more.poll_id && SlashCommands.mayBe(text) && (await this.#ran(text))) return;
    this.#list.unreadAfter = null;
    this.#isLeftUnread = false;
    this.#timeline.send(text, files, { ...this.#mentions(text), ...more });
    await this.#list.toEnd();
  }

  #mentions(text) {
    return mentionParams(text, this.channel.members.values());
  }

  /** Whether a text was for a program that answers it; when it could not be asked, the text is there again. */
  async #ran(text) {
    try {
      const { runCommand } = await import("./slash_answer.js");
      return await runCommand(this.#chat, this.channel, text, this.#answers);
    } catch (failure) {
      toastFailure(t("The command was not run."), failure);
      this.#composer.restore(text);
      return true;
    }
  }

  #toggleDetails() {
    if (!this.#pane?.isDetails) return this.#showDetails("about");
    this.#closePane();
    this.#head.focus();
  }

  async #showDetails(tab) {
    if (this.#pane?.isDetails) return this.#pane.choose(tab);
    const opening = ++this.#panes;
    const { DetailsPane } = await import("./details_pane.js");
    const does = { close: () => this.#toggleDetails(), went: () => IS_NARROW.matches && this.#closePane() };
    const pane = await DetailsPane.open(this.#chat, this.channel, tab, does);
    // Somebody may have gone elsewhere meanwhile.
    if (opening === this.#panes) this.#show(pane);
    else pane.close();
  }

  #show(pane) {
    this.#closePane();
    this.#pane = pane;
    this.node.append(pane.node);
    this.#head.expanded = pane.isDetails === true;
  }

  #closePane() {
    this.#panes += 1;
    this.#pane?.close();
    this.#pane?.node.remove();
    this.#pane = null;
    this.#head.expanded = false;
  }
}
