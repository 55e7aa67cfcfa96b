import { Timeline } from "./timeline.js";
/** @import { Channel } from "./channel.js" */
/** @import { Event, TimelineParts } from "./types.js" */

// So many are kept up to date beside the one in view.
const MOST = 20;

/** The timelines that are in use, of channels and of threads; the least recently used ones are given up. */
export class Timelines {
  #parts;
  #changed;
  #failed;
  /** @type {Map<string, Timeline>} */
  #byKey = new Map();

  /**
   * `parts`: see Timeline. `changed()`: one of them is different now. `failed()`: a first load did not work.
   * @param {TimelineParts} parts
   * @param {{ changed: () => void, failed: () => void }} told
   */
  constructor(parts, { changed, failed }) {
    this.#parts = parts;
    this.#changed = changed;
    this.#failed = failed;
  }

  /** @param {Channel} channel */
  of(channel) {
    return this.#recent(channel.url, () => this.#new(channel, 0));
  }

  /**
   * Of the replies to a message; of a reply those of its thread.
   * @param {Channel} channel
   * @param {{ message_id: number, parent_message_id?: number }} message
   */
  thread(channel, { message_id, parent_message_id }) {
    const parentId = parent_message_id || message_id;
    return this.#recent(`${channel.url} ${parentId}`, () => this.#new(channel, parentId));
  }

  /**
   * Whoever opens its channel again begins with a new one, unless something is still on its way in it.
   * @param {Timeline} timeline
   */
  forget(timeline) {
    const known = [...this.#byKey].find(([, each]) => each === timeline);
    if (known && timeline.outbox.items.length === 0) this.#byKey.delete(known[0]);
  }

  /**
   * `isMember`: whether this person is in the channel still. Whoever comes back to a channel has missed something of it.
   * @param {Event} event
   * @param {boolean} isMember
   */
  handle(event, isMember) {
    for (const [key, timeline] of this.#byKey) {
      if (timeline.channelUrl !== event.channel_url) continue;
      timeline.handle(event);
      if (!isMember) this.#byKey.delete(key);
    }
  }

  /** Send what waits. */
  flush() {
    this.#byKey.forEach(({ outbox }) => outbox.flush());
  }

  /**
   * Load all of them again, or only those that are not there yet.
   * @param {boolean} isAll
   */
  async load(isAll) {
    const wanted = [...this.#byKey.values()].filter(({ state }) => isAll || state !== "ready");
    await Promise.all(wanted.map(load));
  }

  /** What is kept of them. */
  get snapshot() {
    return [...this.#byKey.values()].map((timeline) => timeline.snapshot).filter((each) => each !== null);
  }

  /**
   * @param {Channel} channel
   * @param {number} parentId
   */
  #new(channel, parentId) {
    const timeline = new Timeline(this.#parts, channel, parentId);
    timeline.changed.listen(() => this.#follow(timeline));
    return timeline;
  }

  /**
   * One that somebody could not load is loaded with the rest.
   * @param {Timeline} timeline
   */
  #follow(timeline) {
    this.#changed();
    if (timeline.failure?.temporary && timeline.state === "failed") this.#failed();
  }

  /**
   * @param {string} key
   * @param {() => Timeline} make
   */
  #recent(key, make) {
    const timeline = this.#byKey.get(key) ?? this.#begun(make());
    this.#byKey.delete(key);
    this.#byKey.set(key, timeline);
    for (const [url, each] of this.#byKey) {
      if (this.#byKey.size <= MOST) break;
      if (each !== timeline && each.outbox.items.length === 0) this.#byKey.delete(url);
    }
    return timeline;
  }

  /** @param {Timeline} timeline */
  #begun(timeline) {
    if (this.#parts.connection.state === "connected") load(timeline).catch(this.#failed);
    return timeline;
  }
}

/**
 * Load; what the server refuses for good has failed.
 * @param {Timeline} timeline
 */
async function load(timeline) {
  try {
    await timeline.load();
  } catch (/** @type {any} */ failure) {
    if (failure.temporary) throw failure;
    console.info("not loaded:", failure.message);
  }
}
