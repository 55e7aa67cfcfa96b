import { nameOf } from "../sdk/index.js";
import { channelAvatar } from "./avatar.js";
import { copyText } from "./clipboard.js";
import { dayName } from "./clock.js";
import { confirm } from "./confirm.js";
import { openDialog } from "./dialog.js";
import { h } from "./element.js";
import { Field } from "./field.js";
import { icon } from "./icon.js";
import { t } from "./language.js";
import { notificationChoice } from "./notification_choice.js";
import { route } from "./route.js";
import { rowButton } from "./row_button.js";
import { submitForm } from "./submit.js";
import { toast, toastFailure } from "./toast.js";

/** What a conversation is, and what concerns it as a whole. */
export class AboutTab {
  #chat;
  #channel;
  #permissions;
  #metadata;
  #shown = "";
  #endings;

  constructor(chat, channel) {
    this.#chat = chat;
    this.#channel = channel;
    this.#permissions = chat.permissions(channel);
    this.#metadata = chat.metadata(channel);
    this.node = h("div", {});
    this.#endings = [this.#permissions, this.#metadata].map(({ changed }) => changed.listen(() => this.draw()));
    this.draw();
  }

  close() {
    this.#endings.forEach((end) => end());
  }

  draw() {
    const channel = this.#channel;
    const shown = JSON.stringify([channel.title, channel.notifications, channel.isPublic, this.#topic, this.#mayEdit]);
    // Drawing again what has not changed would take the focus from it.
    if (shown === this.#shown) return;
    this.#shown = shown;
    this.node.replaceChildren(
      h("div", { class: "pane-title" }, channelAvatar(channel, "large"), h("h3", { dir: "auto" }, channel.title), this.#mayEdit && link(t("Rename"), () => this.#askName())),
      ...this.#topicParts(),
      notificationChoice(this.#chat, channel),
      this.#facts(),
      rowButton("link", t("Copy link"), () => this.#copyLink()),
      channel.isDirect ? "" : rowButton("leave", t("Leave group"), () => this.#leave(), "danger-text"),
    );
  }

  get #mayEdit() {
    return !this.#channel.isDirect && this.#permissions.may("edit_channel");
  }

  get #topic() {
    return this.#metadata.items.topic ?? this.#channel.importedTopic;
  }

  #topicParts() {
    if (this.#channel.isDirect || !(this.#topic || this.#mayEdit)) return [];
    const words = this.#topic ? h("p", { class: "topic", dir: "auto" }, this.#topic) : h("p", { class: "topic none" }, t("Nobody has said yet what this is about."));
    const edit = this.#mayEdit && link(this.#topic ? t("Edit") : t("Add a topic"), () => this.#askTopic());
    return [h("div", { class: "pane-part" }, h("h4", { class: "label" }, t("Topic")), words, edit)];
  }

  #facts() {
    const { createdAt, createdBy, isPublic, isDirect } = this.#channel;
    const kind = isPublic ? t("Public: everybody here can join") : t("Private: only those who were added");
    const since = createdBy ? t("Created by {name}", { name: nameOf(createdBy) }) : t("Created");
    return h("ul", { class: "facts" }, !isDirect && h("li", {}, icon(isPublic ? "people" : "lock"), kind), h("li", {}, icon("calendar"), `${since} · ${dayName(createdAt)}`));
  }

  #askName() {
    const field = new Field({ label: t("Group name"), value: this.#channel.name, maxlength: "191", autofocus: true });
    const work = async () => {
      if (!field.value.trim()) return field.complain(t("Give the group a name."));
      await this.#chat.channels.rename(this.#channel, field.value.trim());
      opened.close();
    };
    const opened = openDialog(t("Rename group"), submitForm({ fields: [field.node], button: t("Save"), work }));
  }

  #askTopic() {
    const field = new Field({ label: t("Topic"), value: this.#topic, maxlength: "190", autofocus: true, hint: t("What people talk about here, in a sentence.") });
    const work = async () => {
      await this.#metadata.set("topic", field.value.trim());
      opened.close();
    };
    const opened = openDialog(t("Topic"), submitForm({ fields: [field.node], button: t("Save"), work }));
  }

  async #copyLink() {
    await copyText(`${location.origin}/${route.to(this.#channel.url)}`);
    toast(t("Link copied"));
  }

  async #leave() {
    const text = t("You will not see its messages any more. Somebody inside can add you again.");
    if (!(await confirm({ title: t("Leave {name}?", { name: this.#channel.title }), text, action: t("Leave") }))) return;
    try {
      await this.#chat.channels.leave(this.#channel);
    } catch (failure) {
      toastFailure(t("You are still a member."), failure);
    }
  }
}

function link(label, onclick) {
  return h("button", { type: "button", class: "link", onclick }, label);
}
