import { accountMenu } from "./account_menu.js";
import { channelRow } from "./channel_row.js";
import { h, show } from "./element.js";
import { icon, iconButton } from "./icon.js";
import { KeyedChildren } from "./keyed.js";
import { t } from "./language.js";
import { later } from "./later.js";

/** The list of conversations, with what there is to do beside talking. */
export class Sidebar {
  #chat;
  #selected = null;
  #list = h("ul", { class: "channels", "aria-label": t("Conversations") });
  #rows = new KeyedChildren(this.#list);
  #nothing = h("p", { class: "channels-none", hidden: true });
  #filter;
  #threads = h("span", { class: "badge", hidden: true });
  #endings;

  /** `context`: {chat, account, login, role, signOut}; `again()`: what is open was chosen again; `openSide(kind)`: see side.js. */
  constructor(context, { again, openSide }) {
    const { chat, account } = context;
    this.#chat = chat;
    this.#filter = h("input", { type: "search", class: "filter", placeholder: t("Find a conversation"), "aria-label": t("Find a conversation"), oninput: () => this.#draw() });
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
      h("div", { class: "filter-box" }, icon("search"), this.#filter),
      h("div", { class: "side-links" }, this.#link("threads", "reply", t("Threads"), openSide, this.#threads), this.#link("saved", "bookmark", t("For later"), openSide)),
      h("div", { class: "channels-box", onscroll: (event) => this.#scrolled(event.target) }, this.#list, this.#nothing),
      h("button", { type: "button", class: "invite", onclick: () => later(() => import("./invite_dialog.js"), ({ openInvite }) => openInvite(account)) }, icon("person-add"), t("Invite people")),
    );
    this.node.addEventListener("keydown", (event) => this.#key(event));
    // What is open already does not change by being chosen: then it is about writing there.
    this.#list.addEventListener("click", ({ target }) => target.closest("a[aria-current]") && again());
    this.#endings = [chat.channels.changed.listen(() => this.#draw()), chat.drafts.changed.listen(() => this.#draw()), chat.threads.changed.listen(() => this.#drawThreads()), menu.close];
    // The words for "how long ago" grow old.
    const clock = setInterval(() => this.#draw(), 60_000);
    this.#endings.push(() => clearInterval(clock));
    this.#draw();
  }

  close() {
    this.#endings.forEach((end) => end());
  }

  focus() {
    this.#filter.focus();
  }

  select(channel) {
    this.#selected = channel;
    this.#draw();
  }

  #link(kind, drawing, label, openSide, ...more) {
    return h("button", { type: "button", class: "side-link", onclick: () => openSide(kind) }, icon(drawing), label, more);
  }

  #drawThreads() {
    const { unread } = this.#chat.threads;
    show(this.#threads, unread > 0);
    this.#threads.replaceChildren(String(unread), h("span", { class: "unseen" }, ` ${t("unread")}`));
  }

  #draw() {
    const { channels, drafts, me } = this.#chat;
    if (!channels.loaded) return this.#rows.update(placeholders());
    this.#chat.threads.begin().catch((failure) => console.info("threads not loaded:", failure.message));
    const wanted = this.#filter.value.trim().toLocaleLowerCase();
    const found = channels.ordered.filter((channel) => channel.title.toLocaleLowerCase().includes(wanted));
    this.#rows.update(found.map((channel) => channelRow(channel, me, channel === this.#selected, drafts.has(channel.url))));
    show(this.#nothing, found.length === 0);
    this.#nothing.textContent = wanted ? t("No conversation has this name.") : t("Your conversations appear here.");
  }

  #scrolled(box) {
    const left = box.scrollHeight - box.scrollTop - box.clientHeight;
    if (left < 300) this.#chat.channels.loadMore().catch((failure) => console.info("list not extended:", failure.message));
  }

  /** Arrows walk through the list; from the search field they enter it. */
  #key(event) {
    const links = [...this.#list.querySelectorAll("a")];
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
    this.#draw();
  }
}

function placeholders() {
  const render = () => h("li", { class: "channel ghost", "aria-hidden": "true" }, h("span", { class: "avatar medium" }), h("span", { class: "ghost-lines" }));
  return [1, 2, 3, 4, 5].map((key) => ({ key: `ghost-${key}`, signature: "", render }));
}
