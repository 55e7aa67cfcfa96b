import { shortMoment } from "./clock.js";
import { h } from "./element.js";
import { icon, iconButton } from "./icon.js";
import { counted, t } from "./language.js";
import { messageEntry, nothingHere } from "./message_entry.js";
import { route } from "./route.js";
import { rowButton } from "./row_button.js";
import { stylesheet } from "./stylesheet.js";
import { toast, toastFailure } from "./toast.js";

/** The threads that this person follows, of all conversations: those with the newest replies first. */
export class ThreadsPane {
  #chat;
  #does;
  #ending;
  #isOnlyUnread = false;
  #close;
  #toggle = h("button", { type: "button", class: "chip unset", "aria-pressed": "false", onclick: () => this.#flip() }, t("Only unread"));
  #body = h("div", { class: "pane-body" });

  static async make(chat, does) {
    await Promise.all([stylesheet("entry"), stylesheet("side")]);
    return new ThreadsPane(chat, does);
  }

  constructor(chat, does) {
    this.#chat = chat;
    this.#does = does;
    this.#close = iconButton("close", t("Close the threads"), does.close);
    const head = h("header", { class: "pane-head" }, h("h2", {}, t("Threads")), this.#toggle, this.#close);
    this.node = h("aside", { class: "side-pane threads", "aria-label": t("Threads") }, head, this.#body);
    this.node.addEventListener("keydown", (event) => event.key === "Escape" && !event.defaultPrevented && does.close());
    this.#ending = chat.threads.changed.listen(() => this.#draw());
    this.#draw();
  }

  begin() {
    this.#close.focus();
    this.#chat.threads.begin().catch((failure) => toastFailure(t("The threads could not be loaded."), failure));
  }

  end() {
    this.#ending();
  }

  #flip() {
    this.#isOnlyUnread = !this.#isOnlyUnread;
    this.#toggle.setAttribute("aria-pressed", String(this.#isOnlyUnread));
    this.#draw();
  }

  #draw() {
    const { loaded, items, hasMore } = this.#chat.threads;
    const shown = this.#isOnlyUnread ? items.filter(({ unread_reply_count }) => unread_reply_count > 0) : items;
    if (!loaded) return this.#body.replaceChildren(h("p", { class: "side-wait", "aria-busy": "true" }, h("span", { class: "spinner" })));
    const list = h("ul", { class: "entries", "aria-label": t("Threads that you follow") }, shown.map((thread) => this.#entry(thread)));
    const none = shown.length === 0 && !hasMore && this.#nothing();
    this.#body.replaceChildren(none || list, hasMore ? rowButton("down", t("Show more"), () => this.#more()) : "");
  }

  #nothing() {
    if (this.#isOnlyUnread) return nothingHere("check", t("All is read"), t("No thread that you follow has new replies."));
    return nothingHere("reply", t("No threads yet"), t("Threads that you begin or reply to come to this place."));
  }

  #entry(thread) {
    const { parent_message: message, thread_info: info, unread_reply_count: unread, channel_url, message_id } = thread;
    const place = this.#chat.channels.get(channel_url)?.title ?? "";
    const news = unread > 0 && h("span", { class: "badge" }, unread > 99 ? "99+" : String(unread), h("span", { class: "unseen" }, ` ${t("unread")}`));
    const replies = counted(info.reply_count, "{count} reply", "{count} replies");
    const note = h("p", { class: "entry-note" }, icon("reply"), `${replies} · ${shortMoment(info.last_replied_at)}`, news);
    const stop = iconButton("bell-off", t("Follow no longer"), () => this.#unfollow(thread), { class: "small" });
    return messageEntry(message, { place, note, tools: [stop], href: route.toThread(channel_url, message_id), went: this.#does.went });
  }

  async #unfollow(thread) {
    try {
      await this.#chat.threads.unfollow(thread);
      toast(t("You follow this thread no longer"));
    } catch (failure) {
      toastFailure(t("You still follow this thread."), failure);
    }
  }

  async #more() {
    try {
      await this.#chat.threads.loadMore();
    } catch (failure) {
      toastFailure(t("The threads could not be loaded."), failure);
    }
  }
}
