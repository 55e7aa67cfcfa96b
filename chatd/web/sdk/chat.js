import { Blocks } from "./blocks.js";
import { DIRECT } from "./channel.js";
import { ChannelList } from "./channel_list.js";
import { Connection } from "./connection.js";
import { Directory } from "./directory.js";
import { Drafts } from "./drafts.js";
import { FileList } from "./file_list.js";
import { FollowedThreads } from "./followed_threads.js";
import { Keeper } from "./keeper.js";
import { MemberSearch } from "./member_search.js";
import { Membership } from "./membership.js";
import { Metadata } from "./metadata.js";
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
import { Timeline } from "./timeline.js";
import { TypingNotice } from "./typing.js";
import { uploadsOf } from "./uploads_of.js";

// Timelines that are kept up to date beside the one in view.
const MAX_TIMELINES = 20;
const RELOAD_MS = 2_000;

/**
 * One person's chat: the connection and all that is kept in step with it.
 *
 * The stream is recoverable. When the server shows that nothing was missed, its events suffice; when it cannot,
 * the collections are loaded again from the server.
 */
export class Chat {
  /** This person; filled by the server's answer to connect. */
  me = { user_id: "", nickname: "", profile_url: "" };
  meChanged = new Change();
  notifications;
  channels;
  people;
  membership;
  saved;
  threads;
  memberSearch;
  blocks;
  directory;
  drafts;
  polls;
  scheduled;
  presence;
  profile;
  slashCommands;

  #connection;
  #uploads;
  #timelines = new Map();
  #pins = new PerChannel((channel) => new Pins(this.#connection, channel), () => this.#fellBehind());
  #permissions = new PerChannel((channel) => new Permissions(this.#connection, channel), () => this.#fellBehind());
  #metadata = new PerChannel((channel) => new Metadata(this.#connection, channel), () => this.#fellBehind());
  #files = new PerChannel((channel) => new FileList(this.#connection, channel), () => this.#fellBehind());
  #keeper;
  // What was kept in the browser, and has only to go on from there.
  #isKept = false;
  #isClosed = false;
  #behind = true;
  #reload = 0;
  #marks;

  /**
   * `url`: the WebSocket endpoint; `getToken()`: see Connection. `owner`: the person's user_id, to keep what they have seen, and what
   * they have not sent yet, in this browser until `wipe`; without it nothing is kept. `keeping`: see Keeper.
   */
  constructor({ url, getToken, owner = "", keeping = {} }) {
    this.#keeper = new Keeper(owner, keeping);
    this.#connection = new Connection({ url, getToken });
    const { origin } = new URL(url.replace(/^ws/, "http"));
    this.#uploads = uploadsOf(origin, getToken);
    this.#marks = new ReadMarks(this.#connection);
    this.channels = new ChannelList(this.#connection, this.me);
    this.threads = new FollowedThreads(this.#connection, this.me);
    this.saved = new Saved(this.#connection);
    this.membership = new Membership(this.#connection);
    this.people = new People(this.#connection, this.me);
    this.memberSearch = new MemberSearch(this.#connection);
    this.drafts = new Drafts(this.#connection);
    this.polls = new Polls(this.#connection, this.me, () => this.#fellBehind());
    this.scheduled = new Scheduled(this.#connection, this.#uploads);
    this.slashCommands = new SlashCommands(this.#connection);
    this.notifications = new Notifications(this.#connection);
    this.directory = new Directory(this.#connection, this.channels);
    this.presence = new Presence(this.#connection);
    this.blocks = new Blocks(this.#connection);
    this.profile = new Profile(this.#connection, { origin, getToken, know: (user) => this.#know(user) });
    this.#connection.connected.listen(({ user }) => this.#know(user));
    this.#connection.streaming.listen((whole) => this.#onStreaming(whole));
    this.#connection.event.listen((event) => this.#onEvent(event));
    this.channels.changed.listen(() => this.#keeper.touch());
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

  /** Show what was kept, and go on from there. */
  async open() {
    const kept = await this.#keeper.begin(() => this.#snapshot);
    if (this.#isClosed) return;
    this.#isKept = kept !== null && this.#restore(kept);
    await this.#adopt();
    if (!this.#isClosed) this.#connection.open(this.#isKept ? kept.position : null);
  }

  /** Forget what is kept in this browser: the person signs out. */
  wipe() {
    return this.#keeper.wipe();
  }

  close() {
    this.#isClosed = true;
    this.#keeper.end();
    clearTimeout(this.#reload);
    this.#marks.close();
    this.#connection.close();
  }

  /** Try to reach the server now. */
  hurry() {
    this.#connection.hurry();
  }

  typingNotice(channel) {
    return new TypingNotice(this.#connection, channel.url);
  }

  /** Send a message on to another channel, after some words if there are any. Whoever repeats it with a `reqId` does nothing twice. */
  async forward({ channel_url, message_id }, channel, words, reqId) {
    const said = { channel_url: channel.url, message: words, message_type: "MESG", req_id: `${reqId}-words` };
    if (words) await this.#connection.call("messages.send", said);
    await this.#connection.call("messages.copy", { channel_url, message_id, target_channel_url: channel.url, req_id: reqId });
  }

  /** A search of its own; resolves to it. */
  async search() {
    const { Search } = await import("./search.js");
    return new Search(this.#connection);
  }

  /** The pinned messages of a channel, loading or loaded. */
  pins(channel) {
    return this.#pins.of(channel);
  }

  /** What this person may do in a channel, likewise. */
  permissions(channel) {
    return this.#permissions.of(channel);
  }

  /** The messages of a channel that have files, likewise. */
  files(channel) {
    return this.#files.of(channel);
  }

  /** What is said of a channel, likewise. */
  metadata(channel) {
    return this.#metadata.of(channel);
  }

  /** The timeline of a channel, loading or loaded; the least recently used ones are given up. */
  timeline(channel) {
    return this.#recent(channel.url, () => this.#newTimeline(channel));
  }

  /** The replies to a message, likewise; of a reply those of its thread. */
  thread(channel, { message_id, parent_message_id }) {
    const parentId = parent_message_id || message_id;
    return this.#recent(`${channel.url} ${parentId}`, () => this.#newTimeline(channel, parentId));
  }

  #newTimeline(channel, parentId = 0) {
    const parts = { connection: this.#connection, uploads: this.#uploads, keeper: this.#keeper, me: this.me };
    const timeline = new Timeline(parts, channel, parentId);
    timeline.changed.listen(() => this.#keeper.touch());
    return timeline;
  }

  #recent(key, make) {
    const timeline = this.#timelines.get(key) ?? this.#begun(make());
    this.#timelines.delete(key);
    this.#timelines.set(key, timeline);
    for (const [url, { outbox }] of this.#timelines) {
      if (this.#timelines.size <= MAX_TIMELINES) break;
      if (outbox.items.length === 0) this.#timelines.delete(url);
    }
    return timeline;
  }

  /** A message of a channel, which may be one that is not loaded. Rejects with a Failure. */
  async message(channel, messageId) {
    const params = { channel_url: channel.url, message_id: messageId, include_thread_info: true, include_reactions: true };
    return this.timeline(channel).find(messageId) ?? this.#connection.call("messages.view", params);
  }

  /** Whoever opens its channel again begins with a new one, unless something is still on its way in it. */
  forget(timeline) {
    const known = [...this.#timelines].find(([, each]) => each === timeline);
    if (known && timeline.outbox.items.length === 0) this.#timelines.delete(known[0]);
  }

  /** The conversation with one other person; there is only one. */
  async openDirect(userId) {
    const query = { user_ids: [userId], is_distinct: true, custom_type: DIRECT };
    return this.#own(await this.#connection.call("channels.create", query));
  }

  /** A channel with a name: one that everybody finds and joins, or one for those who are added. */
  async createChannel({ name, userIds, isPublic, reqId }) {
    const query = { name, user_ids: userIds, is_public: isPublic, req_id: reqId };
    return this.#own(await this.#connection.call("channels.create", query));
  }

  /** The conversation with several others, without a name; there is only one. */
  async openTalk(userIds) {
    const query = { user_ids: userIds, is_distinct: true, custom_type: DIRECT };
    return this.#own(await this.#connection.call("channels.create", query));
  }

  async invite(channel, userIds) {
    channel.merge(await this.#connection.call("channels.invite", { channel_url: channel.url, user_ids: userIds }));
  }

  /** Another page of the members of a large channel. */
  async moreMembers(channel) {
    const query = { channel_url: channel.url, limit: 100, member_active_mode_filter: "all", show_read_receipt: true };
    const { members, next } = await this.#connection.call("members.list", { ...query, token: channel.membersNext });
    channel.membersNext = next;
    channel.add(members);
  }

  async rename(channel, name) {
    channel.merge(await this.#connection.call("channels.update", { channel_url: channel.url, name }));
  }

  async leave(channel) {
    await this.#connection.call("channels.leave", { channel_url: channel.url });
    this.channels.drop(channel.url);
  }

  /** The languages that this person reads, as tags, the best first; at most 4. */
  async preferLanguages(tags) {
    this.#know(await this.#connection.call("users.update", { preferred_languages: tags }));
  }

  /** This person has seen all messages up to this one. Told to the server soon, the last of several only. */
  markRead(channel, message) {
    this.#marks.mark(channel, message);
  }

  /** Have a message and all after it unread again, on all devices. */
  async markUnread(channel, message) {
    this.#marks.cancel(channel);
    await this.#connection.call("channels.mark_unread", { channel_url: channel.url, message_id: message.message_id });
  }

  /** What is kept in step beside channels and their messages. */
  get #besides() {
    return [this.threads, this.saved, this.#pins, this.#permissions, this.#metadata, this.#files, this.polls, this.scheduled];
  }

  async #own(resource) {
    const channel = await this.channels.find(resource.channel_url);
    return channel ?? this.channels.adopt(resource);
  }

  #begun(timeline) {
    if (this.#connection.state === "connected") timeline.load().catch(() => this.#fellBehind());
    return timeline;
  }

  #know(user) {
    if (!user) return;
    Object.assign(this.me, user);
    this.meChanged.mark();
  }

  #onEvent(event) {
    this.channels.handle(event);
    [this.notifications, this.presence, this.blocks, this.profile].forEach((each) => each.handle(event));
    this.drafts.handle(event);
    this.#besides.forEach((each) => each.handle(event));
    for (const [key, timeline] of this.#timelines) {
      if (timeline.channelUrl !== event.channel_url) continue;
      timeline.handle(event);
      // Whoever comes back to a channel has missed something of it.
      if (!this.channels.get(event.channel_url)) this.#timelines.delete(key);
    }
    if (event.type === "user.updated" && event.user.user_id === this.me.user_id) this.#know(event.user);
  }

  #onStreaming(whole) {
    if (!whole) this.#fallBehind();
    if (this.#behind) this.#catchUp();
    this.#timelines.forEach(({ outbox }) => outbox.flush());
    this.drafts.flush();
    this.presence.resume();
  }

  /** What is kept in the browser: all of it as it was at one place of the stream. */
  get #snapshot() {
    const { position } = this.#connection;
    const channels = this.channels.snapshot;
    if (this.#behind || !position || !channels) return null;
    const timelines = [...this.#timelines.values()].map((timeline) => timeline.snapshot).filter((each) => each !== null);
    const { access_token, ...me } = this.me;
    return { position, me, channels, timelines };
  }

  /** Whether what was kept could be understood; else all is loaded. */
  #restore({ me, channels, timelines }) {
    try {
      this.#know(me);
      this.channels.restore(channels);
      for (const kept of timelines) {
        const channel = this.channels.get(kept.url);
        if (channel) this.timeline(channel).restore(kept);
      }
      return true;
    } catch (failure) {
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

  /** A channel from the server; null when it cannot be had now. */
  #fetched(url) {
    if (this.state !== "connected") return null;
    return this.channels.find(url).catch(() => null);
  }

  /** Load everything that is in view from the server; what fails is tried again. */
  async #catchUp() {
    clearTimeout(this.#reload);
    try {
      const timelines = [...this.#timelines.values()].filter(({ state }) => !this.#isKept || state !== "ready");
      if (!this.#isKept) await this.channels.load();
      await this.drafts.load();
      await this.notifications.load();
      await this.blocks.load();
      await Promise.all([...timelines, ...this.#besides].map((each) => each.load()));
      this.#behind = false;
      this.#keeper.touch();
      await this.#adopt();
    } catch {
      this.#fellBehind();
    }
  }

  #fallBehind() {
    this.#behind = true;
    this.#isKept = false;
  }

  #fellBehind() {
    this.#fallBehind();
    clearTimeout(this.#reload);
    this.#reload = setTimeout(() => this.#connection.state === "connected" && this.#catchUp(), RELOAD_MS);
  }
}
