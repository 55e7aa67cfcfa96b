import { Change } from "./signal.js";

/** The channels that a person of the web chat has put first: the same on all devices of theirs. */
export class Stars {
  changed = new Change();

  #account;
  #urls = new Set();

  constructor(account) {
    this.#account = account;
  }

  has(url) {
    return this.#urls.has(url);
  }

  async load() {
    this.#take(await this.#account.starred());
  }

  /** Put a channel first, or no more. Rejects with a Failure. */
  async change(url, isStarred) {
    this.#take(await this.#account.star(url, isStarred));
  }

  #take({ channel_urls }) {
    this.#urls = new Set(channel_urls);
    this.changed.mark();
  }
}
