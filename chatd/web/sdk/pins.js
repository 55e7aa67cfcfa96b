import { Journal } from "./journal.js";
import { Change } from "./signal.js";

/** The pinned messages of a channel. */
export class Pins {
  changed = new Change();
  loaded = false;
  /** [{message, user_id}], those pinned first first; `user_id` is who did it, empty for a program. */
  items = [];

  #connection;
  #channel;
  #journal = new Journal();

  constructor(connection, channel) {
    this.#connection = connection;
    this.#channel = channel;
  }

  has(messageId) {
    return this.items.some(({ message }) => message.message_id === messageId);
  }

  async load() {
    await this.#journal.join(
      () => this.#connection.call("pins.list", { channel_url: this.#channel.url }),
      ({ pinned_messages }) => this.#take(pinned_messages),
      (event) => this.#apply(event),
    );
  }

  handle(event) {
    this.#journal.note(event);
    this.#apply(event);
  }

  add(message) {
    return this.#connection.call("messages.pin", { channel_url: this.#channel.url, message_id: message.message_id });
  }

  remove(message) {
    return this.#connection.call("messages.unpin", { channel_url: this.#channel.url, message_id: message.message_id });
  }

  #apply(event) {
    if (event.type === "message.pinned" || event.type === "message.unpinned") this.#follow(event);
    else if (event.type === "message.updated") this.#revise(event.message);
    else if (event.type === "message.deleted") this.#drop([event.message_id]);
    else if (event.type === "messages.erased") this.#drop(event.message_ids);
    else if (event.type === "messages.expired" || event.type === "channel.history_reset") this.#again();
  }

  /** The event says which are pinned now, and what the last of them says. */
  #follow({ pinned_message_ids: ids, latest_pinned_message: latest, user_id = "" }) {
    const known = new Map(this.items.map((item) => [item.message.message_id, item]));
    if (latest && !known.has(latest.message_id)) known.set(latest.message_id, { message: latest, user_id });
    // What is not known was pinned while this was being loaded: that brings it.
    this.#take(ids.filter((id) => known.has(id)).map((id) => known.get(id)));
  }

  #revise(message) {
    if (this.has(message.message_id)) this.#take(this.items.map((item) => (item.message.message_id === message.message_id ? { ...item, message } : item)));
  }

  #drop(messageIds) {
    if (messageIds.some((id) => this.has(id))) this.#take(this.items.filter(({ message }) => !messageIds.includes(message.message_id)));
  }

  #again() {
    if (this.items.length > 0) this.load().catch((failure) => console.info("pins not loaded:", failure.message));
  }

  #take(items) {
    this.items = items;
    this.loaded = true;
    this.changed.mark();
  }
}
