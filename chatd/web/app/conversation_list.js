import { channelRow } from "./channel_row.js";
import { h, show } from "./element.js";
import { KeyedChildren } from "./keyed.js";
import { t } from "./language.js";
import { onLongPress } from "./long_press.js";
import { sectionHead } from "./section_head.js";
import { grouped, isFolded } from "./sections.js";
import { toastFailure } from "./toast.js";

// A connection follows so many people beside those of an open card.
const MOST_FOLLOWED = 200;
// Sections need all conversations. Of more than that the rest comes when somebody scrolls.
const MOST_LOADED = 500;

/** The conversations in their sections, or those that are looked for. */
export class ConversationList {
  onlyUnread = false;

  #chat;
  #stars;
  #adds;
  #selected = null;
  #wanted = "";
  #isFilling = false;
  #followed = { ids: "", end: () => {} };
  #list = h("ul", { class: "channels", "aria-label": t("Conversations"), oncontextmenu: (event) => this.#openMenu(event) });
  #rows = new KeyedChildren(this.#list);
  #nothing = h("p", { class: "channels-none", hidden: true });
  #allRead = h("button", { type: "button", class: "button small mark-all", hidden: true, onclick: () => this.#markAllRead() }, t("Mark all as read"));
  #endings;

  /** `adds`: by section what its button does, {label, open}; `again()`: what is open was chosen again. */
  constructor(chat, stars, { adds, again }) {
    this.#chat = chat;
    this.#stars = stars;
    this.#adds = adds;
    this.node = h("div", { class: "channels-box", onscroll: (event) => this.#scrolled(event.target) }, this.#allRead, this.#list, this.#nothing);
    // What is open already does not change by being chosen: then it is about writing there.
    this.#list.addEventListener("click", ({ target }) => target.closest("a[aria-current]") && again());
    onLongPress(this.#list, (target) => target.closest("[data-url]"), (row) => this.#showMenu(row, { isHeld: true }));
    this.#endings = [chat.channels, chat.drafts, chat.presence, stars].map(({ changed }) => changed.listen(() => this.draw()));
  }

  close() {
    this.#endings.forEach((end) => end());
    this.#followed.end();
  }

  select(channel) {
    this.#selected = channel;
    this.draw();
  }

  /** Show only those that have a text in their title; with "" all. */
  find(text) {
    this.#wanted = text.trim().toLocaleLowerCase();
    this.draw();
  }

  get links() {
    return [...this.#list.querySelectorAll("a")];
  }

  draw() {
    const { channels } = this.#chat;
    if (!channels.loaded) return this.#rows.update(placeholders());
    const isWhole = this.#wanted === "" && !this.onlyUnread;
    const found = isWhole ? channels.ordered : channels.ordered.filter((channel) => this.#isWanted(channel));
    this.#rows.update(isWhole ? this.#sections(found) : found.map((channel) => this.#row(channel)));
    show(this.#nothing, found.length === 0);
    show(this.#allRead, this.onlyUnread && found.some((channel) => channel.unread > 0));
    this.#nothing.textContent = this.#emptyText();
    this.#follow();
    this.#fill();
  }

  #isWanted(channel) {
    if (this.onlyUnread && channel.unread === 0 && channel !== this.#selected) return false;
    return channel.title.toLocaleLowerCase().includes(this.#wanted);
  }

  #emptyText() {
    if (this.#wanted) return t("No conversation has this name.");
    return this.onlyUnread ? t("You have read everything.") : t("Your conversations appear here.");
  }

  /** What is folded still shows what is new in it, and what is open. */
  #sections(channels) {
    return Object.entries(grouped(channels, this.#stars)).flatMap(([key, members]) => {
      if (members.length === 0 && key !== "channels") return [];
      const isNew = (channel) => channel === this.#selected || (channel.unread > 0 && key !== "archived");
      const shown = isFolded(key) ? members.filter(isNew) : members;
      const head = sectionHead(key, members.length - shown.length, this.#adds[key] ?? null, () => this.draw());
      return [head, ...shown.map((channel) => this.#row(channel))];
    });
  }

  #row(channel) {
    const { drafts, me, presence } = this.#chat;
    const isOnline = channel.partner !== null && presence.of(channel.partner.user_id)?.isOnline === true;
    return channelRow(channel, me, { isSelected: channel === this.#selected, hasDraft: drafts.has(channel.url), isOnline });
  }

  /** Whether those in the list are here: as many of them as a connection may ask about. */
  #follow() {
    const partners = this.#chat.channels.ordered.flatMap(({ partner }) => partner?.user_id ?? []).slice(0, MOST_FOLLOWED).sort();
    const ids = partners.join();
    if (ids === this.#followed.ids) return;
    const before = this.#followed;
    this.#followed = { ids, end: this.#chat.presence.watch(partners) };
    before.end();
  }

  #openMenu(event) {
    const row = event.target.closest("[data-url]");
    if (!row) return;
    event.preventDefault();
    this.#showMenu(row, { isHeld: event.buttons !== 0 });
  }

  async #showMenu(row, options) {
    const { openChannelMenu } = await import("./channel_menu.js");
    const channel = this.#chat.channels.get(row.dataset.url);
    if (channel) openChannelMenu({ chat: this.#chat, stars: this.#stars }, channel, row.querySelector("a"), options);
  }

  async #markAllRead() {
    try {
      await this.#chat.channels.markAllRead();
    } catch (failure) {
      toastFailure(t("Some messages are still unread."), failure);
    }
  }

  async #fill() {
    const { channels } = this.#chat;
    if (this.#isFilling || !channels.hasMore || channels.size >= MOST_LOADED) return;
    this.#isFilling = true;
    await this.#loadMore();
    this.#isFilling = false;
  }

  #scrolled(box) {
    if (box.scrollHeight - box.scrollTop - box.clientHeight < 300) this.#loadMore();
  }

  async #loadMore() {
    try {
      await this.#chat.channels.loadMore();
    } catch (failure) {
      console.info("list not extended:", failure.message);
    }
  }
}

function placeholders() {
  const render = () => h("li", { class: "channel ghost", "aria-hidden": "true" }, h("span", { class: "avatar medium" }), h("span", { class: "ghost-lines" }));
  return [1, 2, 3, 4, 5].map((key) => ({ key: `ghost-${key}`, signature: "", render }));
}
