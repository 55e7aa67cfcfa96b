import { nameOf } from "../sdk/index.js";
import { avatar } from "./avatar.js";
import { dayName, fullMoment } from "./clock.js";
import { confirm } from "./confirm.js";
import { h, show } from "./element.js";
import { icon } from "./icon.js";
import { t, told } from "./language.js";
import { openPopover } from "./popover.js";
import { presenceDot, presenceText } from "./presence_words.js";
import { route } from "./route.js";
import { statusText } from "./status_words.js";
import { stylesheet } from "./stylesheet.js";
import { toast, toastFailure } from "./toast.js";

/** Who somebody is, beside a button. `conversation`: the one that is open, or null; `context` as for the settings. */
export async function openProfileCard(context, user, button, conversation) {
  await stylesheet("profile");
  new ProfileCard(context, user, button, conversation).open();
}

class ProfileCard {
  #context;
  #chat;
  #user;
  #button;
  #conversation;
  #popover;
  #endings = [];
  #picture = h("span", { class: "card-picture" });
  #presence = h("p", { class: "card-presence" });
  #status = h("p", { class: "card-status", dir: "auto" });
  #since = h("p", { class: "card-since" });
  #actions = h("div", { class: "card-actions" });
  #node;

  constructor(context, user, button, conversation) {
    this.#context = context;
    this.#chat = context.chat;
    this.#user = user;
    this.#button = button;
    this.#conversation = conversation;
    const name = h("h3", { dir: "auto" }, nameOf(user));
    const head = h("div", { class: "card-head" }, this.#picture, h("div", { class: "card-words" }, name, h("p", { class: "card-login", dir: "ltr" }, `@${user.user_id}`), this.#presence));
    this.#node = h("div", { class: "profile-card", role: "dialog", "aria-label": nameOf(user), tabindex: "-1" }, head, this.#status, this.#since, this.#actions);
  }

  open() {
    this.#popover = openPopover(this.#button, this.#node);
    this.#node.parentElement.addEventListener("toggle", ({ newState }) => newState === "closed" && this.#endings.forEach((end) => end()));
    this.#endings = [
      this.#chat.presence.watch([this.#user.user_id]),
      this.#chat.presence.changed.listen(() => this.#drawPresence()),
      this.#chat.blocks.changed.listen(() => this.#drawActions()),
    ];
    this.#drawPresence();
    this.#drawActions();
    this.#node.focus();
    this.#load();
  }

  async #load() {
    try {
      const [user] = await Promise.all([this.#chat.people.view(this.#user.user_id), this.#chat.blocks.ready()]);
      this.#user = { ...this.#user, ...user };
      const { expires_at } = user.status;
      this.#status.textContent = statusText(user);
      this.#status.title = expires_at ? t("Until {moment}", { moment: fullMoment(expires_at) }) : "";
      this.#since.textContent = t("Here since {day}", { day: dayName(user.created_at * 1000) });
      this.#drawPresence();
      this.#drawActions();
    } catch (failure) {
      this.#since.textContent = told(failure.message);
    }
  }

  #drawPresence() {
    const presence = this.#chat.presence.of(this.#user.user_id);
    this.#picture.replaceChildren(avatar(this.#user, "large"), presenceDot(presence));
    this.#presence.textContent = presenceText(presence);
    show(this.#status, this.#status.textContent !== "");
  }

  #drawActions() {
    const hadFocus = this.#actions.contains(document.activeElement);
    this.#actions.replaceChildren(...this.#offers().filter(Boolean));
    if (hadFocus) this.#actions.querySelector("button")?.focus();
  }

  #offers() {
    const { user_id: id } = this.#user;
    if (id === this.#chat.me.user_id) return [this.#offer("edit", t("Edit profile"), () => this.#editOwn())];
    const { channel } = this.#conversation ?? {};
    const member = channel && !channel.isDirect ? channel.members.get(id) : null;
    const isBlocked = this.#chat.blocks.has(id);
    return [
      channel?.partner?.user_id !== id && this.#offer("compose", t("Message"), () => this.#write()),
      member && this.#offer("at", t("Mention"), () => this.#mention()),
      member && channel.isOperator && this.#offer("more", t("Member…"), () => this.#showMemberMenu(channel, member)),
      this.#context.role === "owner" && this.#offer("key", t("Reset password"), () => this.#resetPassword()),
      isBlocked ? this.#offer("ban", t("Unblock"), () => this.#unblock(), false) : this.#offer("ban", t("Block"), () => this.#block()),
    ];
  }

  #offer(drawing, label, work, closes = true) {
    const act = () => {
      if (closes) this.#popover.close();
      work();
    };
    return h("button", { type: "button", class: "card-action", onclick: act }, icon(drawing), label);
  }

  async #editOwn() {
    const { openSettings } = await import("./settings.js");
    openSettings(this.#context);
  }

  async #write() {
    try {
      route.open((await this.#chat.channels.openDirect(this.#user.user_id)).url);
    } catch (failure) {
      toastFailure(t("The conversation could not be started."), failure);
    }
  }

  #mention() {
    this.#conversation.write(`@${this.#user.user_id} `);
  }

  async #showMemberMenu(channel, member) {
    const { openMemberMenu } = await import("./member_menu.js");
    openMemberMenu(this.#chat, channel, member, this.#button);
  }

  async #resetPassword() {
    const { openReset } = await import("./reset_dialog.js");
    openReset(this.#context.account, this.#user);
  }

  async #block() {
    const name = nameOf(this.#user);
    const text = t("They cannot write to you alone any more, and do not see whether you are online. They are not told.");
    if (!(await confirm({ title: t("Block {name}?", { name }), text, action: t("Block") }))) return;
    await this.#attempt(() => this.#chat.blocks.add(this.#user), t("{name} is blocked", { name }));
  }

  #unblock() {
    return this.#attempt(() => this.#chat.blocks.remove(this.#user), t("{name} is not blocked any more", { name: nameOf(this.#user) }));
  }

  async #attempt(work, done) {
    try {
      await work();
      toast(done);
    } catch (failure) {
      toastFailure(t("That was refused."), failure);
    }
  }
}
