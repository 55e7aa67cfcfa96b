import { h, show } from "./element.js";
import { pickEmoji } from "./emoji_picker.js";
import { Field } from "./field.js";
import { icon } from "./icon.js";
import { t } from "./language.js";
import { selectField } from "./select_field.js";
import { submitForm } from "./submit.js";
import { toast, toastFailure } from "./toast.js";

const MINUTE_MS = 60_000;
const USUAL = [
  ["📅", t("In a meeting"), "60"],
  ["🍽️", t("At lunch"), "60"],
  ["🏠", t("Working from home"), "today"],
  ["🤒", t("Out sick"), "today"],
  ["🌴", t("On holiday"), "0"],
];
const LENGTHS = { 0: t("Do not clear"), 30: t("After 30 minutes"), 60: t("After an hour"), 240: t("After four hours"), today: t("At the end of the day"), week: t("At the end of the week") };

/** What a person says of the moment: an emoji, a few words, and for how long. */
export class StatusForm {
  #chat;
  #emoji;
  #sign = h("button", { type: "button", class: "status-emoji", onclick: () => pickEmoji(this.#sign, (emoji) => this.#show(emoji)) });
  #field;
  #until = selectField({ label: t("Clear"), options: LENGTHS, value: "0" });
  #clear = h("button", { type: "button", class: "button wide", onclick: () => this.#end() }, t("Clear status"));

  constructor(chat) {
    this.#chat = chat;
    const { text = "", emoji = "" } = chat.me.status ?? {};
    this.#field = new Field({ label: t("Status"), value: text, maxlength: "100", placeholder: t("What are you up to?") });
    this.#field.input.before(this.#sign);
    this.#field.node.classList.add("status-field");
    const usual = h("div", { class: "chips", role: "group", "aria-label": t("Suggestions") }, USUAL.map((each) => this.#suggestion(...each)));
    this.node = submitForm({ fields: [this.#field.node, usual, this.#until.node], button: t("Save status"), work: () => this.#save(), extra: [this.#clear] });
    this.#show(emoji);
    show(this.#clear, Boolean(text || emoji));
  }

  #show(emoji) {
    this.#emoji = emoji;
    this.#sign.replaceChildren(emoji ? h("span", {}, emoji) : icon("smile"));
    this.#sign.setAttribute("aria-label", emoji ? t("Emoji of your status: {emoji}", { emoji }) : t("Choose an emoji"));
  }

  #suggestion(emoji, text, until) {
    const choose = () => {
      this.#show(emoji);
      this.#field.input.value = text;
      this.#until.select.value = until;
    };
    return h("button", { type: "button", class: "chip", onclick: choose }, emoji, " ", text);
  }

  async #save() {
    const text = this.#field.value.trim();
    await this.#chat.profile.setStatus({ text, emoji: this.#emoji, expiresAt: endOf(this.#until.select.value) });
    show(this.#clear, Boolean(text || this.#emoji));
    toast(t("Saved"));
  }

  async #end() {
    try {
      await this.#chat.profile.setStatus({});
      this.#show("");
      this.#field.input.value = "";
      show(this.#clear, false);
      this.#field.input.focus();
    } catch (failure) {
      toastFailure(t("Your status was not changed."), failure);
    }
  }
}

/** When a status ends, in ms: "today", "week", or a number of minutes, 0 for until it is changed. */
function endOf(length) {
  if (length === "today" || length === "week") {
    const day = new Date();
    // Weeks end with Sunday.
    if (length === "week") day.setDate(day.getDate() + ((7 - day.getDay()) % 7));
    return day.setHours(23, 59, 59, 0);
  }
  return length === "0" ? 0 : Date.now() + Number(length) * MINUTE_MS;
}
