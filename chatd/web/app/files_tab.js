import { nameOf } from "../sdk/index.js";
import { filesOf, isPicture } from "./attachments.js";
import { fullMoment, shortMoment } from "./clock.js";
import { h } from "./element.js";
import { fileIcon, sizeText } from "./file_words.js";
import { openGallery } from "./gallery.js";
import { icon } from "./icon.js";
import { KeyedChildren } from "./keyed.js";
import { t } from "./language.js";
import { nothingHere } from "./message_entry.js";
import { route } from "./route.js";
import { rowButton } from "./row_button.js";
import { toastFailure } from "./toast.js";

/** The files of a conversation, the newest first: pictures to look at, the others to save. */
export class FilesTab {
  #files;
  #went;
  #ending;
  #list = h("ul", { class: "file-list", "aria-label": t("Files") });
  #rows = new KeyedChildren(this.#list);
  #below = h("div", {});

  constructor(chat, channel, { went }) {
    this.#files = chat.files(channel);
    this.#went = went;
    this.node = h("div", {}, this.#list, this.#below);
    this.#ending = this.#files.changed.listen(() => this.draw());
    this.draw();
  }

  close() {
    this.#ending();
  }

  draw() {
    const { items: messages } = this.#files;
    const all = messages.flatMap((message) => filesOf(message).map((file, index) => ({ file, message, index })));
    const pictures = all.map(({ file }) => file).filter(isPicture);
    this.#rows.update(all.map((each) => this.#item(each, pictures)));
    this.#below.replaceChildren(...this.#belowThem(all.length));
  }

  #belowThem(count) {
    const { loaded, hasMore } = this.#files;
    if (!loaded) return [h("p", { class: "tab-wait", "aria-busy": "true" }, h("span", { class: "spinner" }))];
    if (hasMore) return [rowButton("down", t("Show more"), () => this.#more())];
    return count === 0 ? [nothingHere("file", t("No files yet"), t("What people send here is listed in this place."))] : [];
  }

  #item({ file, message, index }, pictures) {
    // The pictures beside it can be reached from it.
    const signature = JSON.stringify([file.name, file.thumbnails, isPicture(file) && pictures.length]);
    return { key: `${message.message_id} ${index}`, signature, render: () => this.#row(file, message, pictures) };
  }

  #row(file, message, pictures) {
    const sender = message.user ? nameOf(message.user) : "";
    const at = h("time", { datetime: new Date(message.created_at).toISOString(), title: fullMoment(message.created_at) }, shortMoment(message.created_at));
    const facts = h("small", {}, h("bdi", {}, sender), ` · ${sizeText(file.size)} · `, at);
    const words = h("span", { class: "file-words" }, h("strong", { dir: "auto" }, file.name), facts);
    const there = h(
      "a",
      { class: "icon-button", href: route.to(message.channel_url, message.message_id), title: t("Go to the message"), "aria-label": t("Go to the message with {file}", { file: file.name }), onclick: this.#went },
      icon("go"),
    );
    return h("li", { class: "file-row" }, opener(file, pictures, words), there);
  }

  async #more() {
    try {
      await this.#files.loadMore();
    } catch (failure) {
      toastFailure(t("The files could not be loaded."), failure);
    }
  }
}

/** What shows a picture, or saves another file. */
function opener(file, pictures, words) {
  if (!isPicture(file)) return h("a", { class: "file-open", href: file.url, download: file.name, title: t("Save {file}", { file: file.name }) }, fileIcon(), words);
  const open = () => openGallery(pictures, pictures.indexOf(file));
  const small = file.thumbnails.at(-1) ?? file;
  const image = h("img", { class: "file-thumbnail", src: small.url, alt: "", loading: "lazy", decoding: "async" });
  return h("button", { type: "button", class: "file-open", title: t("Open {file}", { file: file.name }), onclick: open }, image, words);
}
