// What the person of the model has put aside for later.
import { pageOf } from "./page.mjs";

export class Saved {
  #model;
  /** By message_id where it is, and when it was put aside. */
  #places = new Map();

  constructor(model) {
    this.#model = model;
  }

  add(url, id) {
    const message = this.#model.message(url, id);
    if (!this.#places.has(id)) {
      this.#places.set(id, { url, place: this.#model.next() });
      this.#tell("message.saved", url, id);
    }
    return { message: this.#model.plain(message), saved_at: 1 };
  }

  remove(id) {
    const known = this.#places.get(id);
    if (!known) return;
    this.#places.delete(id);
    this.#model.next();
    this.#tell("message.unsaved", known.url, id);
  }

  /** Those that may be read, the last first. */
  get messages() {
    return this.#readable.sort((a, b) => a.key[0] - b.key[0]).map(({ item }) => item);
  }

  list({ token, limit }) {
    const { items, next } = pageOf(this.#readable, token, limit);
    return { saved: items.map((message) => ({ message: this.#model.plain(message), saved_at: 1 })), next };
  }

  get #readable() {
    const found = [...this.#places].map(([id, { url, place }]) => ({ key: [-place], item: this.#model.readable(url, id) }));
    return found.filter(({ item }) => item);
  }

  /** Of what is gone for good nothing is told any more. */
  #tell(type, channel_url, message_id) {
    this.#model.tell(type, () => !this.#model.channels.get(channel_url).gone.has(message_id) && { channel_url, message_id, updated_at: 1 });
  }
}
