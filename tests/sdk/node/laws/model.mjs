// A small model of a chatd as one person sees it: channels, messages, reactions, read marks, and the stream of what they are told.
import { ME, OTHER, Refusal, userOf } from "./people.mjs";
import { Pins } from "./pins.mjs";
import { Polls } from "./polls.mjs";
import { Saved } from "./saved.mjs";
import { Scheduled } from "./scheduled.mjs";
import { Threads } from "./threads.mjs";

export const NO_CHANNEL = "no such channel";
export const NO_MESSAGE = "no such message";

export class Model {
  /** {offset, type, url, id, data()}: what the person is told, in order. `data()` is as it is by then; null when it is not told any more. */
  log = [];
  channels = new Map();
  saved = new Saved(this);
  pins = new Pins(this);
  scheduled = new Scheduled(this);
  threads = new Threads(this);
  polls;
  epoch = 1;
  #sequence = 0;
  #told;
  #now;

  /** `told(entry)` is called with each new entry of the log. `now()`: the server's clock, in ms. */
  constructor(urls, { told, now }) {
    this.#told = told;
    this.#now = now;
    this.polls = new Polls(this, urls);
    for (const url of urls) this.channels.set(url, { url, isMember: true, messages: [], removed: new Map(), gone: new Set(), mark: 0, readAt: 0, otherReadAt: 0 });
  }

  get offset() {
    return this.#sequence;
  }

  channel(url) {
    const channel = this.channels.get(url);
    if (!channel?.isMember) throw new Refusal(501, NO_CHANNEL);
    return channel;
  }

  message(url, id) {
    const message = this.channel(url).messages.find(({ message_id }) => message_id === id);
    if (!message) throw new Refusal(501, NO_MESSAGE);
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
    if (message.parent_message_id) this.threads.noteReply(url, message);
    channel.messages.push(message);
    if (reqId) (channel.sent ??= new Map()).set(reqId, Object.assign(message, { first: text }));
    if (userId === OTHER) channel.otherReadAt = message.created_at;
    if (userId === ME) Object.assign(channel, { mark: message.message_id, readAt: message.created_at });
    const isThere = () => channel.messages.includes(message);
    this.tellIn(url, "message.created", () => isThere() && { message: this.plain(message), ...this.#threadOf(message) });
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
    const message = this.message(url, id);
    channel.messages = channel.messages.filter(({ message_id }) => message_id !== id);
    channel.removed.set(id, { ...this.plain(message), message: "" });
    this.next();
    const { parent_message_id } = message;
    this.tellIn(url, "message.deleted", () => ({ message_id: id, ...(parent_message_id && { parent_message_id, ...this.#threadOf(message) }) }));
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
    this.#forget(channel, () => true);
    Object.assign(channel, { isMember: false, isDeleted: true });
  }

  /** What is older than a message is too old to be kept, and it too. */
  expire(url, id) {
    const channel = this.channel(url);
    const last = channel.messages.find(({ message_id }) => message_id === id);
    if (!last) return;
    this.#forget(channel, (each) => each <= id);
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

  #threadOf({ channel_url, parent_message_id: id }) {
    return id ? { thread_info: this.threads.info(channel_url, id) } : {};
  }

  /** Messages are gone for good, those that were deleted before too. */
  #forget(channel, isGone) {
    const gone = [...channel.messages.map(({ message_id }) => message_id), ...channel.removed.keys()].filter(isGone);
    gone.forEach((id) => channel.gone.add(id));
    gone.forEach((id) => channel.removed.delete(id));
    channel.messages = channel.messages.filter(({ message_id }) => !channel.gone.has(message_id));
    this.threads.forget(gone);
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
