import { Journal } from "./journal.js";
import { Change } from "./signal.js";
/** @import { Event, Page } from "./types.js" */

/**
 * A list that the server has by pages, kept in step by events, also while a page is on its way. Items have a `message_id`.
 *
 * `page(token)` resolves to {items, next}; `apply(event)` changes the list, and the same once more does nothing.
 * @template {{ message_id: number }} T
 */
export class LiveList {
  changed = new Change();
  loaded = false;
  /** @type {T[]} */
  items = [];

  #page;
  #apply;
  #journal = new Journal();
  /** @type {Promise<void> | null} */
  #loading = null;
  #next = "";

  /**
   * @param {(token: string) => Promise<Page<T>>} page
   * @param {(event: Event) => unknown} apply
   */
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

  /** @param {number} messageId */
  find(messageId) {
    return this.items.find(({ message_id }) => message_id === messageId);
  }

  /** @param {number} messageId */
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
    if (!from) return;
    // What was loaded anew meanwhile goes on elsewhere.
    await this.join(() => this.#page(from), ({ items, next }) => from === this.#next && this.#take([...this.items, ...items], next));
  }

  /** @param {Event} event */
  handle(event) {
    this.#journal.note(event);
    this.#apply(event);
  }

  /**
   * Have these instead of those that are here.
   * @param {T[]} items
   */
  set(items) {
    this.items = items;
    this.changed.mark();
  }

  /**
   * Have these, and nothing more.
   * @param {T[]} items
   */
  end(items) {
    this.#next = "";
    this.set(items);
  }

  /**
   * Have `change(item)` instead of an item, if it is here.
   * @param {number} messageId
   * @param {(item: T) => T} change
   */
  replace(messageId, change) {
    if (this.has(messageId)) this.set(this.items.map((item) => (item.message_id === messageId ? change(item) : item)));
  }

  /** @param {number[]} messageIds */
  drop(messageIds) {
    if (messageIds.some((id) => this.has(id))) this.set(this.items.filter(({ message_id }) => !messageIds.includes(message_id)));
  }

  #first() {
    return this.join(() => this.#page(""), ({ items, next }) => this.#take(items, next));
  }

  /**
   * Fetch something, have it merged, and what happened meanwhile after it.
   * @template R
   * @param {() => Promise<R>} fetch
   * @param {(fetched: R) => unknown} merge
   */
  join(fetch, merge) {
    return this.#journal.join(fetch, merge, this.#apply);
  }

  /**
   * @param {T[]} items
   * @param {string} next
   */
  #take(items, next) {
    this.#next = next;
    this.loaded = true;
    this.set(items);
  }
}
