import { Journal } from "./journal.js";
import { Change } from "./signal.js";

const PAGE = 50;

/** The messages that this person has put aside for later, the last first. Loaded on first use; the same on all devices. */
export class Saved {
  changed = new Change();
  loaded = false;
  messages = [];

  #connection;
  #journal = new Journal();
  #loading = null;
  #next = "";

  constructor(connection) {
    this.#connection = connection;
  }

  get hasMore() {
    return this.#next !== "";
  }

  has(messageId) {
    return this.messages.some(({ message_id }) => message_id === messageId);
  }

  /** Load them unless that has begun. */
  begin() {
    this.#loading ??= this.#load().catch((failure) => {
      this.#loading = null;
      throw failure;
    });
    return this.#loading;
  }

  /** Load them again, if somebody has used them. */
  async load() {
    if (this.#loading) await this.#load();
  }

  async loadMore() {
    const from = this.#next;
    await this.#journal.join(
      () => this.#page(from),
      ({ messages, next }) => from === this.#next && this.#take([...this.messages, ...messages], next),
      (event) => this.#apply(event),
    );
  }

  async add(message) {
    await this.#connection.call("saved.add", { channel_url: message.channel_url, message_id: message.message_id });
    this.#insert(message);
  }

  async remove({ message_id }) {
    await this.#connection.call("saved.remove", { message_id });
    this.#drop([message_id]);
  }

  handle(event) {
    if (!this.#loading) return;
    this.#journal.note(event);
    this.#apply(event);
  }

  async #load() {
    await this.#journal.join(
      () => this.#page(""),
      ({ messages, next }) => this.#take(messages, next),
      (event) => this.#apply(event),
    );
  }

  async #page(token) {
    const { saved, next } = await this.#connection.call("saved.list", { limit: PAGE, token });
    return { messages: saved.map(({ message }) => message), next };
  }

  #apply(event) {
    if (event.type === "message.saved") this.#fetch(event);
    else if (event.type === "message.unsaved") this.#drop([event.message_id]);
    else if (event.type === "message.updated") this.#revise(event.message);
    else if (event.type === "message.deleted") this.#drop([event.message_id]);
    else if (event.type === "messages.erased") this.#drop(event.message_ids);
  }

  /** Another device has saved it: the event does not say what it says. */
  async #fetch({ channel_url, message_id }) {
    if (this.has(message_id)) return;
    try {
      this.#insert(await this.#connection.call("messages.view", { channel_url, message_id }));
    } catch (failure) {
      console.info("saved message not loaded:", failure.message);
    }
  }

  #insert(message) {
    if (!this.has(message.message_id)) this.#take([message, ...this.messages], this.#next);
  }

  #revise(message) {
    if (this.has(message.message_id)) this.#take(this.messages.map((known) => (known.message_id === message.message_id ? message : known)), this.#next);
  }

  #drop(messageIds) {
    if (messageIds.some((id) => this.has(id))) this.#take(this.messages.filter(({ message_id }) => !messageIds.includes(message_id)), this.#next);
  }

  #take(messages, next) {
    this.messages = messages;
    this.#next = next;
    this.loaded = true;
    this.changed.mark();
  }
}
