import { nameOf } from "../sdk/index.js";
import { avatar, channelAvatar } from "./avatar.js";
import { h } from "./element.js";
import { fit } from "./fuzzy.js";
import { icon } from "./icon.js";
import { t } from "./language.js";
import { paletteActions } from "./palette_actions.js";
import { pointAt } from "./pointer.js";
import { route } from "./route.js";
import { stylesheet } from "./stylesheet.js";
import { toastFailure } from "./toast.js";

const PAUSE_MS = 120;
const MOST_RECENT = 8;
const MOST_FOUND = 30;

/** Go to any conversation or person, or do something, by a few letters. `does`: see palette_actions.js. */
export async function openPalette(context, does) {
  await stylesheet("palette");
  new Palette(context, does);
}

class Palette {
  #chat;
  #actions;
  #people = [];
  #entries = [];
  #active = 0;
  #timer = 0;
  #searches = 0;
  #list = h("ul", { class: "palette-list", role: "listbox", id: "palette-list", "aria-label": t("Results") });
  #input = h("input", {
    class: "palette-input", type: "text", role: "combobox", autocomplete: "off", spellcheck: "false", placeholder: t("Go to a conversation, a person, or an action"),
    "aria-label": t("Go to a conversation, a person, or an action"), "aria-expanded": "true", "aria-controls": "palette-list", "aria-autocomplete": "list",
    oninput: () => this.#typed(), onkeydown: (event) => this.#key(event),
  });
  #status = h("p", { class: "unseen", role: "status" });
  #dialog = h("dialog", { class: "palette", "aria-label": t("Go to") }, h("div", { class: "palette-field" }, icon("search"), this.#input), this.#list, this.#status);

  constructor(context, does) {
    this.#chat = context.chat;
    this.#actions = paletteActions(context, does);
    this.#dialog.addEventListener("close", () => {
      clearTimeout(this.#timer);
      this.#dialog.remove();
    });
    this.#dialog.addEventListener("pointerdown", ({ target }) => target === this.#dialog && this.#dialog.close());
    document.body.append(this.#dialog);
    this.#dialog.showModal();
    this.#input.focus();
    this.#draw();
  }

  #typed() {
    this.#active = 0;
    this.#draw();
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#findPeople(), PAUSE_MS);
  }

  async #findPeople() {
    const text = this.#input.value.trim();
    const search = ++this.#searches;
    try {
      const found = text ? await this.#chat.people.search(text) : [];
      if (search !== this.#searches) return;
      this.#people = found;
      this.#draw();
    } catch (failure) {
      console.info("people not found:", failure.message);
    }
  }

  #draw() {
    const typed = this.#input.value.trim();
    this.#entries = typed ? this.#found(typed) : [...this.#recent(), ...this.#actions.map(actionEntry)];
    this.#active = Math.min(this.#active, Math.max(this.#entries.length - 1, 0));
    const rows = this.#entries.map((entry, index) => this.#row(entry, index));
    this.#list.replaceChildren(...(rows.length ? rows : [h("li", { class: "people-none", role: "presentation" }, t("Nothing has this name."))]));
    this.#status.textContent = rows.length ? "" : t("Nothing has this name.");
    this.#point();
  }

  #recent() {
    return this.#chat.channels.ordered.filter((channel) => !channel.isHidden).slice(0, MOST_RECENT).map(channelEntry);
  }

  /** Of what fits as well the most recent goes first: sorting keeps the order in which things were. */
  #found(typed) {
    const known = this.#chat.channels.ordered;
    const partners = new Set(known.flatMap(({ partner }) => partner?.user_id ?? []));
    const people = this.#people.filter((user) => !partners.has(user.user_id));
    const entries = [...known.map(channelEntry), ...people.map((user) => this.#personEntry(user)), ...this.#actions.map(actionEntry)];
    const fits = entries.map((entry) => ({ entry, value: Math.max(...entry.words.map((words) => fit(typed, words) ?? -1)) }));
    return fits.filter(({ value }) => value >= 0).sort((a, b) => b.value - a.value).slice(0, MOST_FOUND).map(({ entry }) => entry);
  }

  #personEntry(user) {
    const open = async () => route.open((await this.#chat.channels.openDirect(user.user_id)).url);
    return { picture: () => avatar(user, "small"), title: nameOf(user), detail: `@${user.user_id}`, words: [nameOf(user), user.user_id], run: open };
  }

  #row(entry, index) {
    const attributes = { class: "palette-row", role: "option", id: `palette-${index}`, onclick: () => this.#choose(entry) };
    return h("li", attributes, entry.picture(), h("span", { class: "palette-title", dir: "auto" }, entry.title), entry.detail && h("small", {}, entry.detail));
  }

  #key(event) {
    const steps = { ArrowDown: 1, ArrowUp: -1 };
    if (event.isComposing) return;
    if (event.key in steps && this.#entries.length > 0) {
      this.#active = (this.#active + steps[event.key] + this.#entries.length) % this.#entries.length;
      this.#point();
    } else if (event.key === "Enter" && this.#entries[this.#active]) this.#choose(this.#entries[this.#active]);
    else return;
    event.preventDefault();
  }

  #point() {
    pointAt(this.#input, [...this.#list.querySelectorAll(".palette-row")], this.#active, (row, isIt) => row.setAttribute("aria-selected", String(isIt)));
  }

  async #choose(entry) {
    this.#dialog.close();
    try {
      await entry.run();
    } catch (failure) {
      toastFailure(t("That was refused."), failure);
    }
  }
}

function channelEntry(channel) {
  const ids = channel.partner ? [channel.partner.user_id] : [];
  const detail = channel.partner ? `@${channel.partner.user_id}` : channel.isHidden ? t("Archived") : "";
  return { picture: () => channelAvatar(channel, "small"), title: channel.title, detail, words: [channel.title, ...ids], run: () => route.open(channel.url) };
}

function actionEntry({ drawing, label, run, keys = "" }) {
  return { picture: () => h("span", { class: "palette-sign" }, icon(drawing)), title: label, detail: keys, words: [label], run };
}
