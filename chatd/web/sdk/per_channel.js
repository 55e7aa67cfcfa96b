/** @import { Channel } from "./channel.js" */
/** @import { Event } from "./types.js" */

/**
 * Something of channels, one for each, that is loaded when it is first asked for and then kept in step by events.
 * @template {{ load(): Promise<unknown>, handle(event: Event): void }} T
 */
export class PerChannel {
  #make;
  #failed;
  /** @type {Map<string, { channel: Channel, item: T }>} */
  #byUrl = new Map();

  /**
   * `make(channel)` gives something with `load()` and `handle(event)`; `failed()` is told that a first load did not work.
   * @param {(channel: Channel) => T} make
   * @param {() => void} failed
   */
  constructor(make, failed) {
    this.#make = make;
    this.#failed = failed;
  }

  /**
   * @param {Channel} channel
   * @returns {T}
   */
  of(channel) {
    const known = this.#byUrl.get(channel.url);
    // Whoever comes back to a channel has missed something of it.
    if (known?.channel === channel) return known.item;
    const item = this.#make(channel);
    this.#byUrl.set(channel.url, { channel, item });
    load(item).catch(() => this.#failed());
    return item;
  }

  /** @param {Event} event */
  handle(event) {
    this.#byUrl.get(event.channel_url ?? "")?.item.handle(event);
  }

  /** Load all of them again. Rejects when some may come later. */
  async load() {
    for (const [url, { channel }] of this.#byUrl) if (!channel.joined) this.#byUrl.delete(url);
    await Promise.all([...this.#byUrl.values()].map(({ item }) => load(item)));
  }
}

/**
 * Load; what the server refuses for good stays as it is.
 * @param {{ load(): Promise<unknown> }} item
 */
async function load(item) {
  try {
    await item.load();
  } catch (/** @type {any} */ failure) {
    if (failure.temporary) throw failure;
    console.info("not loaded:", failure.message);
  }
}
