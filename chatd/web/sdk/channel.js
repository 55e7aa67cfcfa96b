import { Heard } from "./heard.js";
import { isMentioned } from "./mentions.js";
import { nameOf } from "./name_of.js";
import { ownFields } from "./own_fields.js";
import { Change } from "./signal.js";
import { Typists } from "./typing.js";
/** @import { BasicUser, EventOf, GroupChannel, KeptChannel, Me, Member, Message, Named } from "./types.js" */

/** The custom_type of a conversation between two people. */
export const DIRECT = "direct";

// Members of a large channel that are kept in the browser.
const MOST_KEPT = 100;

/** A channel as this person sees it. Views keep it; events and snapshots change it in place. */
export class Channel {
  changed = new Change();
  typists = new Typists(this.changed);
  /**
   * user_id -> Member
   * @type {Map<string, Member>}
   */
  members = new Map();
  /** Where the next page of members begins. */
  membersNext = "";
  /** @type {Message | null} */
  lastMessage = null;
  unread = 0;
  /** How many of the unread messages mention this person. */
  unreadMentions = 0;
  readAt = 0;
  /** False from the moment when this person is no member any more. */
  joined = true;

  #me;
  #resource = /** @type {GroupChannel} */ ({});
  #heard = new Heard();
  #readId = 0;

  /**
   * @param {Me} me
   * @param {GroupChannel} resource
   */
  constructor(me, resource) {
    this.#me = me;
    this.url = resource.channel_url;
    this.merge(resource);
  }

  get name() {
    return this.#resource.name;
  }

  get isDirect() {
    return this.#resource.custom_type === DIRECT && this.#resource.member_count <= 2;
  }

  /** Whether it is a conversation of its members, and no channel that has a name. */
  get isTalk() {
    return this.#resource.custom_type === DIRECT;
  }

  /** Whether this person has put it away. */
  get isHidden() {
    return this.#resource.is_hidden === true;
  }

  get isPublic() {
    return this.#resource.is_public === true;
  }

  get isOperator() {
    return this.#resource.my_role === "operator";
  }

  /** What the chat that it was imported from said it is about; "" for nothing. */
  get importedTopic() {
    try {
      const { topic, purpose } = JSON.parse(this.#resource.data || "{}") ?? {};
      return [topic, purpose].find((text) => typeof text === "string" && text !== "") ?? "";
    } catch {
      return "";
    }
  }

  /** When it was made, in ms. */
  get createdAt() {
    return this.#resource.created_at * 1000;
  }

  /** Who made it, or null. */
  get createdBy() {
    return this.#resource.created_by ?? null;
  }

  get memberCount() {
    return this.#resource.member_count;
  }

  /** Whether there are members that are not here yet. */
  get hasMoreMembers() {
    return this.members.size < this.memberCount;
  }

  /** Of which messages here this person is notified: "default", "all", "mention_only" or "off". */
  get notifications() {
    return this.#resource.push_trigger_option ?? "default";
  }

  /** After how many seconds messages here disappear, unless they say something else; -1 for never. */
  get survivalSeconds() {
    return this.#resource.message_survival_seconds ?? -1;
  }

  /** What was sent up to this moment (ms) this person has cleared away. */
  get clearedTo() {
    return this.#resource.ts_message_offset ?? 0;
  }

  /** The members but this person. */
  get others() {
    return [...this.members.values()].filter((member) => member.user_id !== this.#me.user_id);
  }

  /** The other side of a direct conversation; null in a group. */
  get partner() {
    return this.isDirect ? (this.others[0] ?? null) : null;
  }

  get title() {
    if (this.partner) return nameOf(this.partner);
    if (this.name) return this.name;
    return this.others.map(nameOf).join(", ") || "Only you";
  }

  /** When something last happened here, ms: what lists are sorted by. */
  get activeAt() {
    return this.lastMessage?.created_at ?? this.#resource.created_at * 1000;
  }

  /** What is kept of it in the browser. */
  get snapshot() {
    const { lastMessage: last_message, unread: unread_message_count, unreadMentions: unread_mention_count, readAt: user_last_read } = this;
    const members = [...this.members.values()].slice(0, MOST_KEPT);
    const resource = { ...this.#resource, last_message, unread_message_count, unread_mention_count, user_last_read, members };
    const membersNext = members.length < this.members.size ? "" : this.membersNext;
    return { resource, membersNext, countedTo: this.#heard.last, readId: this.#readId };
  }

  /**
   * @param {Me} me
   * @param {KeptChannel} kept
   */
  static restored(me, { resource, membersNext, countedTo, readId }) {
    const channel = new Channel(me, resource);
    channel.membersNext = membersNext;
    channel.#heard.restart(countedTo);
    channel.#readId = readId;
    return channel;
  }

  /**
   * Take over a snapshot: one made for this person has the own fields, one made for everybody has not.
   * @param {GroupChannel} resource
   */
  merge(resource) {
    const isOwn = "user_last_read" in resource;
    this.#resource = { ...this.#resource, ...resource, ...(isOwn ? {} : ownFields(this.#resource)) };
    if (isOwn) this.#mergeOwn(resource);
    // One made for everybody may be older than what was told since.
    else if (idOf(resource.last_message) >= idOf(this.lastMessage)) this.lastMessage = resource.last_message ?? null;
    if (resource.members) this.#takeMembers(resource.members);
    this.changed.mark();
  }

  /** @param {Member[]} members */
  add(members) {
    for (const member of members) this.members.set(member.user_id, member);
    this.changed.mark();
  }

  /** @param {Named[]} users */
  remove(users) {
    for (const user of users) {
      if (this.hasMoreMembers || this.members.has(user.user_id)) this.#resource.member_count -= 1;
      this.members.delete(user.user_id);
      this.typists.remove(user.user_id);
    }
    this.changed.mark();
  }

  /**
   * Some members have become operators, and others are so no more.
   * @param {{ added: Named[], removed: Named[] }} change
   */
  operate({ added, removed }) {
    added.forEach(({ user_id }) => this.#know(user_id, { role: "operator" }));
    removed.forEach(({ user_id }) => this.#know(user_id, { role: "" }));
  }

  /**
   * @param {{ user: Named, end_at?: number }} mute
   * @param {boolean} is_muted
   */
  mute({ user, end_at = 0 }, is_muted) {
    this.#know(user.user_id, { is_muted, muted_end_at: is_muted ? end_at : 0 });
  }

  /**
   * A message was sent here. Who sends has read what was there, unless it leaves that unread.
   * @param {EventOf<"message.created">} event
   */
  receive({ message, leaves_unread = false }) {
    const sender = message.user?.user_id ?? "";
    if (message.user) this.#recognize(message.user);
    this.typists.remove(sender);
    // What is taken over from elsewhere may be older than what was cleared away.
    if (message.message_id <= this.#heard.last || message.created_at <= this.clearedTo) return;
    this.#heard.add(message.message_id);
    this.lastMessage = message;
    if (this.#resource.hidden_state === "hidden_allow_auto_unhide" && !message.silent) this.hide({ hidden_state: "unhidden" });
    if (!leaves_unread) this.read({ user_id: sender, read_ts: message.created_at, read_message_id: message.message_id });
    if (sender !== this.#me.user_id && message.message_events?.update_unread_count !== false) this.#count(message);
    this.changed.mark();
  }

  /**
   * The last message was changed.
   * @param {Message} message
   */
  revise(message) {
    if (this.lastMessage?.message_id !== message.message_id) return;
    this.lastMessage = message;
    this.changed.mark();
  }

  /**
   * Somebody has read up to a message. False when it cannot be told from here how much is still unread.
   * @param {Pick<EventOf<"channel.read">, "user_id" | "read_ts" | "read_message_id">} mark
   */
  read({ user_id, read_ts, read_message_id }) {
    const member = this.members.get(user_id);
    if (member && read_ts > (member.read_ts ?? 0)) this.members.set(user_id, { ...member, read_ts });
    this.changed.mark();
    return user_id !== this.#me.user_id || this.#readTo(read_message_id, read_ts);
  }

  /**
   * What was sent until a moment has reached somebody.
   * @param {{ user_id: string, delivered_ts: number }} receipt
   */
  deliver({ user_id, delivered_ts }) {
    this.#know(user_id, { delivered_ts });
  }

  /**
   * This person has marked a message and all after it as unread, here or elsewhere.
   * @param {EventOf<"channel.marked_unread">} mark
   */
  markedUnread({ message_id, read_ts, unread_message_count, unread_mention_count }) {
    this.#readId = message_id - 1;
    this.readAt = read_ts;
    this.unread = unread_message_count;
    this.unreadMentions = unread_mention_count;
    this.changed.mark();
  }

  /**
   * This person has cleared away what was sent until now.
   * @param {{ ts_message_offset: number }} reset
   */
  clear({ ts_message_offset }) {
    this.#resource.ts_message_offset = ts_message_offset;
    this.lastMessage = null;
    this.unread = 0;
    this.unreadMentions = 0;
    this.changed.mark();
  }

  /**
   * This person has put it away, or has it on the list again.
   * @param {{ hidden_state: string }} change
   */
  hide({ hidden_state }) {
    Object.assign(this.#resource, { hidden_state, is_hidden: hidden_state !== "unhidden" });
    this.changed.mark();
  }

  /**
   * What this person has set here.
   * @param {{ push_trigger_option: string, is_push_enabled: boolean }} preference
   */
  prefer({ push_trigger_option, is_push_enabled }) {
    Object.assign(this.#resource, { push_trigger_option, is_push_enabled });
    this.changed.mark();
  }

  /**
   * Whether a message was told, or is older than what was loaded.
   * @param {number} messageId
   */
  hasHeardOf(messageId) {
    return this.#heard.has(messageId);
  }

  /**
   * The others who have read up to `time`.
   * @param {number} time
   */
  readersAt(time) {
    return this.others.filter((member) => (member.read_ts ?? 0) >= time);
  }

  /**
   * Something new of a member who is here.
   * @param {string} userId
   * @param {Partial<Member>} facts
   */
  #know(userId, facts) {
    const member = this.members.get(userId);
    if (member) this.members.set(userId, { ...member, ...facts });
    this.changed.mark();
  }

  /**
   * Somebody has another name or picture.
   * @param {BasicUser} user
   */
  renamed(user) {
    const { nickname, profile_url } = this.members.get(user.user_id) ?? user;
    if (nickname === user.nickname && profile_url === user.profile_url) return;
    this.#recognize(user);
    this.changed.mark();
  }

  /**
   * Those who have said what was loaded now are shown as they are now.
   * @param {Message[]} messages
   */
  recognize(messages) {
    for (const { user } of messages) if (user) this.#recognize(user);
  }

  /**
   * Who says something is shown as they are now.
   * @param {BasicUser} user
   */
  #recognize({ user_id, nickname, profile_url }) {
    const member = this.members.get(user_id);
    if (member) this.members.set(user_id, { ...member, nickname, profile_url });
  }

  /**
   * A large channel comes with some of its members, or none: those that are known stay.
   * @param {Member[]} members
   */
  #takeMembers(members) {
    if (members.length >= this.memberCount) this.members.clear();
    for (const member of members) this.members.set(member.user_id, member);
  }

  /** @param {GroupChannel} resource */
  #mergeOwn(resource) {
    this.unread = resource.unread_message_count;
    this.unreadMentions = resource.unread_mention_count;
    this.readAt = resource.user_last_read ?? 0;
    this.lastMessage = resource.last_message ?? null;
    // What came while this was on its way is told again.
    this.#heard.restart(idOf(this.lastMessage));
    this.joined = true;
  }

  /** @param {Message} message */
  #count(message) {
    this.unread += 1;
    if (isMentioned(message, this.#me)) this.unreadMentions += 1;
  }

  /**
   * @param {number} messageId
   * @param {number} time
   */
  #readTo(messageId, time) {
    if (messageId < this.#readId) return true;
    this.#readId = messageId;
    this.readAt = Math.max(this.readAt, time);
    if (this.lastMessage && messageId < this.lastMessage.message_id) return false;
    this.unread = 0;
    this.unreadMentions = 0;
    return true;
  }
}

/** @param {Message | null | undefined} message */
function idOf(message) {
  return message?.message_id ?? 0;
}
