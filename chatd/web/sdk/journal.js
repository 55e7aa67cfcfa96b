/** @import { Event } from "./types.js" */

/**
 * Joins a snapshot with the events that came while it was fetched.
 *
 * An event may or may not be part of the snapshot. All that came meanwhile are applied to it again, in order;
 * applying an event twice has the effect of applying it once, so the result is the state after the last of them.
 */
export class Journal {
  /** @type {Set<Event[]>} */
  #open = new Set();

  /** @param {Event} event */
  note(event) {
    for (const noted of this.#open) noted.push(event);
  }

  /**
   * Fetch a snapshot, `merge` it, then `apply` what came meanwhile. Rejects as `fetch` does, and changes nothing then.
   * @param {() => Promise<T>} fetch
   * @param {(snapshot: T) => unknown} merge
   * @param {(event: Event) => unknown} apply
   * @template T
   */
  async join(fetch, merge, apply) {
    /** @type {Event[]} */
    const noted = [];
    this.#open.add(noted);
    try {
      merge(await fetch());
      noted.forEach(apply);
    } finally {
      this.#open.delete(noted);
    }
  }
}
