import { nameOf } from "../sdk/index.js";
import { dayName } from "./clock.js";
import { ConversationPicker } from "./conversation_picker.js";
import { h } from "./element.js";
import { icon } from "./icon.js";
import { t } from "./language.js";
import { PersonPicker } from "./person_picker.js";
import { openPopover } from "./popover.js";

const DAY_MS = 86_400_000;

/** Where to look, as chips: in one conversation, from one person, in a time, with files. */
export class SearchFilters {
  #chat;
  #changed;
  #channel = null;
  #person = null;
  #after = "";
  #before = "";
  #withFiles = false;
  node = h("div", { class: "search-filters", role: "group", "aria-label": t("Filters") });

  /** `changed()` is told when another one is set. */
  constructor(chat, changed) {
    this.#chat = chat;
    this.#changed = changed;
    this.#draw();
  }

  /** As parameters of a search. */
  get params() {
    const params = {};
    if (this.#channel) params.channel_url = this.#channel.url;
    if (this.#person) params.sender_ids = [this.#person.user_id];
    if (this.#after) params.message_ts_from = startOf(this.#after);
    if (this.#before) params.message_ts_to = startOf(this.#before) + DAY_MS - 1;
    if (this.#withFiles) params.has_files = true;
    return params;
  }

  /** Only one conversation; null for all. */
  set channel(channel) {
    this.#channel = channel;
    this.#draw();
  }

  #draw() {
    this.node.replaceChildren(
      this.#channel ? this.#set(t("In {place}", { place: this.#channel.title }), () => (this.#channel = null)) : this.#unset(t("In…"), (button) => this.#askChannel(button)),
      this.#person ? this.#set(t("From {name}", { name: nameOf(this.#person) }), () => (this.#person = null)) : this.#unset(t("From…"), (button) => this.#askPerson(button)),
      ...this.#times(),
      this.#withFiles ? this.#set(t("With files"), () => (this.#withFiles = false)) : this.#unset(t("With files"), () => this.#choose(() => (this.#withFiles = true)), null),
    );
  }

  #times() {
    const after = this.#after && this.#set(t("From {day} on", { day: dayName(startOf(this.#after)) }), () => (this.#after = ""));
    const before = this.#before && this.#set(t("Until {day}", { day: dayName(startOf(this.#before)) }), () => (this.#before = ""));
    return after || before ? [after, before].filter(Boolean) : [this.#unset(t("When…"), (button) => this.#askTime(button))];
  }

  /** One that is set: a click takes it away. */
  #set(label, clear) {
    const remove = () => this.#choose(clear);
    return h("button", { type: "button", class: "chip", "aria-label": t("Remove the filter: {filter}", { filter: label }), onclick: remove }, h("bdi", {}, label), icon("close"));
  }

  #unset(label, ask, popup = "dialog") {
    return h("button", { type: "button", class: "chip unset", "aria-haspopup": popup, onclick: ({ currentTarget }) => ask(currentTarget) }, label);
  }

  #choose(change) {
    change();
    this.#draw();
    this.#changed();
  }

  #askChannel(button) {
    const picked = (channel) => {
      popover.close();
      this.#choose(() => (this.#channel = channel));
    };
    const picker = new ConversationPicker(this.#chat.channels, { picked });
    const popover = openPopover(button, h("div", { class: "filter-choice", role: "dialog", "aria-label": t("In which conversation") }, picker.node));
    picker.input.focus();
  }

  #askPerson(button) {
    const picked = (person) => {
      popover.close();
      this.#choose(() => (this.#person = person));
    };
    const picker = new PersonPicker(this.#chat.people, { picked });
    const mine = h("button", { type: "button", class: "menu-item", onclick: () => picked(this.#chat.me) }, t("From me"));
    const popover = openPopover(button, h("div", { class: "filter-choice", role: "dialog", "aria-label": t("From whom") }, mine, picker.node));
    picker.input.focus();
  }

  #askTime(button) {
    const after = h("input", { type: "date", class: "input", "aria-label": t("From which day on") });
    const before = h("input", { type: "date", class: "input", "aria-label": t("Until which day") });
    const submit = (event) => {
      event.preventDefault();
      popover.close();
      this.#choose(() => ([this.#after, this.#before] = [after.value, before.value]));
    };
    const fields = [h("label", { class: "field" }, t("From"), after), h("label", { class: "field" }, t("Until"), before)];
    const form = h("form", { class: "filter-choice", role: "dialog", "aria-label": t("When"), onsubmit: submit }, fields, h("button", { type: "submit", class: "button primary" }, t("Apply")));
    const popover = openPopover(button, form);
    after.focus();
  }
}

function startOf(day) {
  return new Date(`${day}T00:00`).getTime();
}
