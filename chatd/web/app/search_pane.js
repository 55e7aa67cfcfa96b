import { h, show } from "./element.js";
import { highlighted } from "./highlights.js";
import { icon, iconButton } from "./icon.js";
import { counted, t } from "./language.js";
import { messageEntry, nothingHere } from "./message_entry.js";
import { SearchFilters } from "./search_filters.js";
import { stylesheet } from "./stylesheet.js";

const PAUSE_MS = 250;
const NEAR_PX = 400;

/** A search through all that somebody can read, beside the conversations: each hit leads to its message. */
export class SearchPane {
  #chat;
  #search;
  #does;
  #timer = 0;
  #ending;
  #input = h("input", {
    type: "search", class: "input", placeholder: t("Search messages"), "aria-label": t("Search messages"), maxlength: "480", autocomplete: "off",
    oninput: () => this.#later(), onkeydown: (event) => this.#key(event),
  });
  #filters;
  #order = h("select", { "aria-label": t("Order"), onchange: () => this.#find() }, h("option", { value: "ts" }, t("Newest first")), h("option", { value: "score" }, t("Best match first")));
  #count = h("span", { role: "status" });
  #bar = h("div", { class: "search-bar", hidden: true }, this.#count, this.#order);
  #list = h("ul", { class: "entries", "aria-label": t("Found messages") });
  /** The messages in it. */
  #drawn = [];
  #below = h("div", {});
  #body = h("div", { class: "pane-body", onscroll: () => this.#scrolled() }, this.#list, this.#below);

  static async make(chat, does) {
    await Promise.all([stylesheet("entry"), stylesheet("side"), stylesheet("search")]);
    return new SearchPane(chat, await chat.search(), does);
  }

  constructor(chat, search, does) {
    this.#chat = chat;
    this.#does = does;
    this.#search = search;
    this.#filters = new SearchFilters(chat, () => this.#find());
    const head = h("header", { class: "pane-head" }, h("h2", {}, t("Search")), iconButton("close", t("Close the search"), does.close));
    const field = h("div", { class: "search-field" }, icon("search"), this.#input);
    this.node = h("aside", { class: "side-pane search", "aria-label": t("Search") }, head, field, this.#filters.node, this.#bar, this.#body);
    this.node.addEventListener("keydown", (event) => this.#walk(event));
    this.#ending = this.#search.changed.listen(() => this.#draw());
    this.#draw();
  }

  /** `channel`: look only there. */
  begin({ channel }) {
    if (channel) this.#filters.channel = channel;
    if (channel) this.#find();
    this.#input.focus();
    this.#input.select();
  }

  end() {
    clearTimeout(this.#timer);
    this.#ending();
  }

  #later() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#find(), PAUSE_MS);
  }

  #find() {
    clearTimeout(this.#timer);
    this.#body.scrollTop = 0;
    this.#search.find(this.#input.value, { ...this.#filters.params, sort_field: this.#order.value });
    this.#input.focus();
  }

  #draw() {
    const { state, results, total } = this.#search;
    show(this.#bar, results.length > 0);
    this.#count.textContent = state === "ready" ? counted(total, "{count} message", "{count} messages") : "";
    this.#redraw(results);
    this.#list.toggleAttribute("aria-busy", state === "searching");
    this.#below.replaceChildren(...this.#belowThem());
  }

  /** The focus stays with its message, or goes back to the field when that is found no more. */
  #redraw(results) {
    const at = this.#links.indexOf(document.activeElement);
    const focused = this.#drawn[at]?.message_id;
    this.#list.replaceChildren(...results.map((message) => this.#entry(message)));
    this.#drawn = results;
    if (at >= 0) (this.#links[results.findIndex(({ message_id }) => message_id === focused)] ?? this.#input).focus();
  }

  get #links() {
    return [...this.#list.querySelectorAll(".entry-link")];
  }

  #belowThem() {
    const { state, results, failure } = this.#search;
    if (state === "searching") return [h("p", { class: "side-wait" }, h("span", { class: "spinner" }))];
    if (state === "failed") return [h("p", { class: "problem", role: "alert" }, failure.message)];
    if (state === "idle") return [nothingHere("search", t("Search all that you can read"), t("Words in any order, \"words side by side\", -without. Names of files count too."))];
    return results.length === 0 ? [nothingHere("search", t("Nothing was found"), t("Try other words, or take a filter away."))] : [];
  }

  #entry(message) {
    const place = this.#chat.channels.get(message.channel_url)?.title ?? "";
    const note = message.parent_message_id ? h("p", { class: "entry-note" }, icon("reply"), t("In a thread")) : null;
    return messageEntry(message, { place, note, words: highlighted(message.message, message.highlights), went: this.#does.went });
  }

  #scrolled() {
    const { scrollHeight, scrollTop, clientHeight } = this.#body;
    if (scrollHeight - scrollTop - clientHeight < NEAR_PX) this.#search.more();
  }

  #key(event) {
    if (event.key === "Enter") this.#find();
    else return;
    event.preventDefault();
  }

  /** Arrows walk from the field through what was found, and back. */
  #walk(event) {
    if (event.defaultPrevented) return;
    const links = this.#links;
    const at = links.indexOf(document.activeElement);
    const isHere = at >= 0 || event.target === this.#input;
    const steps = { ArrowDown: links[at + 1], ArrowUp: at > 0 ? links[at - 1] : this.#input };
    if (event.key === "Escape") this.#does.close();
    else if (isHere && event.key in steps) steps[event.key]?.focus();
    else return;
    event.preventDefault();
  }
}
