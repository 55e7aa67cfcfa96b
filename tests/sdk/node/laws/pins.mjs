// What is pinned in the channels of the model.
import { Refusal } from "./people.mjs";

const MOST = 10;

export class Pins {
  #model;
  /** By channel what is pinned, and by whom, "" for a program; the first first. */
  #pinned = new Map();

  constructor(model) {
    this.#model = model;
  }

  /** {message, user_id} of each. */
  of(url) {
    const { messages } = this.#model.channels.get(url);
    const found = (this.#pinned.get(url) ?? []).map(({ id, user_id }) => ({ message: messages.find(({ message_id }) => message_id === id), user_id }));
    return found.filter(({ message }) => message);
  }

  add(url, id, user_id) {
    this.#model.message(url, id);
    const now = this.of(url);
    if (now.some(({ message }) => message.message_id === id)) return;
    if (now.length >= MOST) throw new Refusal(400, "too many are pinned");
    this.#have(url, [...this.#ids(now), { id, user_id }]);
    this.#model.tellIn(url, "message.pinned", () => this.#model.readable(url, id) && this.#told(url, id, user_id));
  }

  remove(url, id, user_id) {
    this.#model.message(url, id);
    const now = this.of(url);
    if (!now.some(({ message }) => message.message_id === id)) return;
    this.#have(url, this.#ids(now).filter((each) => each.id !== id));
    this.#model.tellIn(url, "message.unpinned", () => this.#told(url, id, user_id));
  }

  list(url) {
    this.#model.channel(url);
    return { pinned_messages: this.of(url).map(({ message, user_id }) => ({ message: this.#model.plain(message), user_id, pinned_at: 1 })) };
  }

  #ids(pinned) {
    return pinned.map(({ message, user_id }) => ({ id: message.message_id, user_id }));
  }

  #have(url, pinned) {
    this.#pinned.set(url, pinned);
    this.#model.next();
  }

  /** What is pinned by then. */
  #told(url, message_id, user_id) {
    const now = this.of(url);
    const latest = now.at(-1)?.message;
    const who = user_id ? { user_id } : {};
    return { message_id, ...who, pinned_message_ids: now.map(({ message }) => message.message_id), latest_pinned_message: latest ? this.#model.plain(latest) : null };
  }
}
