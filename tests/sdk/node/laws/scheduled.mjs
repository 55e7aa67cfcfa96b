// What the person of the model has scheduled.
import { pageOf } from "./page.mjs";
import { ME, Refusal } from "./people.mjs";

const WAITING = ["pending", "failed"];

export class Scheduled {
  #model;
  #items = new Map();

  constructor(model) {
    this.#model = model;
  }

  /** Those of a channel that wait, or have failed. */
  of(url) {
    return this.#waiting.filter(({ channel_url }) => channel_url === url).sort((a, b) => a.scheduled_at - b.scheduled_at);
  }

  create({ channel_url, message, scheduled_at }) {
    this.#model.channel(channel_url);
    const id = this.#model.next();
    this.#have({ scheduled_message_id: id, channel_url, message, scheduled_at, scheduled_status: "pending", reason: "", message_id: 0 });
    this.#tellOf("scheduled_message.created", id);
    return this.#items.get(id);
  }

  update({ scheduled_message_id: id, ...change }) {
    const item = this.#find(id, ["pending"]);
    this.#model.next();
    this.#have({ ...item, ...change });
    this.#tellOf("scheduled_message.updated", id);
    return this.#items.get(id);
  }

  cancel(id) {
    this.#end(this.#find(id), { scheduled_status: "canceled" });
  }

  sendNow(id) {
    const item = this.#find(id);
    this.#model.channel(item.channel_url);
    const message = this.#model.send(item.channel_url, ME, item.message);
    this.#end(item, { scheduled_status: "sent", message_id: message.message_id });
    return this.#model.plain(message);
  }

  /** Its time has come; when `isRefused` it cannot be sent. */
  due(id, isRefused) {
    const item = this.#find(id, ["pending"]);
    if (isRefused || !this.#model.channels.get(item.channel_url).isMember) this.#end(item, { scheduled_status: "failed", reason: "refused" });
    else this.sendNow(id);
  }

  list({ token, limit }) {
    const { items, next } = pageOf(this.#waiting.map((item) => ({ key: [item.scheduled_at, item.scheduled_message_id], item })), token, limit);
    return { scheduled_messages: items, next };
  }

  get #waiting() {
    return [...this.#items.values()].filter(({ scheduled_status }) => WAITING.includes(scheduled_status));
  }

  #find(id, statuses = WAITING) {
    const item = this.#items.get(id);
    if (!statuses.includes(item?.scheduled_status)) throw new Refusal(501, "no such scheduled message");
    return item;
  }

  #have(item) {
    this.#items.set(item.scheduled_message_id, item);
  }

  #end(item, { scheduled_status, message_id = 0, reason = "" }) {
    this.#model.next();
    this.#have({ ...item, scheduled_status, message_id, reason });
    const more = { ...(message_id && { message_id }), ...(reason && { reason }) };
    this.#model.tell(`scheduled_message.${scheduled_status}`, () => ({ scheduled_message_id: item.scheduled_message_id, ...more }));
  }

  /** As it is by then, while it waits or has failed. */
  #tellOf(type, id) {
    this.#model.tell(type, () => WAITING.includes(this.#items.get(id).scheduled_status) && { scheduled_message: this.#items.get(id) });
  }
}
