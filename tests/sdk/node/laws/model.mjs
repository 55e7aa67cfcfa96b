// A small model of a chatd as one person sees it: channels, messages, reactions, read marks, and the stream of what they are told.

import { pageOf } from "./page.mjs";
import { ME, OTHER, Refusal, userOf } from "./people.mjs";
import { Pins } from "./pins.mjs";
import { Saved } from "./saved.mjs";
import { Scheduled } from "./scheduled.mjs";

export const REFUSED = "refused";
const NOT_HERE = "not in this house";
const NO_CHANNEL = "no such channel";
/** Why a message may be refused for good. */
export const REASONS = [NOT_HERE, NO_CHANNEL];
const PAGE = 100;
// So many messages are looked through on each side of a place.
const LOOKED_AT = 7;

export class Model {
  /** {offset, type, url, id, data()}: what the person is told, in order. `data()` is as it is by then; null when it is not told any more. */
  log = [];
  channels = new Map();
  saved = new Saved(this);
  pins = new Pins(this);
  scheduled = new Scheduled(this);
  epoch = 1;
  #sequence = 0;
  #told;
  #now;

  /** `told(entry)` is called with each new entry of the log. `now()`: the server's clock, in ms. */
  constructor(urls, { told, now }) {
    this.#told = told;
    this.#now = now;
    for (const url of urls) this.channels.set(url, { url, isMember: true, messages: [], gone: new Set(), mark: 0, readAt: 0, otherReadAt: 0 });
  }

  get offset() {
    return this.#sequence;
  }

  /** Run a command of the person. Throws a Refusal. */
  call(method, params) {
    const command = COMMANDS[method];
    if (!command) throw new Refusal(104, `the model has no ${method}`);
    return command(this, params);
  }

  channel(url) {
    const channel = this.channels.get(url);
    if (!channel?.isMember) throw new Refusal(501, NO_CHANNEL);
    return channel;
  }

  message(url, id) {
    const message = this.channel(url).messages.find(({ message_id }) => message_id === id);
    if (!message) throw new Refusal(501, "no such message");
    return message;
  }

  /** A message that is there, and that the person may read; null when there is none. */
  readable(url, id) {
    const { isMember, messages } = this.channels.get(url);
    return (isMember && messages.find(({ message_id }) => message_id === id)) || null;
  }

  unread(channel) {
    return channel.messages.filter(({ message_id, user }) => message_id > channel.mark && user.user_id !== ME).length;
  }

  unreadMentions(channel) {
    return channel.messages.filter(({ message_id, user, mentioned_users }) => message_id > channel.mark && user.user_id !== ME && mentioned_users.length > 0).length;
  }

  send(url, userId, text, reqId = "", more = {}) {
    const channel = this.channels.get(url);
    const known = channel.messages.find(({ req_id, user }) => reqId && req_id === reqId && user.user_id === userId) ?? channel.sent?.get(reqId);
    if (known) return known;
    const message = {
      message_id: this.next(), type: "MESG", channel_url: url, message: text, created_at: this.#now(), updated_at: 0, req_id: reqId,
      user: userOf(userId), mention_type: "users", mentioned_users: mentionedIn(text), silent: false, reactions: [], ...more,
    };
    channel.messages.push(message);
    if (reqId) (channel.sent ??= new Map()).set(reqId, Object.assign(message, { first: text }));
    if (userId === OTHER) channel.otherReadAt = message.created_at;
    if (userId === ME) Object.assign(channel, { mark: message.message_id, readAt: message.created_at });
    const isThere = () => channel.messages.includes(message);
    this.tellIn(url, "message.created", () => isThere() && { message: this.plain(message) });
    return message;
  }

  edit(url, id, text) {
    const message = this.message(url, id);
    Object.assign(message, { message: text, mentioned_users: mentionedIn(text), updated_at: Math.max(this.#now(), message.updated_at + 1) });
    const channel = this.channels.get(url);
    this.next();
    this.tellIn(url, "message.updated", () => channel.messages.includes(message) && { message: this.plain(message) });
    return message;
  }

  delete(url, id) {
    const channel = this.channel(url);
    this.message(url, id);
    channel.messages = channel.messages.filter(({ message_id }) => message_id !== id);
    this.next();
    this.tellIn(url, "message.deleted", () => ({ message_id: id }));
  }

  react(url, id, userId, reaction, isAdded) {
    const message = this.message(url, id);
    const known = message.reactions.find(({ key }) => key === reaction);
    const has = known?.user_ids.includes(userId) === true;
    if (has === isAdded) return;
    const updated_at = this.#now();
    if (isAdded && known) known.user_ids = [...known.user_ids, userId];
    else if (isAdded) message.reactions = [...message.reactions, { key: reaction, user_ids: [userId], updated_at }];
    else message.reactions = message.reactions.map((each) => (each === known ? { ...each, user_ids: each.user_ids.filter((one) => one !== userId) } : each)).filter(({ user_ids }) => user_ids.length > 0);
    this.next();
    this.tellIn(url, isAdded ? "reaction.added" : "reaction.removed", () => ({ message_id: id, reaction, user_id: userId, updated_at }));
  }

  read(url, userId, id) {
    const channel = this.channel(url);
    const read_ts = channel.messages.find(({ message_id }) => message_id === id)?.created_at ?? 0;
    if (userId === ME) {
      if (id <= channel.mark) return;
      Object.assign(channel, { mark: id, readAt: Math.max(read_ts, channel.readAt) });
    } else {
      if (read_ts <= channel.otherReadAt) return;
      channel.otherReadAt = read_ts;
    }
    this.next();
    this.tellIn(url, "channel.read", () => ({ user_id: userId, read_ts, read_message_id: id }));
  }

  leave(url) {
    const channel = this.channel(url);
    channel.isMember = false;
    this.next();
    this.tellIn(url, "member.left", () => ({ users: [userOf(ME)], reason: "" }));
  }

  join(url) {
    const channel = this.channels.get(url);
    if (channel.isMember || channel.isDeleted) return;
    channel.isMember = true;
    channel.mark = this.next();
    this.tellIn(url, "member.joined", () => ({ channel: this.resource(channel, false), members: [memberOf(ME, channel.readAt)] }));
  }

  deleteChannel(url) {
    const channel = this.channel(url);
    this.next();
    this.tellIn(url, "channel.deleted", () => ({}));
    channel.messages.forEach(({ message_id }) => channel.gone.add(message_id));
    Object.assign(channel, { isMember: false, isDeleted: true, messages: [] });
  }

  /** What is older than a message is too old to be kept, and it too. */
  expire(url, id) {
    const channel = this.channel(url);
    const last = channel.messages.find(({ message_id }) => message_id === id);
    if (!last) return;
    channel.messages.filter(({ message_id }) => message_id <= id).forEach(({ message_id }) => channel.gone.add(message_id));
    channel.messages = channel.messages.filter(({ message_id }) => message_id > id);
    this.next();
    this.tellIn(url, "messages.expired", () => ({ created_at: last.created_at, message_id: id }));
  }

  /** Forget where clients were: nobody can go on from where they were. */
  restartLog() {
    this.epoch += 1;
    this.log = [];
  }

  /** What was missed since an offset; null when that cannot be told. */
  missed(offset, epoch) {
    if (epoch !== String(this.epoch)) return null;
    return this.log.filter((entry) => entry.offset > offset);
  }

  resource(channel, isOwn = true) {
    const own = { unread_message_count: this.unread(channel), unread_mention_count: this.unreadMentions(channel), user_last_read: channel.readAt, my_role: "", hidden_state: "unhidden", is_hidden: false };
    const last = channel.messages.at(-1);
    return {
      channel_url: channel.url, name: channel.url, custom_type: "", member_count: 2, created_at: 1, created_by: null, ts_message_offset: 0,
      last_message: last ? this.plain(last) : null, members: [memberOf(ME, channel.readAt), memberOf(OTHER, channel.otherReadAt)], ...(isOwn && own),
    };
  }

  /** As events have it: without reactions. */
  plain({ reactions, first, ...message }) {
    return message;
  }

  next() {
    this.#sequence += 1;
    return this.#sequence;
  }

  /** Tell those who are in a channel. */
  tellIn(channel_url, type, data) {
    if (!this.channels.get(channel_url).isMember && type !== "member.left") return;
    this.tell(type, () => {
      const found = data();
      return found && { channel_url, ...found };
    });
  }

  /** Tell the person, wherever they are. */
  tell(type, data) {
    const rendered = () => {
      const found = data();
      return found ? { type, ...structuredClone(found) } : null;
    };
    const entry = { offset: this.#sequence, data: rendered };
    this.log.push(entry);
    this.#told(entry);
  }
}

function mentionedIn(text) {
  return text.includes(`@${ME}`) ? [userOf(ME)] : [];
}

function memberOf(user_id, read_ts) {
  return { ...userOf(user_id), role: "", state: "joined", is_muted: false, read_ts };
}

const COMMANDS = {
  "channels.list": (model) => ({ channels: [...model.channels.values()].filter(({ isMember }) => isMember).map((channel) => model.resource(channel)), next: "" }),
  "channels.view": (model, { channel_url }) => model.resource(model.channel(channel_url)),
  "channels.mark_read": (model, { channel_url, message_id }) => void model.read(channel_url, ME, message_id) ?? {},
  "drafts.list": () => ({ drafts: [], next: "" }),
  "saved.add": ({ saved }, { channel_url, message_id }) => saved.add(channel_url, message_id),
  "saved.remove": ({ saved }, { message_id }) => void saved.remove(message_id) ?? {},
  "saved.list": ({ saved }, params) => saved.list(params),
  "messages.pin": ({ pins }, { channel_url, message_id }) => void pins.add(channel_url, message_id, ME) ?? {},
  "messages.unpin": ({ pins }, { channel_url, message_id }) => void pins.remove(channel_url, message_id, ME) ?? {},
  "pins.list": ({ pins }, { channel_url }) => pins.list(channel_url),
  "scheduled_messages.create": ({ scheduled }, params) => scheduled.create(params),
  "scheduled_messages.update": ({ scheduled }, params) => scheduled.update(params),
  "scheduled_messages.cancel": ({ scheduled }, { scheduled_message_id }) => void scheduled.cancel(scheduled_message_id) ?? {},
  "scheduled_messages.send_now": ({ scheduled }, { scheduled_message_id }) => scheduled.sendNow(scheduled_message_id),
  "scheduled_messages.list": ({ scheduled }, params) => scheduled.list(params),
  "files.list": files,
  "users.view_push_preference": () => ({}),
  "messages.list": list,
  "messages.send": (model, { channel_url, message, req_id }) => {
    model.channel(channel_url);
    if (message === REFUSED) throw new Refusal(1220, NOT_HERE);
    return model.plain(model.send(channel_url, ME, message, req_id));
  },
  "messages.update": (model, { channel_url, message_id, message }) => model.plain(model.edit(channel_url, message_id, message)),
  "messages.delete": (model, { channel_url, message_id }) => void model.delete(channel_url, message_id) ?? {},
  "messages.view": (model, { channel_url, message_id }) => model.message(channel_url, message_id),
  "reactions.add": (model, { channel_url, message_id, reaction }) => void model.react(channel_url, message_id, ME, reaction, true) ?? {},
  "reactions.remove": (model, { channel_url, message_id, reaction }) => void model.react(channel_url, message_id, ME, reaction, false) ?? {},
};

function list(model, { channel_url, message_id, message_ts, prev_limit, next_limit, include }) {
  const { messages } = model.channel(channel_url);
  const at = message_id === undefined ? ({ created_at }) => created_at - message_ts : (message) => message.message_id - message_id;
  const before = take(messages.filter((message) => at(message) < 0).reverse(), Math.min(prev_limit, PAGE * 2));
  const here = include ? messages.filter((message) => at(message) === 0) : [];
  const after = take(messages.filter((message) => at(message) > 0), next_limit);
  const places = { ...(before.last && { prev_message_id: before.last }), ...(after.last && { next_message_id: after.last }) };
  return { messages: [...before.found.reverse(), ...here, ...after.found], ...places };
}

function files(model, { channel_url, token, limit }) {
  const { messages } = model.channel(channel_url);
  const found = messages.filter((message) => message.files).map((message) => ({ key: [-message.created_at, -message.message_id], item: model.plain(message) }));
  const { items, next } = pageOf(found, token, limit);
  return { messages: items, next };
}

/** Few are looked at, and there may be more after the last one. */
function take(messages, limit) {
  const found = messages.slice(0, Math.min(limit, LOOKED_AT));
  return { found, last: found.length < limit && found.length === LOOKED_AT ? found.at(-1).message_id : 0 };
}
