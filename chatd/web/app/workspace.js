import { Chat, Stars } from "../sdk/index.js";
import { announce } from "./announcer.js";
import { attention } from "./attention.js";
import { Conversation } from "./conversation.js";
import { h } from "./element.js";
import { nothingOpen } from "./empty.js";
import { t } from "./language.js";
import { followLanguages } from "./language_choice.js";
import { later } from "./later.js";
import { asked } from "./person_link.js";
import { route } from "./route.js";
import { listenForHelp } from "./shortcuts.js";
import { Side } from "./side.js";
import { Sidebar } from "./sidebar.js";
import { StateNotice } from "./state_notice.js";
import { toast, toastFailure } from "./toast.js";
import { typeface } from "./typeface.js";
import { keepUnsaved, restoreUnsaved } from "./unsaved_drafts.js";

const WIDE = matchMedia("(min-width: 760px)");

/** All that a signed-in person sees: the list of conversations and the one that is open. */
export class Workspace {
  #account;
  #userId;
  #chat;
  #context;
  #sidebar;
  #side;
  #main = h("main", { class: "main" });
  #conversation = null;
  #endings = [];
  #left;

  constructor(account, person, { left }) {
    this.#account = account;
    this.#userId = person.user_id;
    this.#left = left;
    const scheme = location.protocol === "https:" ? "wss" : "ws";
    const url = `${scheme}://${location.host}/connection/websocket`;
    this.#chat = new Chat({ url, getToken: () => account.token(), user: person.user_id });
    this.#context = { chat: this.#chat, stars: new Stars(account), account, login: person.login, role: person.role, signOut: () => this.#signOut() };
    this.#sidebar = new Sidebar(this.#context, { again: () => this.#conversation?.focus(), openSide: (kind) => this.#side.open(kind) });
    const notice = new StateNotice(this.#chat);
    const skip = h("button", { type: "button", class: "skip", onclick: () => this.#skip() }, t("Skip to the conversation"));
    const name = h("h1", { class: "unseen" }, "chatd");
    this.node = h("div", { class: "workspace" }, skip, name, this.#sidebar.node, this.#main, notice.node);
    this.#side = new Side(this.#chat, this.node);
    this.#endings.push(() => notice.close(), () => this.#sidebar.close(), () => this.#side.end());
  }

  /** What the server says of the account now, which may be another role. */
  know({ login, role }) {
    Object.assign(this.#context, { login, role });
  }

  open() {
    const chat = this.#chat;
    // Once, when the page begins: nobody who is writing wants it to begin anew.
    const known = chat.meChanged.listen(() => {
      known();
      followLanguages(chat.me);
    });
    this.#endings.push(
      known,
      route.changed.listen(() => this.#show()),
      chat.ended.listen(() => this.#leave()),
      chat.channels.changed.listen(() => this.#follow()),
      chat.scheduled.failed.listen(({ reason }) => toast(t("A scheduled message was not sent: {reason}", { reason }), "failure")),
      chat.channels.arrived.listen((channel, message) => this.#tell(channel, message)),
      asked.listen((user, button) => this.#showPerson(user, button)),
      attention.changed.listen((present) => present && this.#lookAgain()),
      listenForHelp(),
    );
    restoreUnsaved(chat, this.#userId);
    const save = () => keepUnsaved(chat, this.#userId);
    window.addEventListener("pagehide", save);
    this.#endings.push(() => window.removeEventListener("pagehide", save));
    const keys = (event) => this.#key(event);
    window.addEventListener("keydown", keys);
    this.#endings.push(() => window.removeEventListener("keydown", keys));
    this.#loadStars();
    this.#show();
    chat.open();
  }

  #key(event) {
    if (event.altKey || !(event.ctrlKey || event.metaKey)) return;
    if (event.code === "KeyF" && event.shiftKey) this.#side.open("search");
    else if (event.code === "KeyK" && !event.shiftKey) this.#openPalette();
    else return;
    event.preventDefault();
  }

  /** Somebody is back at the page. What the stream does not tell may have changed on another device. */
  #lookAgain() {
    this.#chat.hurry();
    this.#loadStars();
  }

  async #loadStars() {
    try {
      await this.#context.stars.load();
    } catch (failure) {
      console.info("stars not loaded:", failure.message);
    }
  }

  #openPalette() {
    if (document.querySelector("dialog[open]")) return;
    const does = { search: () => this.#side.open("search"), current: () => this.#conversation?.channel ?? null };
    later(() => import("./palette.js"), ({ openPalette }) => openPalette(this.#context, does));
  }

  /** The channels have changed: the one to show may be there now, or gone. */
  #follow() {
    this.#title();
    if (!this.#chat.channels.loaded) return;
    const first = this.#chat.channels.ordered.find((channel) => !channel.isHidden);
    if (route.channelUrl === null && WIDE.matches && first) route.replace(first.url);
    else if (!this.#conversation?.channel.joined) this.#show();
  }

  async #show() {
    const url = route.channelUrl;
    if (this.#conversation && this.#conversation.channel.url === url && this.#conversation.channel.joined) {
      if (route.isThread) this.#conversation.openThread({ message_id: route.messageId });
      else if (route.messageId !== null) this.#conversation.jumpTo({ message_id: route.messageId });
      return;
    }
    this.#conversation?.close();
    this.#conversation = null;
    this.node.dataset.view = url === null ? "list" : "conversation";
    if (url === null || !this.#chat.channels.loaded) this.#clear();
    else await this.#find(url);
    this.#sidebar.select(this.#conversation?.channel ?? null);
    this.#title();
  }

  async #find(url) {
    try {
      const channel = await this.#chat.channels.find(url);
      if (route.channelUrl !== url) return;
      if (channel) this.#present(channel);
      else route.replace(null);
    } catch (failure) {
      toastFailure(t("The conversation could not be opened."), failure);
      if (route.channelUrl === url) route.replace(null);
    }
  }

  #present(channel) {
    this.#conversation?.close();
    this.#conversation = new Conversation(this.#chat, channel, { search: () => this.#side.open("search", { channel }) });
    this.#main.replaceChildren(this.#conversation.node);
    this.#conversation.open(route.isThread ? null : route.messageId);
    if (route.isThread) this.#conversation.openThread({ message_id: route.messageId });
    this.#settle(this.#chat.timeline(channel));
  }

  #settle(timeline) {
    if (timeline.state === "ready") return afterwards();
    const ended = timeline.changed.listen(() => {
      if (timeline.state !== "ready") return;
      ended();
      afterwards();
    });
  }

  #clear() {
    const { loaded, ordered } = this.#chat.channels;
    if (loaded) afterwards();
    this.#main.replaceChildren(nothingOpen({ loading: !loaded, any: ordered.length > 0 }));
  }

  /** Past the list, to where one writes. */
  #skip() {
    if (this.#conversation) this.#conversation.focus();
    else this.#sidebar.focus();
  }

  #tell(channel, message) {
    const isOpen = channel === this.#conversation?.channel;
    if (!isOpen && !this.#chat.notifications.wants(channel, message, this.#chat.me)) return;
    const name = message.user?.nickname ?? "";
    const values = { name, place: channel.title, text: message.message || t("files") };
    if (!attention.present) quietly(import("./desktop.js").then(({ notifyOf }) => notifyOf(this.#chat, channel, message)));
    announce(channel.isDirect ? t("{name}: {text}", values) : t("{name} in {place}: {text}", values));
  }

  #showPerson(user, button) {
    later(() => import("./profile_card.js"), ({ openProfileCard }) => openProfileCard(this.#context, user, button, this.#conversation));
  }

  #title() {
    const unread = this.#chat.channels.unread;
    const title = this.#conversation?.channel.title;
    document.title = `${unread ? `(${unread}) ` : ""}${title ? `${title} · ` : ""}chatd`;
  }

  /** Who is signed out is notified here no more. */
  #forgetDevice() {
    return quietly(import("./device.js").then(({ device }) => device.turnOff(this.#chat.notifications)));
  }

  async #signOut() {
    try {
      await this.#forgetDevice();
      await this.#account.signOut();
      this.#leave();
    } catch (failure) {
      toastFailure(t("You are still signed in."), failure);
    }
  }

  #leave() {
    this.#forgetDevice();
    this.#chat.wipe();
    this.#chat.close();
    this.#conversation?.close();
    this.#endings.forEach((end) => end());
    history.replaceState(null, "", "/");
    document.title = "chatd";
    this.#left();
  }
}

/** What comes when there is something to read. */
function afterwards() {
  typeface();
  quietly(import("./worker.js").then(({ registerWorker }) => registerWorker()));
}

/** What nobody has asked for need not work. */
function quietly(work) {
  return work.catch((failure) => console.info("without it:", failure.message));
}
