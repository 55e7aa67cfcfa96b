import { nameOf } from "../sdk/index.js";
import { openDialog } from "./dialog.js";
import { h, show } from "./element.js";
import { icon, iconButton } from "./icon.js";
import { KeyedChildren } from "./keyed.js";
import { counted, locale, t } from "./language.js";
import { openBanned, openMemberMenu } from "./member_menu.js";
import { personName, personPicture } from "./person_link.js";
import { PersonPicker } from "./person_picker.js";
import { rowButton } from "./row_button.js";
import { submitForm } from "./submit.js";
import { toastFailure } from "./toast.js";

const PAUSE_MS = 200;
// With fewer members everybody is in view anyway.
const FEWEST_TO_FILTER = 6;

/** Who is in a conversation, operators first, and what can be done about that. */
export class MembersTab {
  #chat;
  #channel;
  #permissions;
  #timer = 0;
  #ending;
  #count = h("h3", { class: "label" });
  #list = h("ul", { class: "members", "aria-label": t("Members") });
  #rows = new KeyedChildren(this.#list);
  #filter = h("input", { type: "search", class: "input", placeholder: t("Find a member"), "aria-label": t("Find a member"), oninput: () => this.#later() });
  #none = h("p", { class: "people-none" }, t("Nobody has this name."));
  #add = rowButton("person-add", t("Add people"), () => this.#askWhom());
  #more = rowButton("down", t("Show more"), () => this.#loadMore());
  #banned = rowButton("ban", t("Banned people"), () => openBanned(this.#chat, this.#channel));

  constructor(chat, channel) {
    this.#chat = chat;
    this.#channel = channel;
    this.#permissions = chat.permissions(channel);
    this.node = h("div", {}, this.#filter, this.#count, this.#add, this.#list, this.#none, this.#more, this.#banned);
    this.#ending = this.#permissions.changed.listen(() => this.draw());
    this.draw();
  }

  close() {
    clearTimeout(this.#timer);
    this.#ending();
  }

  draw() {
    const channel = this.#channel;
    const isFiltered = this.#wanted !== "";
    const shown = this.#shown();
    this.#count.textContent = counted(channel.memberCount, "{count} member", "{count} members");
    this.#rows.update(shown.map((member) => this.#item(member)));
    show(this.#filter, channel.memberCount >= FEWEST_TO_FILTER);
    show(this.#none, isFiltered && shown.length === 0);
    show(this.#add, !channel.isDirect && !isFiltered && this.#permissions.may("invite"));
    show(this.#more, channel.hasMoreMembers && !isFiltered);
    show(this.#banned, channel.isOperator && !channel.isDirect && !isFiltered);
  }

  get #wanted() {
    return this.#filter.value.trim().toLocaleLowerCase();
  }

  #shown() {
    const found = [...this.#channel.members.values()].filter((member) => this.#isWanted(member));
    const isOperator = ({ role }) => role === "operator";
    return found.sort((a, b) => isOperator(b) - isOperator(a) || nameOf(a).localeCompare(nameOf(b), locale));
  }

  #isWanted({ user_id, nickname }) {
    const words = [user_id, nickname.toLocaleLowerCase(), ...nickname.toLocaleLowerCase().split(/\s+/)];
    return words.some((word) => word.startsWith(this.#wanted));
  }

  #item(member) {
    const mayChange = this.#channel.isOperator && !this.#channel.isDirect && member.user_id !== this.#chat.me.user_id;
    const signature = JSON.stringify([member.nickname, member.profile_url, member.role, member.is_muted, mayChange]);
    return { key: member.user_id, signature, render: () => this.#row(member, mayChange) };
  }

  #row(member, mayChange) {
    const name = nameOf(member);
    const isMe = member.user_id === this.#chat.me.user_id;
    const words = h("span", { class: "person-name" }, h("bdi", {}, personName(member)), isMe && ` ${t("(you)")}`, h("small", {}, `@${member.user_id}`));
    const more = ({ currentTarget }) => openMemberMenu(this.#chat, this.#channel, this.#channel.members.get(member.user_id) ?? member, currentTarget);
    return h(
      "li",
      { class: "person" },
      personPicture(member),
      words,
      member.is_muted && h("span", { class: "muted-sign", title: t("Muted") }, icon("mute"), h("span", { class: "unseen" }, t("Muted"))),
      member.role === "operator" && h("span", { class: "role" }, t("Admin")),
      mayChange && iconButton("more", t("What to do about {name}", { name }), more, { class: "small", "aria-haspopup": "menu" }),
    );
  }

  #later() {
    this.draw();
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#search(), PAUSE_MS);
  }

  /** Of a large channel only some members are here: the server knows all. */
  async #search() {
    try {
      await this.#chat.memberSearch.fetch(this.#channel, this.#wanted);
    } catch (failure) {
      toastFailure(t("The members could not be loaded."), failure);
    }
  }

  async #loadMore() {
    try {
      await this.#chat.membership.more(this.#channel);
    } catch (failure) {
      toastFailure(t("The members could not be loaded."), failure);
    }
  }

  #askWhom() {
    const excluded = new Set(this.#channel.members.keys());
    const picker = new PersonPicker(this.#chat.people, { several: true, excluded });
    const work = async () => {
      if (picker.chosen.size > 0) await this.#chat.membership.invite(this.#channel, [...picker.chosen.keys()]);
      opened.close();
    };
    const opened = openDialog(t("Add people to {name}", { name: this.#channel.title }), submitForm({ fields: [picker.node], button: t("Add"), work }));
    picker.input.focus();
  }
}
