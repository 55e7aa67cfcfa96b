// Types that are no class of a module, for the comments of the modules and for programs.
import type { BasicUser, Commands, FollowedThread, Message, Publication, Publications, PushPreference, ThreadInfo, User } from "./schema.js";
import type { Channel } from "./channel.js";

export type * from "./schema.js";

export type Method = keyof Commands;
export type Params<M extends Method> = Commands[M]["params"];
export type Result<M extends Method> = Commands[M]["result"];

/** What the server tells; `type` says which it is. */
export type Event = Publication & { channel_url?: string; thread_info?: ThreadInfo; parent_message_id?: number };
export type EventOf<T extends keyof Publications> = Publications[T];

/** This person: what a user is, as far as it is known. */
export type Me = { user_id: string; nickname: string; profile_url: string } & Partial<User>;
/** Somebody who is shown by name. */
export type Person = { user_id: string; nickname: string; profile_url?: string };
/** A user who is meant. */
export type Named = { user_id: string };
/** A message that is meant. */
export type MessagePlace = { message_id: number; channel_url: string };

/** A file to send: a File, or a Blob with a name. On React Native also {uri, name, type, size}. */
export type Upload = Pick<Blob, "size" | "type"> & { name?: string; stream?: () => ReadableStream<Uint8Array> };
export type Uploading = { progress?: (bytes: number) => void; signal?: AbortSignal };
/** Sends files, and says where those of messages are. */
export type Sender = {
  /** Resolves to the file_id of a file that is on the server's disk now. Rejects with a Failure. */
  send(file: Upload, more?: Uploading): Promise<string>;
  /** The whole address of a file of a message, which pages of other origins may show. */
  urlOf(file: MessageFile): string;
};
/** A file of a message. */
export type MessageFile = { url: string };
export type Posting = { progress: (bytes: number) => void; signal?: AbortSignal };
export type Posted = { status: number; text: string };

/** Further parameters of `messages.send`. */
export type SendMore = Partial<Params<"messages.send">>;
/** Where the messages of an outbox go. */
export type Target = { channel_url: string; parent_message_id?: number };
/** A message that is on its way still, as it is kept. */
export type KeptOutgoing = { text: string; files?: Upload[]; more: SendMore; reqId: string; createdAt: number; failed: boolean; reason: string };
export type Unsent = KeptOutgoing & { target: Target };
/** What tells views of something. */
export type Marked = { mark(): void };

export type KeptChannel = ReturnType<() => Channel["snapshot"]>;
export type KeptChannels = { channels: KeptChannel[]; next: string };
export type KeptTimeline = { url: string; mark: Message[] | null; messages: Message[]; hasOlder: boolean };
export type Position = { offset: number; epoch: string };
export type Snapshot = {
  position: Position;
  me: Omit<Me, "access_token">;
  channels: KeptChannels;
  preference?: PushPreference | null;
  timelines: KeptTimeline[];
};

/** Where a chat keeps what was seen: values by keys. All of it rejects when it cannot. */
export interface Store {
  /** Everything. */
  all(): Promise<Map<string, any>>;
  /** Put and delete, all or nothing. */
  write(puts: Map<string, unknown>, deletes?: string[]): Promise<void>;
  clear(): Promise<void>;
}
/** Locks between those who use a store, as `navigator.locks`. */
export interface Locks {
  request(name: string, work: () => unknown): Promise<unknown>;
  query(): Promise<{ held?: Array<{ name?: string }> }>;
}

export type ChatOptions = {
  /** The server's address, such as "https://chat.example.com". */
  url: string;
  /** A session token, when there is no `getToken`: the chat ends with it. */
  token?: string;
  /** Resolves to a session token of this person; a Failure with status 401 means that they are signed out. */
  getToken?: () => Promise<string>;
  /** The person's user_id, to keep what they have seen, and what they have not sent yet, until `wipe`. */
  user?: string;
  /** Where it is kept; without it in this browser, and elsewhere nowhere. */
  store?: Store;
  /** The class WebSocket, where there is none. */
  websocket?: unknown;
  isVisitor?: boolean;
};

export type Ends = { hasOlder: boolean; hasNewer: boolean };
/** A place in a channel: a message, or a time in ms. */
export type Around = { message_id: number; message_ts?: undefined } | { message_ts: number; message_id?: undefined };
export type Thread = FollowedThread & { last_reply_id?: number };
export type Page<T> = { items: T[]; next: string };
export type Pinned = { message: Message; user_id?: string };
export type ReactionMade = { message_id: number; reaction: string; user_id: string; updated_at: number };
export type TimelineParts = {
  connection: import("./connection.js").Connection;
  uploads: Sender;
  keeper: import("./keeper.js").Keeper;
  me: Me;
};
export type PollOption = { id: number; text: string; voteCount: number; createdBy: string; voters: string[] };
export type PollResource = import("./schema.js").Poll;
export type PollOptionResource = import("./schema.js").PollOption;
export type PresenceSeen = { isOnline: boolean; lastSeenAt: number };
export type PublicChannel = { url: string; name: string; memberCount: number; topic: string; isLocked: boolean; isJoined: boolean };
/** Of each day, from one "HH:MM" to another, in a zone such as "Europe/Berlin". They may go over midnight. */
export type QuietHours = { start: string; end: string; timezone?: string };
export type Weekday = import("./schema.js").QuietDay["day_of_week"];
/** Each week on a day from one "HH:MM" to another: on the next day when that is not later. */
export type QuietTime = { day: Weekday; start: string; end: string };
export type QuietWeek = { times: QuietTime[]; timezone?: string };
export type NotificationTrigger = "all" | "mention_only" | "off";
/** A message by its id. */
export type MessageMark = { message_id: number };
export type DraftResource = import("./schema.js").Draft;
