import { Channel, DIRECT } from "./channel.js";
import { newIdentifier } from "./identifier.js";
import { Journal } from "./journal.js";
import { Change, Signal } from "./signal.js";

const PAGE = 50;
const MOST_KEPT = 500;
const QUERY = { limit: PAGE, order: "latest_last_message", hidden_mode: "all", show_empty: true, show_member: true, show_read_receipt: true };

/** This person's channels, the latest active first, kept up to date by events. */
export class ChannelList {
  changed = new Change();
  /** (channel, message): a message of somebody else has come. */
  arrived = new Signal();
  /** True once the first page is here. */
  loaded = false;

  #connection;
  #me;
  #byUrl = new Map();
  #journal = new Journal();
  #next = "";
  #loadingMore = false;
  // Channels of which something has happened that only the server can tell.
  #stale = new Set();

  constructor(connection, me) {
    this.#connection = connection;
    this.#me = me;
  }

  get ordered() {
    return [...this.#byUrl.values()].sort((a, b) => b.activeAt - a.activeAt || (a.url < b.url ? -1 : 1));
  }

  get size() {
    return this.#byUrl.size;
  }

  get unread() {
    return this.ordered.reduce((sum, channel) => sum + channel.unread, 0);
  }

  get unreadMentions() {
    return this.ordered.reduce((sum, channel) => sum + channel.unreadMentions, 0);
  }

  get hasMore() {
    return this.#next !== "";
  }

  /** What is kept in the browser; null while something of it is still being fetched, or when it is too much. */
  get snapshot() {
    if (!this.loaded || this.#stale.size > 0 || this.#byUrl.size > MOST_KEPT) return null;
    return { channels: [...this.#byUrl.values()].map((channel) => channel.snapshot), next: this.#next };
  }

  /** Begin with what was kept. */
  restore({ channels, next }) {
    channels.forEach((kept) => this.#add(Channel.restored(this.#me, kept)));
    this.#next = next;
    this.loaded = true;
    this.changed.mark();
  }

  get(url) {
    return this.#byUrl.get(url) ?? null;
  }

  /** Start over from a snapshot of as many channels as are known. */
  async load() {
    await this.#journal.join(
      () => this.#pages(this.#byUrl.size),
      (pages) => this.#replace(pages),
      (event) => this.#apply(event),
    );
  }

  async loadMore() {
    if (!this.hasMore || this.#loadingMore) return;
    this.#loadingMore = true;
    try {
      await this.#journal.join(
        () => this.#connection.call("channels.list", { ...QUERY, token: this.#next }),
        (page) => this.#append(page),
        (event) => this.#apply(event),
      );
    } finally {
      this.#loadingMore = false;
    }
  }

  /** Have those of a name that are not in the list yet come into it. */
  async fetchNamed(text) {
    const { channels } = await this.#connection.call("channels.list", { ...QUERY, name_contains: text });
    channels.forEach((resource) => this.adopt(resource));
  }

  /** The channel at a URL, fetched when it is not in the list yet. */
  async find(url) {
    if (!this.#byUrl.has(url)) await this.#refresh(url);
    return this.#byUrl.get(url);
  }

  /** Take a channel over that a command has returned. */
  adopt(resource) {
    const known = this.#byUrl.get(resource.channel_url);
    if (known) known.merge(resource);
    else this.#insert(resource);
    this.changed.mark();
    return this.get(resource.channel_url);
  }

  /** The conversation with one other person; there is only one. */
  openDirect(userId) {
    return this.openTalk([userId]);
  }

  /** The conversation with several others, without a name; there is only one. */
  async openTalk(userIds) {
    const query = { user_ids: userIds, is_distinct: true, custom_type: DIRECT };
    return this.#own(await this.#connection.call("channels.create", query));
  }

  /** A channel with a name: one that everybody finds and joins, or one for those who are added. `reqId`: with the same one it is made once. */
  async create({ name, userIds = [], isPublic = false, reqId = newIdentifier() }) {
    const query = { name, user_ids: userIds, is_public: isPublic, req_id: reqId };
    return this.#own(await this.#connection.call("channels.create", query));
  }

  async rename(channel, name) {
    channel.merge(await this.#connection.call("channels.update", { channel_url: channel.url, name }));
  }

  async leave(channel) {
    await this.#connection.call("channels.leave", { channel_url: channel.url });
    this.drop(channel.url);
  }

  /** Put a channel away until its next message. */
  async hide(channel) {
    await this.#connection.call("channels.hide", { channel_url: channel.url });
    channel.hide({ hidden_state: "hidden_allow_auto_unhide" });
  }

  async unhide(channel) {
    await this.#connection.call("channels.unhide", { channel_url: channel.url });
    channel.hide({ hidden_state: "unhidden" });
  }

  /** This person has seen everything, in some channels or, without them, in all. */
  async markAllRead(channels = null) {
    await this.#connection.call("channels.mark_all_read", channels ? { channel_urls: channels.map(({ url }) => url) } : {});
  }

  handle(event) {
    this.#journal.note(event);
    this.#apply(event);
  }

  drop(url) {
    const channel = this.#byUrl.get(url);
    if (!channel) return;
    channel.joined = false;
    this.#stale.delete(url);
    this.#byUrl.delete(url);
    channel.changed.mark();
    this.changed.mark();
  }

  /** Nobody is told of anything any more. */
  close() {
    this.#byUrl.forEach(({ typists }) => typists.clear());
  }

  async #own(resource) {
    return (await this.find(resource.channel_url)) ?? this.adopt(resource);
  }

  async #pages(count) {
    const found = { channels: [], next: "" };
    do {
      const page = await this.#connection.call("channels.list", { ...QUERY, token: found.next });
      found.channels.push(...page.channels);
      found.next = page.next;
    } while (found.next && found.channels.length < count);
    return found;
  }

  #replace({ channels, next }) {
    const current = new Set(channels.map((resource) => resource.channel_url));
    [...this.#byUrl.keys()].filter((url) => !current.has(url)).forEach((url) => this.drop(url));
    this.#append({ channels, next });
    this.#stale.clear();
    this.loaded = true;
  }

  #append({ channels, next }) {
    this.#next = next;
    channels.forEach((resource) => this.adopt(resource));
    this.changed.mark();
  }

  #insert(resource) {
    this.#add(new Channel(this.#me, resource));
  }

  #add(channel) {
    channel.changed.listen(() => this.changed.mark());
    this.#byUrl.set(channel.url, channel);
  }

  #apply(event) {
    const channel = this.get(event.channel_url);
    switch (event.type) {
      case "channel.created":
      case "member.joined":
        return this.#welcome(channel, event);
      case "channel.updated":
        return channel?.merge(event.channel);
      case "channel.deleted":
        return this.drop(event.channel_url);
      case "member.left":
        return this.#dismiss(channel, event.users);
      case "operators.changed":
        channel?.operate(event);
        return channel && this.#refreshSoon(channel.url);
      case "user.muted":
      case "user.unmuted":
        return channel?.mute(event, event.type === "user.muted");
      case "channel.frozen":
      case "member.invited":
      case "invitation.declined":
      case "invitation.canceled":
        return channel && this.#refreshSoon(channel.url);
      case "message.created":
        return channel ? this.#receive(channel, event.message) : this.#refreshSoon(event.channel_url);
      case "message.updated":
        return channel?.revise(event.message);
      case "message.deleted":
        return channel && isShown(channel, [event.message_id]) && this.#refreshSoon(channel.url);
      case "messages.erased":
        return channel && isShown(channel, event.message_ids) && this.#refreshSoon(channel.url);
      case "messages.expired":
        return channel && isTouched(channel, event) && this.#refreshSoon(channel.url);
      case "channel.read":
        return channel && !channel.read(event) && this.#refreshSoon(channel.url);
      case "channel.marked_unread":
        return channel?.markedUnread(event);
      case "channel.preference_changed":
        return channel?.prefer(event);
      case "channel.hidden":
      case "channel.unhidden":
        return channel?.hide(event);
      case "channel.history_reset":
        return channel?.clear(event);
      case "typing":
        return channel && this.#typing(channel, event);
    }
  }

  #receive(channel, message) {
    const before = channel.unread;
    channel.receive(message);
    if (channel.unread > before) this.arrived.emit(channel, message);
  }

  #welcome(channel, { channel: resource, members }) {
    if (channel) channel.merge(resource);
    else if (members.some((member) => member.user_id === this.#me.user_id)) this.#refreshSoon(resource.channel_url);
    channel?.add(members);
  }

  #dismiss(channel, users) {
    if (users.some((user) => user.user_id === this.#me.user_id)) this.drop(channel?.url);
    else channel?.remove(users);
  }

  #typing(channel, { user_id, nickname, typing }) {
    if (user_id === this.#me.user_id) return;
    if (typing) channel.typists.add(user_id, nickname || user_id);
    else channel.typists.remove(user_id);
  }

  /** Fetch one channel anew. That it is gone meanwhile, or that the connection is, is told by other events. */
  #refreshSoon(url) {
    this.#stale.add(url);
    this.#refresh(url).catch((failure) => console.info("channel not refreshed:", failure.message));
  }

  async #refresh(url) {
    await this.#journal.join(
      () => this.#connection.call("channels.view", { channel_url: url, show_member: true, show_read_receipt: true }),
      (resource) => {
        this.#stale.delete(url);
        if ("user_last_read" in resource) this.adopt(resource);
      },
      (event) => event.channel_url === url && this.#apply(event),
    );
  }
}

/** Whether a channel shows something of messages that are gone: one is its last, or may have been unread. */
function isShown(channel, messageIds) {
  return channel.unread > 0 || messageIds.includes(channel.lastMessage?.message_id);
}

/** Whether a channel shows something of messages that went: its last one, or that some were unread. */
function isTouched(channel, { created_at }) {
  return channel.unread > 0 || channel.lastMessage?.created_at <= created_at;
}
