import { nameOf } from "../sdk/index.js";
import { avatar, channelAvatar } from "./avatar.js";
import { shortMoment } from "./clock.js";
import { openDialog } from "./dialog.js";
import { h } from "./element.js";
import { icon } from "./icon.js";
import { counted, t, told } from "./language.js";
import { markdown } from "./markdown.js";
import { openNewChannel } from "./new_channel.js";
import { route } from "./route.js";
import { rowButton } from "./row_button.js";
import { stylesheet } from "./stylesheet.js";
import { toastFailure } from "./toast.js";

const PAUSE_MS = 150;

/** Look for public channels, look into them, and join. */
export async function openBrowse(chat) {
  await stylesheet("browse");
  new BrowseDialog(chat);
}

class BrowseDialog {
  #chat;
  #close;
  #timer = 0;
  #searches = 0;
  #input = h("input", { type: "search", class: "input", placeholder: t("Find a channel"), "aria-label": t("Find a channel"), oninput: () => this.#later() });
  #list = h("ul", { class: "browse-list", "aria-label": t("Public channels") });
  #status = h("p", { class: "unseen", role: "status" });
  #body = h("div", { class: "browse" });

  constructor(chat) {
    this.#chat = chat;
    const opened = openDialog(t("Browse channels"), this.#body, { closed: () => clearTimeout(this.#timer) });
    opened.dialog.classList.add("wide-dialog");
    this.#close = opened.close;
    this.#showList();
    this.#search();
  }

  #showList(url = "") {
    const make = () => {
      this.#close();
      openNewChannel(this.#chat);
    };
    this.#body.replaceChildren(h("div", { class: "browse-top" }, this.#input, h("button", { type: "button", class: "button", onclick: make }, t("New channel"))), this.#list, this.#status);
    (this.#list.querySelector(`[data-url="${CSS.escape(url)}"] .browse-open`) ?? this.#input).focus();
  }

  #later() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#search(), PAUSE_MS);
  }

  async #search(token = "") {
    const search = ++this.#searches;
    try {
      const { channels, next } = await this.#chat.directory.search(this.#input.value, token);
      if (search !== this.#searches) return;
      if (!token) this.#list.replaceChildren();
      this.#list.append(...channels.map((entry) => this.#row(entry)));
      if (next) this.#list.append(this.#more(next));
      const count = this.#list.querySelectorAll(".browse-row").length;
      if (count === 0) this.#list.replaceChildren(h("li", { class: "people-none" }, t("No channel has this name.")));
      this.#status.textContent = counted(count, "{count} channel", "{count} channels");
    } catch (failure) {
      this.#list.replaceChildren(h("li", { class: "people-none" }, told(failure.message)));
    }
  }

  #more(token) {
    const row = h("li", {}, rowButton("down", t("Show more"), () => {
      row.remove();
      this.#search(token);
    }));
    return row;
  }

  #row(entry) {
    const facts = [counted(entry.memberCount, "{count} member", "{count} members"), entry.topic].filter(Boolean).join(" · ");
    const words = h("span", { class: "person-name" }, h("bdi", {}, entry.name), h("small", { dir: "auto" }, facts));
    const look = h("button", { type: "button", class: "browse-open", onclick: () => this.#look(entry) }, channelAvatar(entry), words);
    return h("li", { class: "browse-row", "data-url": entry.url }, look, this.#action(entry));
  }

  #action(entry) {
    if (entry.isJoined) return h("button", { type: "button", class: "button small", "aria-label": t("Open {name}", { name: entry.name }), onclick: () => this.#go(entry.url) }, t("Open"));
    if (entry.isLocked) return h("span", { class: "browse-locked", title: t("It takes a code to join") }, icon("lock"), h("span", { class: "unseen" }, t("It takes a code to join")));
    return h("button", { type: "button", class: "button small primary", "aria-label": t("Join {name}", { name: entry.name }), onclick: () => this.#join(entry) }, t("Join"));
  }

  /** What was said there last, before one is in. */
  async #look(entry) {
    const back = h("button", { type: "button", class: "button small", onclick: () => this.#showList(entry.url) }, icon("back"), t("All channels"));
    const feed = h("ol", { class: "browse-feed", tabindex: "0", "aria-label": t("Latest messages") }, h("li", { class: "people-none" }, h("span", { class: "spinner" })));
    this.#body.replaceChildren(h("div", { class: "browse-top" }, back, h("h3", { class: "browse-name", dir: "auto" }, entry.name), this.#action(entry)), feed);
    back.focus();
    try {
      const messages = await this.#chat.directory.preview(entry.url);
      feed.replaceChildren(...messages.map(said));
      if (messages.length === 0) feed.append(h("li", { class: "people-none" }, t("No messages yet")));
      feed.scrollTop = feed.scrollHeight;
    } catch (failure) {
      feed.replaceChildren(h("li", { class: "people-none" }, told(failure.message)));
    }
  }

  async #join(entry) {
    try {
      await this.#chat.directory.join(entry.url);
      this.#go(entry.url);
    } catch (failure) {
      toastFailure(t("You could not join."), failure);
    }
  }

  #go(url) {
    this.#close();
    route.open(url);
  }
}

function said({ user, message, files, file, created_at }) {
  const name = user ? nameOf(user) : "chatd";
  const names = files?.map((each) => each.name).join(", ") ?? file?.name ?? "";
  const head = h("p", { class: "message-head" }, h("strong", { dir: "auto" }, name), h("time", { datetime: new Date(created_at).toISOString() }, shortMoment(created_at)));
  return h("li", { class: "browse-said" }, avatar(user ?? { user_id: "", nickname: name }, "small"), h("div", {}, head, h("div", { class: "bubble", dir: "auto" }, message ? markdown({ message, mentions: null }.message) : names)));
}
