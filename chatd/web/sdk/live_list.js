import { Journal } from "./journal.js";
import { Change } from "./signal.js";

/**
 * A list that the server has by pages, kept in step by events, also while a page is on its way. Items have a `message_id`.
 *
 * `page(token)` resolves to {items, next}; `apply(event)` changes the list, and the same once more does nothing.
 */
export class LiveList {
  changed = new Change();
  loaded = false;
  items = [];

  #page;
  #apply;
  #journal = new Journal();
  #loading = null;
  #next = "";

  constructor(page, apply) {
    this.#page = page;
    this.#apply = apply;
  }

  get hasMore() {
    return this.#next !== "";
  }

  get begun() {
    return this.#loading !== null;
  }

  find(messageId) {
    return this.items.find(({ message_id }) => message_id === messageId);
  }

  has(messageId) {
    return this.find(messageId) !== undefined;
  }

  /** Load the first page unless that has begun. */
  begin() {
    this.#loading ??= this.#first().catch((failure) => {
      this.#loading = null;
      throw failure;
    });
    return this.#loading;
  }

  /** Load the first page, from the beginning again. */
  load() {
    return this.#first();
  }

  async loadMore() {
    const from = this.#next;
    // What was loaded anew meanwhile goes on elsewhere.
    await this.#join(from, ({ items, next }) => from === this.#next && this.#take([...this.items, ...items], next));
  }

  handle(event) {
    this.#journal.note(event);
    this.#apply(event);
  }

  /** Have these instead of those that are here. */
  set(items) {
    this.#take(items, this.#next);
  }

  /** Have these, and nothing more. */
  end(items) {
    this.#take(items, "");
  }

  /** Have `change(item)` instead of an item, if it is here. */
  replace(messageId, change) {
    if (this.has(messageId)) this.set(this.items.map((item) => (item.message_id === messageId ? change(item) : item)));
  }

  drop(messageIds) {
    if (messageIds.some((id) => this.has(id))) this.set(this.items.filter(({ message_id }) => !messageIds.includes(message_id)));
  }

  #first() {
    return this.#join("", ({ items, next }) => this.#take(items, next));
  }

  #join(token, merge) {
    return this.#journal.join(() => this.#page(token), merge, this.#apply);
  }

  #take(items, next) {
    this.items = items;
    this.#next = next;
    this.loaded = true;
    this.changed.mark();
  }
}
