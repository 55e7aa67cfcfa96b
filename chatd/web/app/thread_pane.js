import { mentionParams } from "../sdk/index.js";
import { Composer } from "./composer.js";
import { DropZone } from "./drop_zone.js";
import { h } from "./element.js";
import { FollowButton } from "./follow_button.js";
import { iconButton } from "./icon.js";
import { t } from "./language.js";
import { MessageList } from "./message_list.js";

const NO_NOTICE = { began() {}, stopped() {} };

/** The replies to a message, and the field to reply in. */
export class ThreadPane {
  #channel;
  #follow;
  #timeline;
  #around;
  #ending = () => {};
  #list;
  #composer;
  #toChannel = h("input", { type: "checkbox" });

  constructor(chat, channel, message, { close }) {
    this.#channel = channel;
    this.#follow = new FollowButton(chat.threads, message);
    this.#timeline = chat.thread(channel, message);
    this.#around = chat.timeline(channel);
    this.#list = new MessageList(chat, channel, this.#timeline, {
      write: () => this.#composer.focus(), quote: (text) => this.#composer.quote(text), read: () => this.#timeline.markRead(),
    }, message);
    const does = {
      send: (text, files, more) => this.#send(text, files, more),
      sendLater: (at, text, files, more) => {
        return chat.scheduled.create(channel.url, { text, files, at, more: { ...this.#where(text), ...more, parent_message_id: message.message_id } });
      },
      editLast: () => this.#list.editLast(),
      walk: () => this.#list.walk(),
    };
    const draft = chat.drafts.at(channel.url, message.message_id);
    this.#composer = new Composer(chat, channel, { notice: NO_NOTICE, draft, does, label: t("Reply") });
    const head = h("header", { class: "pane-head" }, h("h2", {}, t("Thread")), this.#follow.node, iconButton("close", t("Close the thread"), close));
    const also = h("label", { class: "also" }, this.#toChannel, t("Also send to {name}", { name: channel.title }));
    const foot = h("footer", { class: "foot" }, this.#composer.node, also);
    this.node = h("aside", { class: "pane thread", "aria-label": t("Thread") }, head, this.#list.node, foot);
    this.node.addEventListener("keydown", (event) => event.key === "Escape" && !event.defaultPrevented && close());
    new DropZone(this.node, (files) => this.#composer.attach(files));
  }

  /** Show it, at a reply when one is named. */
  open(replyId = null) {
    this.#ending = this.#around.changed.listen(() => this.draw());
    this.#list.open(replyId);
    if (replyId === null) this.#composer.focus();
  }

  close() {
    this.#ending();
    this.#follow.close();
    this.#list.close();
    this.#composer.close();
  }

  draw() {
    this.#list.parent = this.#around.find(this.#list.parent.message_id) ?? this.#list.parent;
    this.#list.draw();
  }

  async #send(text, files, more = {}) {
    this.#timeline.send(text, files, { ...this.#where(text), ...more });
    this.#toChannel.checked = false;
    await this.#list.toEnd();
  }

  /** Whom a reply mentions, and whether it is for the channel too. */
  #where(text) {
    return { ...mentionParams(text, this.#channel.members.values()), reply_to_channel: this.#toChannel.checked };
  }
}
