import { Channel, DIRECT } from "./channel.js";
import { follow } from "./channel_events.js";
import { newIdentifier } from "./identifier.js";
import { Journal } from "./journal.js";
import { persist } from "./persist.js";
import { Change, Signal } from "./signal.js";
/** @import { Connection } from "./connection.js" */
/** @import { Event, EventOf, GroupChannel, KeptChannels, Me, Message, Named, Params } from "./types.js" */

const PAGE = 50;
const MOST_KEPT = 500;
/** @type {Params<"channels.list">} */
const QUERY = { limit: PAGE, order: "latest_last_message", hidden_mode: "all", show_empty: true, show_member: true, show_read_receipt: true };

/** @typedef {{ channels: GroupChannel[], next: string }} KnownPage */

/** This person's channels, the latest active first, kept up to date by events. */
export class ChannelList {
  changed = new Change();
  /**
   * (channel, message): a message of somebody else has come.
   * @type {Signal<[Channel, Message]>}
   */
  arrived = new Signal();
  /** True once the first page is here. */
  loaded = false;

  #connection;
  #me;
  /** @type {Map<string, Channel>} */
  #byUrl = new Map();
  #journal = new Journal();
  #next = "";
  #loadingMore = false;
  /**
   * Channels of which something has happened that only the server can tell are being fetched.
   * @type {Set<Promise<unknown>>}
   */
  #stale = new Set();

  /**
   * @param {Connection} connection
   * @param {Me} me
   */
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

  /**
   * Begin with what was kept.
   * @param {KeptChannels} kept
   */
  restore({ channels, next }) {
    channels.forEach((kept) => this.#add(Channel.restored(this.#me, kept)));
    this.#next = next;
    this.loaded = true;
    this.changed.mark();
  }

  /** @param {string} url */
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

  /**
   * Have those of a name that are not in the list yet come into it.
   * @param {string} text
   */
  async fetchNamed(text) {
    await this.#journal.join(
      () => this.#connection.call("channels.list", { ...QUERY, name_contains: text }),
      ({ channels }) => channels.forEach((resource) => this.#adopt(resource)),
      (event) => this.#apply(event),
    );
  }

  /**
   * The channel at a URL, fetched when it is not in the list yet.
   * @param {string} url
   * @returns {Promise<Channel | null>}
   */
  async find(url) {
    if (!this.#byUrl.has(url)) await this.#refresh(url);
    return this.get(url);
  }

  /**
   * The conversation with one other person; there is only one.
   * @param {string} userId
   */
  openDirect(userId) {
    return this.openTalk([userId]);
  }

  /**
   * The conversation with several others, without a name; there is only one.
   * @param {string[]} userIds
   */
  async openTalk(userIds) {
    const query = { user_ids: userIds, is_distinct: true, custom_type: DIRECT };
    return this.#own(await this.#connection.call("channels.create", query));
  }

  /**
   * A channel with a name: one that everybody finds and joins, or one for those who are added. `reqId`: with the same one it is made once.
   * @param {{ name: string, userIds?: string[], isPublic?: boolean, reqId?: string }} wanted
   */
  async create({ name, userIds = [], isPublic = false, reqId = newIdentifier() }) {
    const query = { name, user_ids: userIds, is_public: isPublic, req_id: reqId };
    return this.#own(await this.#connection.call("channels.create", query));
  }

  /**
   * @param {Channel} channel
   * @param {string} name
   */
  async rename(channel, name) {
    channel.merge(await this.#connection.call("channels.update", { channel_url: channel.url, name }));
  }

  /** @param {Channel} channel */
  async leave(channel) {
    await this.#connection.call("channels.leave", { channel_url: channel.url });
    this.drop(channel.url);
  }

  /**
   * Put a channel away until its next message.
   * @param {Channel} channel
   */
  async hide(channel) {
    await this.#connection.call("channels.hide", { channel_url: channel.url });
    channel.hide({ hidden_state: "hidden_allow_auto_unhide" });
  }

  /** @param {Channel} channel */
  async unhide(channel) {
    await this.#connection.call("channels.unhide", { channel_url: channel.url });
    channel.hide({ hidden_state: "unhidden" });
  }

  /**
   * This person has seen everything, in some channels or, without them, in all.
   * @param {Channel[] | null} [channels]
   */
  async markAllRead(channels = null) {
    await this.#connection.call("channels.mark_all_read", channels ? { channel_urls: channels.map(({ url }) => url) } : {});
  }

  /** @param {Event} event */
  handle(event) {
    this.#journal.note(event);
    this.#apply(event);
  }

  /** @param {string} url */
  drop(url) {
    const channel = this.#byUrl.get(url);
    if (!channel) return;
    channel.joined = false;
    this.#byUrl.delete(url);
    channel.changed.mark();
    this.changed.mark();
  }

  /** Nobody is told of anything any more. */
  close() {
    this.#byUrl.forEach(({ typists }) => typists.clear());
  }

  /** @param {GroupChannel} resource */
  async #own(resource) {
    return (await this.find(resource.channel_url)) ?? this.#adopt(resource);
  }

  /**
   * @param {number} count
   * @returns {Promise<KnownPage>}
   */
  async #pages(count) {
    /** @type {KnownPage} */
    const found = { channels: [], next: "" };
    do {
      const page = await this.#connection.call("channels.list", { ...QUERY, token: found.next });
      found.channels.push(...page.channels);
      found.next = page.next;
    } while (found.next && found.channels.length < count);
    return found;
  }

  /** @param {KnownPage} page */
  #replace({ channels, next }) {
    const current = new Set(channels.map((resource) => resource.channel_url));
    [...this.#byUrl.keys()].filter((url) => !current.has(url)).forEach((url) => this.drop(url));
    this.#append({ channels, next });
    this.loaded = true;
  }

  /** @param {KnownPage} page */
  #append({ channels, next }) {
    this.#next = next;
    channels.forEach((resource) => this.#adopt(resource));
    this.changed.mark();
  }

  /**
   * Take a channel over as the server has it.
   * @param {GroupChannel} resource
   */
  #adopt(resource) {
    const known = this.#byUrl.get(resource.channel_url);
    if (known) known.merge(resource);
    else this.#insert(resource);
    this.changed.mark();
    return this.get(resource.channel_url);
  }

  /** @param {GroupChannel} resource */
  #insert(resource) {
    this.#add(new Channel(this.#me, resource));
  }

  /** @param {Channel} channel */
  #add(channel) {
    channel.changed.listen(() => this.changed.mark());
    this.#byUrl.set(channel.url, channel);
  }

  /** @param {Event} event */
  #apply(event) {
    if (event.type === "profile.changed") return this.#byUrl.forEach((each) => each.renamed(event.user));
    const { channel_url: url = "" } = event;
    const channel = this.get(url);
    switch (event.type) {
      case "channel.created":
      case "member.joined":
        // An open channel has no members.
        return "members" in event && this.#welcome(channel, /** @type {EventOf<"member.joined">} */ (event));
      case "channel.deleted":
        return this.drop(url);
      case "member.left":
        return this.#dismiss(channel, event.users);
      case "message.created":
        return channel ? this.#receive(channel, event) : this.#refreshSoon(url);
      default:
        return channel && follow(channel, event, this.#me) === true && this.#refreshSoon(url);
    }
  }

  /**
   * @param {Channel} channel
   * @param {EventOf<"message.created">} event
   */
  #receive(channel, event) {
    const before = channel.unread;
    channel.receive(event);
    if (channel.unread > before) this.arrived.emit(channel, event.message);
  }

  /**
   * @param {Channel | null} channel
   * @param {EventOf<"member.joined">} event
   */
  #welcome(channel, { channel: resource, members }) {
    if (channel) channel.merge(resource);
    else if (members?.some((member) => member.user_id === this.#me.user_id)) this.#refreshSoon(resource.channel_url);
    channel?.add(members ?? []);
  }

  /**
   * @param {Channel | null} channel
   * @param {Named[]} users
   */
  #dismiss(channel, users) {
    if (!channel) return;
    if (users.some((user) => user.user_id === this.#me.user_id)) this.drop(channel.url);
    else channel.remove(users);
  }

  /**
   * Fetch one channel anew, now or when the server can be reached; until then it is not as it was.
   * @param {string} url
   */
  #refreshSoon(url) {
    const refreshing = persist(this.#connection, () => this.#refresh(url))
      // That it is gone meanwhile is told by other events.
      .catch((failure) => console.info("channel not refreshed:", failure.message))
      .finally(() => this.#stale.delete(refreshing));
    this.#stale.add(refreshing);
  }

  /** @param {string} url */
  async #refresh(url) {
    await this.#journal.join(
      () => this.#connection.call("channels.view", { channel_url: url, show_member: true, show_read_receipt: true }),
      (resource) => {
        if ("user_last_read" in resource) this.#adopt(resource);
      },
      (event) => (event.channel_url === url || event.type === "profile.changed") && this.#apply(event),
    );
  }
}
