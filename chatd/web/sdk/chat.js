import { Blocks } from "./blocks.js";
import { DIRECT } from "./channel.js";
import { ChannelList } from "./channel_list.js";
import { Connection } from "./connection.js";
import { Directory } from "./directory.js";
import { Drafts } from "./drafts.js";
import { FileList } from "./file_list.js";
import { FollowedThreads } from "./followed_threads.js";
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
import { Saved } from "./saved.js";
import { Scheduled } from "./scheduled.js";
import { Search } from "./search.js";
import { Change } from "./signal.js";
import { SlashCommands } from "./slash_commands.js";
import { Timeline } from "./timeline.js";
import { TypingNotice } from "./typing.js";
import { Uploads } from "./uploads.js";

// Timelines that are kept up to date beside the one in view.
const MAX_TIMELINES = 20;
const RELOAD_MS = 2_000;
const MARK_READ_MS = 400;

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
  #behind = true;
  #reload = 0;
  #marks = new Map();

  /** `url`: the WebSocket endpoint; `getToken()`: see Connection. */
  constructor({ url, getToken }) {
    this.#connection = new Connection({ url, getToken });
    const { origin } = new URL(url.replace(/^ws/, "http"));
    this.#uploads = new Uploads(origin, getToken);
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

  open() {
    this.#connection.open();
  }

  close() {
    clearTimeout(this.#reload);
    this.#marks.forEach(({ timer }) => clearTimeout(timer));
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

  /** A search of its own. */
  search() {
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
    return this.#recent(channel.url, () => new Timeline(this.#connection, this.#uploads, channel, this.me));
  }

  /** The replies to a message, likewise; of a reply those of its thread. */
  thread(channel, { message_id, parent_message_id }) {
    const parentId = parent_message_id || message_id;
    const make = () => new Timeline(this.#connection, this.#uploads, channel, this.me, parentId);
    return this.#recent(`${channel.url} ${parentId}`, make);
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
    const waiting = this.#marks.get(channel.url);
    if (waiting) {
      waiting.message = message;
      return;
    }
    const timer = setTimeout(() => this.#sendMark(channel), MARK_READ_MS);
    this.#marks.set(channel.url, { message, timer });
  }

  /** Have a message and all after it unread again, on all devices. */
  async markUnread(channel, message) {
    clearTimeout(this.#marks.get(channel.url)?.timer);
    this.#marks.delete(channel.url);
    await this.#connection.call("channels.mark_unread", { channel_url: channel.url, message_id: message.message_id });
  }

  async #sendMark(channel) {
    const { message } = this.#marks.get(channel.url);
    try {
      const params = { channel_url: channel.url, message_id: message.message_id };
      await this.#connection.call("channels.mark_read", params);
    } catch (failure) {
      // The message may be gone, or the connection: whoever looks at the channel marks it again.
      console.info("read mark not set:", failure.message);
    } finally {
      this.#marks.delete(channel.url);
    }
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
    if (!whole) this.#behind = true;
    if (this.#behind) this.#catchUp();
    this.#timelines.forEach(({ outbox }) => outbox.flush());
    this.drafts.flush();
    this.presence.resume();
  }

  /** Load everything that is in view from the server; what fails is tried again. */
  async #catchUp() {
    clearTimeout(this.#reload);
    try {
      await this.channels.load();
      await this.drafts.load();
      await this.notifications.load();
      await this.blocks.load();
      await Promise.all([...this.#timelines.values(), ...this.#besides].map((each) => each.load()));
      this.#behind = false;
    } catch {
      this.#fellBehind();
    }
  }

  #fellBehind() {
    this.#behind = true;
    clearTimeout(this.#reload);
    this.#reload = setTimeout(() => this.#connection.state === "connected" && this.#catchUp(), RELOAD_MS);
  }
}
