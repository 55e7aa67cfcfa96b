import { Journal } from "./journal.js";
import { Change } from "./signal.js";

const PAGE = 30;
// A page may be short, or empty, where files are few among many messages. So many are asked for at a time.
const MOST_PAGES = 8;

/** The messages of a channel that have files, the newest first. */
export class FileList {
  changed = new Change();
  loaded = false;
  messages = [];

  #connection;
  #channel;
  #journal = new Journal();
  #next = "";

  constructor(connection, channel) {
    this.#connection = connection;
    this.#channel = channel;
  }

  get hasMore() {
    return this.#next !== "";
  }

  /** The newest, from the beginning again. */
  async load() {
    await this.#journal.join(
      () => this.#pages(""),
      ({ messages, next }) => this.#take(messages, next),
      (event) => this.#apply(event),
    );
  }

  async loadMore() {
    const from = this.#next;
    await this.#journal.join(
      () => this.#pages(from),
      // What was loaded anew meanwhile goes on elsewhere.
      ({ messages, next }) => from === this.#next && this.#take([...this.messages, ...messages], next),
      (event) => this.#apply(event),
    );
  }

  handle(event) {
    this.#journal.note(event);
    this.#apply(event);
  }

  async #pages(token) {
    const found = { messages: [], next: token };
    for (let count = 0; count < MOST_PAGES && found.messages.length < PAGE && (count === 0 || found.next); count += 1) {
      const page = await this.#connection.call("files.list", { channel_url: this.#channel.url, token: found.next, limit: PAGE });
      found.messages.push(...page.messages);
      found.next = page.next;
    }
    return found;
  }

  #apply(event) {
    if (event.type === "message.created") this.#insert(event.message);
    else if (event.type === "message.updated") this.#revise(event.message);
    else if (event.type === "message.deleted") this.#drop([event.message_id]);
    else if (event.type === "messages.erased") this.#drop(event.message_ids);
    else if (event.type === "channel.history_reset") this.#take([], "");
    else if (event.type === "messages.expired") this.#take(this.messages.filter(({ created_at }) => created_at > event.created_at), "");
  }

  #insert(message) {
    const hasFiles = message.files || message.file?.url;
    if (hasFiles && !this.#has(message.message_id)) this.#take([message, ...this.messages], this.#next);
  }

  #revise(message) {
    if (this.#has(message.message_id)) this.#take(this.messages.map((known) => (known.message_id === message.message_id ? message : known)), this.#next);
  }

  #drop(messageIds) {
    this.#take(this.messages.filter(({ message_id }) => !messageIds.includes(message_id)), this.#next);
  }

  #has(messageId) {
    return this.messages.some(({ message_id }) => message_id === messageId);
  }

  #take(messages, next) {
    this.messages = messages;
    this.#next = next;
    this.loaded = true;
    this.changed.mark();
  }
}
