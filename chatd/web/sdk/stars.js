import { Change } from "./signal.js";
/** @import { Account } from "./account.js" */

/** The channels that a person of the web chat has put first: the same on all devices of theirs. */
export class Stars {
  changed = new Change();

  #account;
  /** @type {Set<string>} */
  #urls = new Set();

  /** @param {Account} account */
  constructor(account) {
    this.#account = account;
  }

  /** @param {string} url */
  has(url) {
    return this.#urls.has(url);
  }

  async load() {
    this.#take(await this.#account.starred());
  }

  /**
   * Put a channel first, or no more. Rejects with a Failure.
   * @param {string} url
   * @param {boolean} isStarred
   */
  async change(url, isStarred) {
    this.#take(await this.#account.star(url, isStarred));
  }

  /** @param {{ channel_urls: string[] }} starred */
  #take({ channel_urls }) {
    this.#urls = new Set(channel_urls);
    this.changed.mark();
  }
}
