import { addressOf } from "./address.js";
import { Blocks } from "./blocks.js";
import { ChannelList } from "./channel_list.js";
import { Connection } from "./connection.js";
import { Directory } from "./directory.js";
import { Drafts } from "./drafts.js";
import { FileList } from "./file_list.js";
import { FollowedThreads } from "./followed_threads.js";
import { Keeper } from "./keeper.js";
import { MemberSearch } from "./member_search.js";
import { Membership } from "./membership.js";
import { Alone } from "./memory_store.js";
import { Metadata } from "./metadata.js";
import { Moderation } from "./moderation.js";
import { Notifications } from "./notifications.js";
import { People } from "./people.js";
import { PerChannel } from "./per_channel.js";
import { Permissions } from "./permissions.js";
import { Pins } from "./pins.js";
import { Polls } from "./polls.js";
import { Presence } from "./presence.js";
import { Profile } from "./profile.js";
import { ReadMarks } from "./read_marks.js";
import { Saved } from "./saved.js";
import { Scheduled } from "./scheduled.js";
import { Change } from "./signal.js";
import { SlashCommands } from "./slash_commands.js";
import { Sync } from "./sync.js";
import { Timelines } from "./timelines.js";
import { Tokens } from "./tokens.js";
import { TypingNotice } from "./typing.js";
import { uploadsOf } from "./uploads_of.js";
/** @import { Channel } from "./channel.js" */
/** @import { Timeline } from "./timeline.js" */
/** @import { ChatOptions, Event, Me, Message, MessageMark, MessagePlace, Method, Params, Result, Snapshot } from "./types.js" */

/**
 * One person's chat: the connection and all that is kept in step with it.
 *
 * The stream is recoverable. When the server shows that nothing was missed, its events suffice; when it cannot,
 * the collections are loaded again from the server.
 */
export class Chat {
  /**
   * This person; filled by the server's answer to connect.
   * @type {Me}
   */
  me = { user_id: "", nickname: "", profile_url: "" };
  meChanged = new Change();

  #connection;
  #timelines;
  #pins;
  #permissions;
  #metadata;
  #files;
  #keeper;
  #sync;
  #isClosed = false;
  /** @type {Promise<void> | null} */
  #opening = null;
  #marks;

  /**
   * `url`: the server's address. `getToken()` resolves to a session token of this person, which the program's own backend got
   * from the Platform API; with `token` alone the chat ends when that does. `user`: the person's user_id, to keep what they have
   * seen and what they have not sent yet, in this browser or in `store`, until `wipe`; without it nothing is kept. `store`: see
   * MemoryStore. `websocket`: the class WebSocket, where there is none. `isVisitor`: the person has no account, so the server does
   * not say who is online, and is not asked.
   * @param {ChatOptions} options
   */
  constructor({ url, token, getToken, user = "", store, websocket, isVisitor = false }) {
    const { origin, endpoint } = addressOf(url);
    const tokens = new Tokens(token, getToken);
    const connection = new Connection({ endpoint, tokens, websocket });
    const uploads = uploadsOf(origin, tokens);
    const failed = () => this.#sync.failed();
    this.#connection = connection;
    this.#sync = new Sync(connection, () => this.#load());
    this.#keeper = new Keeper(user && `${user} at ${origin}`, store && { open: async () => store, locks: new Alone() });
    this.#marks = new ReadMarks(connection);
    this.#pins = new PerChannel((channel) => new Pins(connection, channel), failed);
    this.#permissions = new PerChannel((channel) => new Permissions(connection, channel), failed);
    this.#metadata = new PerChannel((channel) => new Metadata(connection, channel), failed);
    this.#files = new PerChannel((channel) => new FileList(connection, channel), failed);
    this.uploads = uploads;
    this.#timelines = new Timelines({ connection, uploads, keeper: this.#keeper, me: this.me }, { changed: () => this.#keeper.touch(), failed });
    this.channels = new ChannelList(connection, this.me);
    this.threads = new FollowedThreads(connection, this.me);
    this.saved = new Saved(connection, this.me);
    this.membership = new Membership(connection);
    this.moderation = new Moderation(connection);
    this.people = new People(connection, this.me);
    this.memberSearch = new MemberSearch(connection);
    this.drafts = new Drafts(connection);
    this.polls = new Polls(connection, this.me, failed);
    this.scheduled = new Scheduled(connection, uploads);
    this.slashCommands = new SlashCommands(connection);
    this.notifications = new Notifications(connection);
    this.directory = new Directory(connection, this.channels);
    this.presence = new Presence(connection, !isVisitor);
    this.blocks = new Blocks(connection);
    this.profile = new Profile(connection, { origin, tokens, know: (person) => this.#know(person) });
    connection.connected.listen(({ user: person }) => this.#know(person));
    connection.streaming.listen((whole) => this.#onStreaming(whole));
    connection.event.listen((event) => this.#onEvent(event));
    this.channels.changed.listen(() => this.#keeper.touch());
    this.presence.begun.listen((user) => this.channels.handle({ type: "profile.changed", user, status: user.status }));
  }

  /** "connecting", "connected" or "disconnected". */
  get state() {
    return this.#connection.state;
  }

  /** (state) */
  get stateChanged() {
    return this.#connection.stateChanged;
  }

  /** The person is signed out: the server gives no token any more. */
  get ended() {
    return this.#connection.ended;
  }

  /** (publication): everything that the server tells, in order, once what is shown follows it. */
  get event() {
    return this.#connection.event;
  }

  /**
   * Run any command of the server as this person. Rejects with a Failure.
   * @param {M} method
   * @param {Params<M>} [params]
   * @template {Method} M
   * @returns {Promise<Result<M>>}
   */
  call(method, params = {}) {
    return this.#connection.call(method, params);
  }

  /** Show what was kept, and go on from there. Resolves before there is a connection. */
  open() {
    this.#opening ??= this.#open();
    return this.#opening;
  }

  /**
   * Resolves when what is shown is in step with the server. Rejects with a Failure when the person is signed out, or the chat closed.
   * @returns {Promise<void>}
   */
  ready() {
    this.open();
    return this.#sync.reached();
  }

  /** Forget what is kept: the person signs out. */
  wipe() {
    return this.#keeper.wipe();
  }

  /** For good. */
  close() {
    this.#isClosed = true;
    this.#keeper.end();
    this.channels.close();
    this.#sync.close();
    this.#connection.close();
  }

  /** Try to reach the server now. */
  hurry() {
    this.#connection.hurry();
  }

  /** @param {Channel} channel */
  typingNotice(channel) {
    return new TypingNotice(this.#connection, channel.url);
  }

  /**
   * Send a message on to another channel, after some words if there are any. Whoever repeats it with a `reqId` does nothing twice.
   * @param {MessagePlace} message
   * @param {Channel} channel
   * @param {string} words
   * @param {string} reqId
   */
  async forward({ channel_url, message_id }, channel, words, reqId) {
    const said = { channel_url: channel.url, message: words, req_id: `${reqId}-words` };
    if (words) await this.#connection.call("messages.send", said);
    await this.#connection.call("messages.copy", { channel_url, message_id, target_channel_url: channel.url, req_id: reqId });
  }

  /** A search of its own; resolves to it. */
  async search() {
    const { Search } = await import("./search.js");
    return new Search(this.#connection);
  }

  /**
   * The pinned messages of a channel, loading or loaded.
   * @param {Channel} channel
   */
  pins(channel) {
    return this.#pins.of(channel);
  }

  /**
   * What this person may do in a channel, likewise.
   * @param {Channel} channel
   */
  permissions(channel) {
    return this.#permissions.of(channel);
  }

  /**
   * The messages of a channel that have files, likewise.
   * @param {Channel} channel
   */
  files(channel) {
    return this.#files.of(channel);
  }

  /**
   * What is said of a channel, likewise.
   * @param {Channel} channel
   */
  metadata(channel) {
    return this.#metadata.of(channel);
  }

  /**
   * The timeline of a channel, loading or loaded; the least recently used ones are given up.
   * @param {Channel} channel
   */
  timeline(channel) {
    return this.#timelines.of(channel);
  }

  /**
   * The replies to a message, likewise; of a reply those of its thread.
   * @param {Channel} channel
   * @param {{ message_id: number, parent_message_id?: number }} message
   */
  thread(channel, message) {
    return this.#timelines.thread(channel, message);
  }

  /**
   * A message of a channel, which may be one that is not loaded. Rejects with a Failure.
   * @param {Channel} channel
   * @param {number} messageId
   * @returns {Promise<Message>}
   */
  async message(channel, messageId) {
    const params = { channel_url: channel.url, message_id: messageId, include_thread_info: true, include_reactions: true };
    return this.timeline(channel).find(messageId) ?? this.#connection.call("messages.view", params);
  }

  /**
   * Enter the open channel with this URL; resolves to it. Its `leave` ends that.
   * @param {string} url
   */
  async enter(url) {
    const { OpenChannel } = await import("./open_channel.js");
    return new OpenChannel({ connection: this.#connection, uploads: this.uploads, me: this.me }, url);
  }

  /**
   * Whoever opens its channel again begins with a new timeline, unless something is still on its way in it.
   * @param {Timeline} timeline
   */
  forget(timeline) {
    this.#timelines.forget(timeline);
  }

  /**
   * This person has seen all messages up to this one. Told to the server soon, the last of several only.
   * @param {Channel} channel
   * @param {MessageMark} message
   */
  markRead(channel, message) {
    this.#marks.mark(channel, message);
  }

  /**
   * Have a message and all after it unread again, on all devices.
   * @param {Channel} channel
   * @param {MessageMark} message
   */
  async markUnread(channel, message) {
    this.#marks.cancel(channel);
    await this.#connection.call("channels.mark_unread", { channel_url: channel.url, message_id: message.message_id });
  }

  /** What is kept in step beside channels and their messages. */
  get #besides() {
    return [this.threads, this.saved, this.#pins, this.#permissions, this.#metadata, this.#files, this.polls, this.scheduled];
  }

  async #open() {
    const kept = await this.#keeper.begin(() => this.#snapshot);
    if (this.#isClosed) return;
    this.#sync.isKept = kept !== null && this.#restore(kept);
    await this.#adopt();
    if (!this.#isClosed) this.#connection.open(this.#sync.isKept && kept ? kept.position : null);
  }

  /** @param {Partial<Me> | undefined} user */
  #know(user) {
    if (!user) return;
    Object.assign(this.me, user);
    this.meChanged.mark();
  }

  /** @param {Event} event */
  #onEvent(event) {
    this.channels.handle(event);
    [this.notifications, this.presence, this.blocks, this.profile].forEach((each) => each.handle(event));
    this.drafts.handle(event);
    this.#besides.forEach((each) => each.handle(event));
    this.#timelines.handle(event, this.channels.get(event.channel_url ?? "") !== null);
    if (event.type === "user.updated" && event.user.user_id === this.me.user_id) this.#know(event.user);
  }

  /** @param {boolean} whole */
  #onStreaming(whole) {
    this.#sync.streams(whole);
    // Those that were opened without a connection are loaded now, also when nothing else has to be.
    if (!this.#sync.isBehind) this.#timelines.load(false).catch(() => this.#sync.failed());
    this.#timelines.flush();
    this.drafts.flush();
    this.presence.resume();
    this.threads.resume();
  }

  /** What is kept in the browser: all of it as it was at one place of the stream. */
  get #snapshot() {
    const { position } = this.#connection;
    const channels = this.channels.snapshot;
    if (this.#sync.isBehind || !position || !channels) return null;
    const { access_token, ...me } = this.me;
    return { position, me, channels, preference: this.notifications.snapshot, timelines: this.#timelines.snapshot };
  }

  /**
   * Whether what was kept could be understood; else all is loaded.
   * @param {Snapshot} kept
   */
  #restore({ me, channels, preference = null, timelines }) {
    try {
      this.#know(me);
      this.channels.restore(channels);
      this.notifications.restore(preference);
      for (const kept of timelines) {
        const channel = this.channels.get(kept.url);
        if (channel) this.timeline(channel).restore(kept);
      }
      return true;
    } catch (/** @type {any} */ failure) {
      console.info("what was kept is of no use:", failure.message);
      return false;
    }
  }

  /** Send what was written before the page was loaded anew; what belongs to a channel that is not known yet, later. */
  async #adopt() {
    for (const kept of await this.#keeper.adopt()) {
      const { channel_url, parent_message_id = 0 } = kept.target;
      const channel = this.channels.get(channel_url) ?? (await this.#fetched(channel_url));
      if (!channel) continue;
      const timeline = parent_message_id ? this.thread(channel, { message_id: parent_message_id }) : this.timeline(channel);
      timeline.outbox.restore(kept);
    }
  }

  /**
   * A channel from the server; null when it cannot be had now.
   * @param {string} url
   */
  #fetched(url) {
    if (this.state !== "connected") return null;
    return this.channels.find(url).catch(() => null);
  }

  /** Load everything that is in view from the server. */
  async #load() {
    const { isKept } = this.#sync;
    if (!isKept) await this.channels.load();
    await this.drafts.load();
    await this.notifications.load();
    await this.blocks.load();
    await Promise.all([this.#timelines.load(!isKept), ...this.#besides.map((each) => each.load())]);
    this.#keeper.touch();
    this.#adopt();
  }
}
