/** Something of channels, one for each, that is loaded when it is first asked for and then kept in step by events. */
export class PerChannel {
  #make;
  #failed;
  #byUrl = new Map();

  /** `make(channel)` gives something with `load()` and `handle(event)`; `failed()` is told that a first load did not work. */
  constructor(make, failed) {
    this.#make = make;
    this.#failed = failed;
  }

  of(channel) {
    const known = this.#byUrl.get(channel.url);
    // Whoever comes back to a channel has missed something of it.
    if (known?.channel === channel) return known.item;
    const item = this.#make(channel);
    this.#byUrl.set(channel.url, { channel, item });
    load(item).catch(() => this.#failed());
    return item;
  }

  handle(event) {
    this.#byUrl.get(event.channel_url)?.item.handle(event);
  }

  /** Load all of them again. Rejects when some may come later. */
  async load() {
    for (const [url, { channel }] of this.#byUrl) if (!channel.joined) this.#byUrl.delete(url);
    await Promise.all([...this.#byUrl.values()].map(({ item }) => load(item)));
  }
}

/** Load; what the server refuses for good stays as it is. */
async function load(item) {
  try {
    await item.load();
  } catch (failure) {
    if (failure.temporary) throw failure;
    console.info("not loaded:", failure.message);
  }
}
