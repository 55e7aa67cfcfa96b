import { nameOf } from "../sdk/index.js";
import { avatar } from "./avatar.js";
import { h } from "./element.js";
import { t } from "./language.js";
import { SecondFactor } from "./second_factor.js";
import { selectField } from "./select_field.js";
import { toastFailure } from "./toast.js";

const WHO = { everybody: t("Everybody"), contacts: t("People in my conversations"), nobody: t("Nobody") };

/** Who sees whether a person is here, and whom they have blocked. */
export class PrivacyPage {
  #chat;
  #endings;
  #presence = h("div", {});
  #blocked = h("ul", { class: "people blocked", "aria-label": t("Blocked people") });

  constructor({ chat, account }) {
    this.#chat = chat;
    const about = t("They cannot write to you alone, and do not see whether you are online. They are not told.");
    const list = h("section", { class: "settings-part" }, h("h3", { class: "label" }, t("Blocked people")), h("p", { class: "field-note" }, about), this.#blocked);
    this.node = h("div", { class: "settings-parts" }, this.#presence, list, new SecondFactor(account).node);
    this.#endings = [chat.profile.changed.listen(() => this.#drawPresence()), chat.blocks.changed.listen(() => this.#drawBlocked())];
    this.#load();
  }

  close() {
    this.#endings.forEach((end) => end());
  }

  async #load() {
    this.#blocked.replaceChildren(h("li", { class: "people-none" }, h("span", { class: "spinner" })));
    try {
      await Promise.all([this.#chat.profile.loadVisibility(), this.#chat.blocks.ready()]);
      this.#drawPresence();
      this.#drawBlocked();
    } catch (failure) {
      toastFailure(t("Your settings could not be loaded."), failure);
    }
  }

  #drawPresence() {
    const { profile } = this.#chat;
    const field = selectField({
      label: t("Who sees whether I am online"), options: WHO, value: profile.visibleTo, choose: (value) => profile.showTo(value),
      hint: t("With “Nobody” you are invisible: always shown as away."),
    });
    const hadFocus = this.#presence.contains(document.activeElement);
    this.#presence.replaceChildren(field.node);
    if (hadFocus) field.select.focus();
  }

  #drawBlocked() {
    const rows = this.#chat.blocks.users.map((user) => this.#row(user));
    this.#blocked.replaceChildren(...(rows.length ? rows : [h("li", { class: "people-none" }, t("You have blocked nobody."))]));
  }

  #row(user) {
    const words = h("span", { class: "person-name" }, h("bdi", {}, nameOf(user)), h("small", {}, `@${user.user_id}`));
    const label = t("Unblock {name}", { name: nameOf(user) });
    return h("li", { class: "person" }, avatar(user), words, h("button", { type: "button", class: "button small", "aria-label": label, onclick: () => this.#unblock(user) }, t("Unblock")));
  }

  async #unblock(user) {
    try {
      await this.#chat.blocks.remove(user);
    } catch (failure) {
      toastFailure(t("{name} is still blocked.", { name: nameOf(user) }), failure);
    }
  }
}
