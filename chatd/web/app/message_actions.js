import { mentionParams } from "../sdk/index.js";
import { copyText } from "./clipboard.js";
import { icon } from "./icon.js";
import { t } from "./language.js";
import { later } from "./later.js";
import { Mentions } from "./mentions.js";
import { menuItem, openMenu } from "./menu.js";
import { whenReleased } from "./press.js";
import { route } from "./route.js";
import { toast, toastFailure } from "./toast.js";

/** What a person does with a message of the open conversation. */
export class MessageActions {
  /** The message_id of the one that is being rewritten, or null. */
  editing = null;

  #timeline;
  #channel;
  #view;

  /**
   * `view`: {chat, draw(), focus(), quote(text), row(message), chooseDay(button)}, and in a channel {openThread(message), markUnread(message)}.
   */
  constructor(timeline, channel, view) {
    this.#timeline = timeline;
    this.#channel = channel;
    this.#view = view;
  }

  /** Whether messages here begin threads. */
  get hasThreads() {
    return this.#view.openThread !== undefined;
  }

  openThread(message) {
    this.#view.openThread(message);
  }

  chooseDay(button) {
    this.#view.chooseDay(button);
  }

  /** Answer to the words of a message, with the names that people have now, so that nobody is mentioned again. */
  quote(message) {
    const { chat } = this.#view;
    this.#view.quote(new Mentions(message, { channel: this.#channel, me: chat.me }).named(message.message));
  }

  edit(message) {
    if (!message?.message || message.poll) return;
    this.editing = message.message_id;
    this.#view.draw();
    // Not before the button that asked for it was let go: until then nothing is drawn anew.
    whenReleased(this, () => this.#writeIn(this.#view.row(message)));
  }

  cancel() {
    this.editing = null;
    this.#view.draw();
    this.#view.focus();
  }

  async save(message, text) {
    try {
      await this.#timeline.edit(message, text, mentionParams(text, [...this.#channel.members.values(), ...(message.mentioned_users ?? [])]));
      this.cancel();
    } catch (failure) {
      toastFailure(t("The message was not changed."), failure);
    }
  }

  async remove(message) {
    const question = { title: t("Delete this message?"), text: t("It disappears for everybody."), action: t("Delete") };
    if (!(await later(() => import("./confirm.js"), ({ confirm }) => confirm(question)))) return;
    try {
      await this.#timeline.remove(message);
    } catch (failure) {
      toastFailure(t("The message was not deleted."), failure);
    }
    this.#view.focus();
  }

  async copy(message) {
    await copyText(message.message);
    toast(t("Copied"));
  }

  async copyLink(message) {
    await copyText(`${location.origin}/${route.to(this.#channel.url, message.message_id)}`);
    toast(t("Link copied"));
  }

  async react(message, reaction, isAdded) {
    try {
      await this.#timeline.react(message, reaction, isAdded);
    } catch (failure) {
      toastFailure(t("Your reaction did not arrive."), failure);
    }
  }

  chooseReaction(message, button) {
    later(() => import("./emoji_picker.js"), ({ pickEmoji }) => pickEmoji(button, (emoji) => this.react(message, emoji, true)));
  }

  /** `options` as of a popover. */
  async showMore(message, rights, button, options) {
    const { menuItems } = await import("./message_menu.js");
    openMenu(button, t("Message"), [
      message.message && menuItem(icon("copy"), t("Copy text"), () => this.copy(message)),
      message.message && menuItem(icon("quote"), t("Quote"), () => this.quote(message)),
      menuItem(icon("link"), t("Copy link"), () => this.copyLink(message)),
      this.hasThreads && !rights.edit && menuItem(icon("bell"), t("Mark as unread"), () => this.#view.markUnread(message)),
      ...(await menuItems(this.#view.chat, this.#channel, message)),
      rights.remove && menuItem(icon("trash"), t("Delete"), () => this.remove(message), "danger-text"),
    ], options);
  }

  #writeIn(row) {
    const field = row?.querySelector(".editor textarea");
    if (!field) return;
    row.scrollIntoView({ block: "nearest" });
    field.focus();
    field.setSelectionRange(field.value.length, field.value.length);
  }

  retry(outgoing) {
    this.#timeline.outbox.retry(outgoing);
  }

  discard(outgoing) {
    this.#timeline.outbox.discard(outgoing);
  }
}
