import { accountMenu } from "./account_menu.js";
import { ConversationList } from "./conversation_list.js";
import { h, show } from "./element.js";
import { icon, iconButton } from "./icon.js";
import { t } from "./language.js";
import { later } from "./later.js";

/** The list of conversations, with what there is to do beside talking. */
export class Sidebar {
  #chat;
  #list;
  #filter;
  #onlyUnread = iconButton("filter", t("Only unread"), () => this.#toggleUnread(), { class: "only-unread", "aria-pressed": "false" });
  #threads = h("span", { class: "badge", hidden: true });
  #endings;

  /** `context`: {chat, stars, account, login, role, signOut}; `again()`: what is open was chosen again; `openSide(kind)`: see side.js. */
  constructor(context, { again, openSide }) {
    const { chat, account, stars } = context;
    this.#chat = chat;
    this.#filter = h("input", { type: "search", class: "filter", placeholder: t("Find a conversation"), "aria-label": t("Find a conversation"), oninput: () => this.#list.find(this.#filter.value) });
    this.#list = new ConversationList(chat, stars, { adds: this.#adds, again });
    const menu = accountMenu(context);
    this.node = h(
      "nav",
      { class: "sidebar", "aria-label": t("Conversations") },
      h(
        "header",
        { class: "sidebar-head" },
        menu.node,
        h("h2", {}, t("Chats")),
        iconButton("search", t("Search messages"), () => openSide("search"), { "aria-keyshortcuts": "Control+Shift+F" }),
        iconButton("compose", t("New conversation"), () => later(() => import("./new_conversation.js"), ({ openNewConversation }) => openNewConversation(chat))),
      ),
      h("div", { class: "filter-box" }, icon("search"), this.#filter, this.#onlyUnread),
      h("div", { class: "side-links" }, this.#link("threads", "reply", t("Threads"), openSide, this.#threads), this.#link("saved", "bookmark", t("For later"), openSide)),
      this.#list.node,
      h("button", { type: "button", class: "invite", onclick: () => later(() => import("./invite_dialog.js"), ({ openInvite }) => openInvite(account)) }, icon("person-add"), t("Invite people")),
    );
    this.node.addEventListener("keydown", (event) => this.#key(event));
    this.#endings = [chat.channels.changed.listen(() => this.#begin()), chat.threads.changed.listen(() => this.#drawThreads()), menu.close];
    // The words for "how long ago" grow old.
    const clock = setInterval(() => this.#list.draw(), 60_000);
    this.#endings.push(() => clearInterval(clock), () => this.#list.close());
    this.#list.draw();
  }

  /** What the buttons of sections do. */
  get #adds() {
    return {
      channels: { label: t("Browse channels"), open: () => later(() => import("./browse_dialog.js"), ({ openBrowse }) => openBrowse(this.#chat)) },
      direct: { label: t("Write to somebody"), open: () => later(() => import("./new_conversation.js"), ({ openNewConversation }) => openNewConversation(this.#chat)) },
    };
  }

  close() {
    this.#endings.forEach((end) => end());
  }

  focus() {
    this.#filter.focus();
  }

  select(channel) {
    this.#list.select(channel);
  }

  #link(kind, drawing, label, openSide, ...more) {
    return h("button", { type: "button", class: "side-link", onclick: () => openSide(kind) }, icon(drawing), label, more);
  }

  #begin() {
    if (this.#chat.channels.loaded) this.#chat.threads.begin().catch((failure) => console.info("threads not loaded:", failure.message));
  }

  #toggleUnread() {
    this.#list.onlyUnread = !this.#list.onlyUnread;
    this.#onlyUnread.setAttribute("aria-pressed", String(this.#list.onlyUnread));
    this.#list.draw();
  }

  #drawThreads() {
    const { unread } = this.#chat.threads;
    show(this.#threads, unread > 0);
    this.#threads.replaceChildren(String(unread), h("span", { class: "unseen" }, ` ${t("unread")}`));
  }

  /** Arrows walk through the list; from the search field they enter it. */
  #key(event) {
    const { links } = this.#list;
    const at = links.indexOf(document.activeElement);
    if (at < 0 && document.activeElement !== this.#filter) return;
    const steps = { ArrowDown: at + 1, ArrowUp: at - 1, ...(at < 0 ? {} : { Home: 0, End: links.length - 1 }) };
    if (event.key === "Escape" && at < 0) this.#clear();
    else if (event.key === "Enter" && at < 0) links[0]?.click();
    else if (event.key in steps) (links[steps[event.key]] ?? (at <= 0 ? this.#filter : null))?.focus();
    else return;
    event.preventDefault();
  }

  #clear() {
    this.#filter.value = "";
    this.#list.find("");
  }
}
