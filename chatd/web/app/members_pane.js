import { nameOf } from "../sdk/index.js";
import { avatar, channelAvatar } from "./avatar.js";
import { confirm } from "./confirm.js";
import { openDialog } from "./dialog.js";
import { h } from "./element.js";
import { Field } from "./field.js";
import { icon, iconButton } from "./icon.js";
import { counted, locale, t } from "./language.js";
import { notificationChoice } from "./notification_choice.js";
import { PersonPicker } from "./person_picker.js";
import { submitForm } from "./submit.js";
import { toastFailure } from "./toast.js";

/** Who is in a conversation, and what a member can do about that. */
export class MembersPane {
  #chat;
  #channel;
  #body = h("div", { class: "pane-body" });
  #shown = "";

  constructor(chat, channel, { close }) {
    this.#chat = chat;
    this.#channel = channel;
    const head = h("header", { class: "pane-head" }, h("h2", {}, t("Details")), iconButton("close", t("Close details"), close));
    this.node = h("aside", { class: "pane", "aria-label": t("Details") }, head, this.#body);
    this.node.addEventListener("keydown", ({ key }) => key === "Escape" && close());
    this.draw();
  }

  draw() {
    const channel = this.#channel;
    const people = [...channel.members.values()].sort((a, b) => nameOf(a).localeCompare(nameOf(b), locale));
    const count = channel.memberCount;
    const shown = JSON.stringify([channel.title, channel.isOperator, channel.notifications, count, people.map((each) => [each.user_id, each.nickname, each.role])]);
    // Drawing again what has not changed would take the focus from it.
    if (shown === this.#shown) return;
    this.#shown = shown;
    this.#body.replaceChildren(
      h("div", { class: "pane-title" }, channelAvatar(channel, "large"), h("h3", { dir: "auto" }, channel.title), this.#rename()),
      notificationChoice(this.#chat, channel),
      h("h4", { class: "label" }, counted(count, "{count} member", "{count} members")),
      ...(channel.isDirect ? [] : [this.#action("person-add", t("Add people"), () => this.#add())]),
      h("ul", { class: "members" }, people.map((member) => this.#row(member))),
      ...(channel.hasMoreMembers ? [this.#action("down", t("Show more"), () => this.#more())] : []),
      ...(channel.isDirect ? [] : [this.#action("leave", t("Leave group"), () => this.#leave(), "danger-text")]),
    );
  }

  close() {}

  #row(member) {
    const isMe = member.user_id === this.#chat.me.user_id;
    const name = h("span", { class: "person-name" }, h("bdi", {}, nameOf(member)), isMe && ` ${t("(you)")}`, h("small", {}, `@${member.user_id}`));
    return h("li", { class: "person" }, avatar(member), name, member.role === "operator" && h("span", { class: "role" }, t("Admin")));
  }

  #action(drawing, label, onclick, extra = "") {
    return h("button", { type: "button", class: `row-button ${extra}`, onclick }, h("span", { class: "row-sign" }, icon(drawing)), label);
  }

  #rename() {
    if (this.#channel.isDirect || !this.#channel.isOperator) return null;
    return h("button", { type: "button", class: "link", onclick: () => this.#askName() }, t("Rename"));
  }

  #askName() {
    const field = new Field({ label: t("Group name"), value: this.#channel.name, maxlength: "191", autofocus: true });
    const work = async () => {
      if (!field.value.trim()) return field.complain(t("Give the group a name."));
      await this.#chat.rename(this.#channel, field.value.trim());
      opened.close();
    };
    const opened = openDialog(t("Rename group"), submitForm({ fields: [field.node], button: t("Save"), work }));
  }

  #add() {
    const excluded = new Set(this.#channel.members.keys());
    const picker = new PersonPicker(this.#chat.people, { several: true, excluded });
    const work = async () => {
      if (picker.chosen.size > 0) await this.#chat.invite(this.#channel, [...picker.chosen.keys()]);
      opened.close();
    };
    const opened = openDialog(t("Add people to {name}", { name: this.#channel.title }), submitForm({ fields: [picker.node], button: t("Add"), work }));
    picker.input.focus();
  }

  async #more() {
    try {
      await this.#chat.moreMembers(this.#channel);
    } catch (failure) {
      toastFailure(t("The members could not be loaded."), failure);
    }
  }

  async #leave() {
    const text = t("You will not see its messages any more. Somebody inside can add you again.");
    if (!(await confirm({ title: t("Leave {name}?", { name: this.#channel.title }), text, action: t("Leave") }))) return;
    try {
      await this.#chat.leave(this.#channel);
    } catch (failure) {
      toastFailure(t("You are still a member."), failure);
    }
  }
}
