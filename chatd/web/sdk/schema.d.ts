// Made by scripts/reference of the command table, as docs/commands.json is. Do not edit.

/** What clients call: by its name what it takes and what it answers. */
export interface Commands {
  /** Ban a user, whether in the channel or not; who is banned is so from now until another time. */
  "bans.add": { params: {
    /** The channel. */
    channel_url: string;
    /** The user. */
    user_id: string;
    /** For how many seconds from now; -1 for ten years. */
    seconds?: number;
    /** Why, which the channel is told. */
    description?: string;
  }; result: Ban };
  /** Users who are banned from a channel, those first whose ban ends first. */
  "bans.list": { params: {
    /** The channel. */
    channel_url: string;
    /** The `next` of the page before; absent for the first. */
    token?: string;
    /** How many at most. */
    limit?: number;
    /** Whether to say how many there are. */
    show_total_ban_count?: boolean;
  }; result: Bans };
  /** Channels from which a user is banned, those first whose ban ends first; private ones without their names. */
  "bans.list_channels": { params: {
    /** The `next` of the page before; absent for the first. */
    token?: string;
    /** How many at most. */
    limit?: number;
  }; result: BannedChannels };
  /** Let a user come back, which they have to do themselves; who is not banned is passed over. */
  "bans.remove": { params: {
    /** The channel. */
    channel_url: string;
    /** The user. */
    user_id: string;
  }; result: Empty };
  /** Change a ban. */
  "bans.update": { params: {
    /** The channel. */
    channel_url: string;
    /** The user. */
    user_id: string;
    /** For how many seconds from now; -1 for ten years, absent for as long as it was. */
    seconds?: number | null;
    /** Why, which the channel is told. */
    description?: string | null;
  }; result: Ban };
  /** The ban of a user: for the user, for operators and for backends. NotFound when there is none. */
  "bans.view": { params: {
    /** The channel. */
    channel_url: string;
    /** The user; absent for a client itself. */
    user_id?: string;
  }; result: Ban };
  /** Block users; who is blocked stays so. They are not told. */
  "blocks.add": { params: {
    /** Whom to block. */
    target_id?: string;
    /** Whom to block, when it is several. */
    user_ids?: Array<string>;
    /** The same as `user_ids`, as objects with a `user_id`. */
    users?: Array<Record<string, unknown>>;
  }; result: Blocked };
  /** Users in the order in which they came to the application. A page may be short though more follow. */
  "blocks.list": { params: {
    /** Whom the user has blocked, or, for backends, who has blocked the user. */
    list?: "blocked_by_me" | "blocking_me";
    /** Only these users. */
    user_ids?: Array<string> | null;
    /** The `next` of the page before; absent for the first. */
    token?: string;
    /** How many at most. */
    limit?: number;
  }; result: BlockedUsers };
  /** Block a user no more; who is not blocked is passed over. */
  "blocks.remove": { params: {
    /** Whom to block no more. */
    target_id: string;
  }; result: Empty };
  /** Say something of a channel; the items that are new. Members are told. */
  "channel_metadata.create": { params: {
    /** The channel. */
    channel_url: string;
    /** Texts by their keys. */
    metadata: Record<string, string>;
  }; result: Record<string, string> };
  /** Delete an item of a channel's metadata, or all of it. What is not there is not missed. */
  "channel_metadata.delete": { params: {
    /** The channel. */
    channel_url: string;
    /** Only this key; absent for all, or for those in `keys`. */
    key?: string;
  }; result: Empty };
  /** Say something else of a channel; the items that are so now. Members are told of those that have changed. */
  "channel_metadata.update": { params: {
    /** The channel. */
    channel_url: string;
    /** Texts by their keys. */
    metadata: Record<string, string>;
    /** Whether keys that there are not are created, or passed over. */
    upsert?: boolean;
  }; result: Record<string, string> };
  /** A channel's metadata. */
  "channel_metadata.view": { params: {
    /** The channel. */
    channel_url: string;
    /** Only this key; absent for all, or for those in `keys`. */
    key?: string;
    /** Only these keys; absent for all. */
    keys?: Array<string> | null;
  }; result: Record<string, string> };
  /** Become a member of a channel by an invitation; who is a member stays so. NotFound when there is none. */
  "channels.accept": { params: {
    /** The channel. */
    channel_url: string;
  }; result: GroupChannel };
  /**
   * The caller's channels that have changed, and those it is invited to, and the URLs of those that it has no more.
   *
   * A new message, a member who comes or goes, and what the user has set are changes of a channel; what people are
   * called is not. Raises ExpiredToken.
   */
  "channels.changes": { params: {
    /** The `next` of the page before; absent for the first. */
    token?: string;
    /** A time in milliseconds, in the place of a first `token`. */
    change_ts?: number | null;
    /** How many at most. */
    limit?: number;
    /** Whether to show the metadata. */
    show_metadata?: boolean;
  }; result: ChannelChanges };
  /** How many channels the caller has, or the user whom a backend names. */
  "channels.count": { params: {
    /** Channels of which the user is a member, or to which they are invited. */
    state?: "invited" | "joined";
    /** Of one of these custom types. */
    custom_types?: Array<string> | null;
    /** Channels that are hidden, those that are not, or all. */
    hidden_mode?: "all" | "hidden_allow_auto_unhide" | "hidden_only" | "hidden_prevent_auto_unhide" | "unhidden_only";
    /** Channels that are super, those that are not, or all. */
    super_mode?: "all" | "nonsuper" | "super";
  }; result: ChannelCount };
  /** Make a channel; a distinct one is made once for a set of members and a custom type, and then found again. */
  "channels.create": { params: {
    /** Its members. */
    user_ids?: Array<string>;
    /** The same as `user_ids`, as objects with a `user_id`. */
    users?: Array<Record<string, unknown>>;
    /** Its name. */
    name?: string;
    /** What the channel is to be called; absent for a random one. */
    channel_url?: string | null;
    /** The address of a picture. */
    cover_url?: string;
    /** A text of your own, to tell kinds apart. */
    custom_type?: string;
    /** A text of your own, which chatd does not read. */
    data?: string;
    /** Whether who makes a channel of the same people again gets this one. */
    is_distinct?: boolean;
    /** Whether anybody may join. */
    is_public?: boolean;
    /** Whether it may have more than 100 members. */
    is_super?: boolean;
    /** Whether only operators write. */
    is_broadcast?: boolean;
    /** Whether only operators bring users in. */
    is_exclusive?: boolean;
    /** Whether messages are told and not kept. */
    is_ephemeral?: boolean;
    /** Whether a public channel is in lists of public channels. */
    is_discoverable?: boolean;
    /** What joining a public channel takes; empty for none. */
    access_code?: string;
    /** Who else operates it. */
    operator_ids?: Array<string>;
    /** By user id: who is asked in any case, and who is a member in any case. */
    invitation_status?: Record<string, "invited_by_friend" | "invited_by_non_friend" | "joined">;
    /** By user id: whether it is hidden for them from the beginning. */
    hidden_status?: Record<string, "hidden_allow_auto_unhide" | "hidden_prevent_auto_unhide" | "unhidden">;
    /** Your own name for this call: who repeats it gets the first result, and nothing is done twice. */
    req_id?: string;
  }; result: GroupChannel };
  /** Do not become a member of a channel. NotFound when there is no invitation. */
  "channels.decline": { params: {
    /** The channel. */
    channel_url: string;
  }; result: Empty };
  /** Delete a channel and its messages for everyone. */
  "channels.delete": { params: {
    /** The channel. */
    channel_url: string;
  }; result: Empty };
  /** Let only operators write in a channel, or everybody again. */
  "channels.freeze": { params: {
    /** The channel. */
    channel_url: string;
    /** Whether only operators may write from now on. */
    freeze: boolean;
  }; result: GroupChannel };
  /** Take a channel off one's list of channels without leaving it. */
  "channels.hide": { params: {
    /** The channel. */
    channel_url: string;
    /** Whether the next message that is not silent brings the channel back. */
    allow_auto_unhide?: boolean;
    /** Whether the history is reset too. */
    hide_previous_messages?: boolean;
  }; result: Empty };
  /** Bring users into a channel; who is a member or invited stays so. Into an exclusive one only operators do. */
  "channels.invite": { params: {
    /** The channel. */
    channel_url: string;
    /** Whom to invite. */
    user_ids?: Array<string>;
    /** The same as `user_ids`, as objects with a `user_id`. */
    users?: Array<Record<string, unknown>>;
    /** By user id: who is asked in any case, and who is a member in any case. */
    invitation_status?: Record<string, "invited_by_friend" | "invited_by_non_friend" | "joined">;
    /** By user id: whether it is hidden for them from the beginning. */
    hidden_status?: Record<string, "hidden_allow_auto_unhide" | "hidden_prevent_auto_unhide" | "unhidden">;
  }; result: GroupChannel };
  /** Become a member of a public channel; who is one stays so. Who is invited needs no access code. */
  "channels.join": { params: {
    /** The channel. */
    channel_url: string;
    /** The channel's access code, when it has one. */
    access_code?: string;
  }; result: GroupChannel };
  /** End memberships; those who are no members are passed over. */
  "channels.leave": { params: {
    /** The channel. */
    channel_url: string;
    /** Who is to leave; absent for a client itself. */
    user_ids?: Array<string> | null;
    /** Whether who comes back is no operator any more. */
    should_remove_operator_status?: boolean;
  }; result: Empty };
  /** Leave all channels, or those of a custom type. */
  "channels.leave_all": { params: {
    /** Only channels of this custom type; absent for all. */
    custom_type?: string | null;
  }; result: Empty };
  /** The channels of the caller, or of the user whom a backend names, also those it is invited to. */
  "channels.list": { params: {
    /** The `next` of the page before; absent for the first. */
    token?: string;
    /** How many at most. */
    limit?: number;
    /** In which order. */
    order?: "channel_name_alphabetical" | "chronological" | "latest_last_message" | "metadata_value_alphabetical";
    /** The item of metadata to order by. */
    metadata_order_key?: string;
    /** Whether channels without messages are listed too. */
    show_empty?: boolean;
    /** Whether frozen channels are listed too. */
    show_frozen?: boolean;
    /** Whether to show the members. */
    show_member?: boolean;
    /** Whether to show how far members have read. */
    show_read_receipt?: boolean;
    /** Whether to show up to when messages have reached members. */
    show_delivery_receipt?: boolean;
    /** Whether to show the metadata. */
    show_metadata?: boolean;
    /** Channels that are distinct, those that are not, or all. */
    distinct_mode?: "all" | "distinct" | "nondistinct";
    /** Channels that are public, those that are private, or all. */
    public_mode?: "all" | "private" | "public";
    /** Channels that are super, those that are not, or all. */
    super_mode?: "all" | "nonsuper" | "super";
    /** Only these channels. */
    channel_urls?: Array<string> | null;
    /** Of one of these custom types. */
    custom_types?: Array<string> | null;
    /** Whose custom type begins so. */
    custom_type_startswith?: string | null;
    /** Which are called exactly so. */
    name?: string | null;
    /** Which have this in their name, in whatever case. */
    name_contains?: string | null;
    /** Whose name begins so, in whatever case. */
    name_startswith?: string | null;
    /** Made after this time, in milliseconds. */
    created_after?: number | null;
    /** Made before this time, in milliseconds. */
    created_before?: number | null;
    /** With these members and no others. */
    members_exactly_in?: Array<string> | null;
    /** With these members, see `query_type`. */
    members_include_in?: Array<string> | null;
    /** With `AND` all of `members_include_in`, with `OR` one of them. */
    query_type?: "AND" | "OR";
    /** With a member who is called so. */
    members_nickname?: string;
    /** With a member who has this in what they are called. */
    members_nickname_contains?: string;
    /** With a member whose nickname begins so. */
    members_nickname_startswith?: string;
    /** What is in the name of the channel or in a member's nickname. */
    search_query?: string;
    /** Where to look for `search_query`. */
    search_fields?: Array<"channel_name" | "member_nickname">;
    /** The item of metadata that the filters below are about. */
    metadata_key?: string;
    /** Whose item is one of these. */
    metadata_values?: Array<string> | null;
    /** Whose item begins so. */
    metadata_value_startswith?: string | null;
    /** The counter that the filters below are about. */
    metacounter_key?: string;
    /** Whose counter is one of these. */
    metacounter_values?: Array<number> | null;
    /** Whose counter is above this. */
    metacounter_value_gt?: number | null;
    /** Whose counter is this or above. */
    metacounter_value_gte?: number | null;
    /** Whose counter is below this. */
    metacounter_value_lt?: number | null;
    /** Whose counter is this or below. */
    metacounter_value_lte?: number | null;
    /** Channels that are hidden, those that are not, or all. */
    hidden_mode?: "all" | "hidden_allow_auto_unhide" | "hidden_only" | "hidden_prevent_auto_unhide" | "unhidden_only";
    /** Those where the user is a member or is invited, or all. */
    member_state_filter?: "all" | "invited_by_friend" | "invited_by_non_friend" | "invited_only" | "joined_only";
    /** Only channels with unread messages, or all. */
    unread_filter?: "all" | "unread_message";
  }; result: GroupChannels };
  /**
   * Channels that anybody may find and join.
   *
   * A page may have fewer channels than asked for, or none, and still be followed by another: `next` says so.
   */
  "channels.list_public": { params: {
    /** The `next` of the page before; absent for the first. */
    token?: string;
    /** How many at most. */
    limit?: number;
    /** Whether frozen channels are listed too. */
    show_frozen?: boolean;
    /** Whether to show the metadata. */
    show_metadata?: boolean;
    /** Of one of these custom types. */
    custom_types?: Array<string> | null;
    /** Whose custom type begins so. */
    custom_type_startswith?: string;
    /** Which have this in their name, in whatever case. */
    name_contains?: string;
    /** Whose name begins so, in whatever case. */
    name_startswith?: string;
  }; result: GroupChannels };
  /** Move the caller's read marks of several or all channels to their ends. */
  "channels.mark_all_read": { params: {
    /** Only these channels; absent for all. */
    channel_urls?: Array<string> | null;
  }; result: Empty };
  /** Say that messages have reached a device. In a channel of more than a hundred members nothing is noted. */
  "channels.mark_delivered": { params: {
    /** The channel. */
    channel_url: string;
    /** The last message that has arrived; absent for all that there are. */
    message_id?: number;
  }; result: Delivered };
  /** Move the caller's read mark forward; it never moves back. */
  "channels.mark_read": { params: {
    /** The channel. */
    channel_url: string;
    /** The last message that was read. */
    message_id?: number;
    /** The time up to which was read, in milliseconds. */
    timestamp?: number | null;
  }; result: Empty };
  /** Have a message and all after it unread again, on all devices; others see that they were read, as before. */
  "channels.mark_unread": { params: {
    /** The channel. */
    channel_url: string;
    /** The first message that is to be unread. */
    message_id: number;
  }; result: Empty };
  /** Report a channel that the caller may read. Once for each who reports. */
  "channels.report": { params: {
    /** Why: `suspicious`, `harassing`, `inappropriate` or `spam`. */
    report_category: "harassing" | "inappropriate" | "spam" | "suspicious";
    /** More about it, in words. */
    report_description?: string;
    /** The channel. */
    channel_url: string;
    /** The user whom it is about. */
    offending_user_id?: string;
  }; result: Report };
  /** See nothing any more of what is in a channel now, and have none of it unread. Others see it as before. */
  "channels.reset_history": { params: {
    /** The channel. */
    channel_url: string;
  }; result: MessageOffset };
  /** The same as `channels.list`, also by a part of what members are called. */
  "channels.search": { params: {
    /** The `next` of the page before; absent for the first. */
    token?: string;
    /** How many at most. */
    limit?: number;
    /** In which order. */
    order?: "channel_name_alphabetical" | "chronological" | "latest_last_message" | "metadata_value_alphabetical";
    /** The item of metadata to order by. */
    metadata_order_key?: string;
    /** Whether channels without messages are listed too. */
    show_empty?: boolean;
    /** Whether frozen channels are listed too. */
    show_frozen?: boolean;
    /** Whether to show the members. */
    show_member?: boolean;
    /** Whether to show how far members have read. */
    show_read_receipt?: boolean;
    /** Whether to show up to when messages have reached members. */
    show_delivery_receipt?: boolean;
    /** Whether to show the metadata. */
    show_metadata?: boolean;
    /** Channels that are distinct, those that are not, or all. */
    distinct_mode?: "all" | "distinct" | "nondistinct";
    /** Channels that are public, those that are private, or all. */
    public_mode?: "all" | "private" | "public";
    /** Channels that are super, those that are not, or all. */
    super_mode?: "all" | "nonsuper" | "super";
    /** Only these channels. */
    channel_urls?: Array<string> | null;
    /** Of one of these custom types. */
    custom_types?: Array<string> | null;
    /** Whose custom type begins so. */
    custom_type_startswith?: string | null;
    /** Which are called exactly so. */
    name?: string | null;
    /** Which have this in their name, in whatever case. */
    name_contains?: string | null;
    /** Whose name begins so, in whatever case. */
    name_startswith?: string | null;
    /** Made after this time, in milliseconds. */
    created_after?: number | null;
    /** Made before this time, in milliseconds. */
    created_before?: number | null;
    /** With these members and no others. */
    members_exactly_in?: Array<string> | null;
    /** With these members, see `query_type`. */
    members_include_in?: Array<string> | null;
    /** With `AND` all of `members_include_in`, with `OR` one of them. */
    query_type?: "AND" | "OR";
    /** With a member who is called so. */
    members_nickname?: string;
    /** With a member who has this in what they are called. */
    members_nickname_contains?: string;
    /** With a member whose nickname begins so. */
    members_nickname_startswith?: string;
    /** What is in the name of the channel or in a member's nickname. */
    search_query?: string;
    /** Where to look for `search_query`. */
    search_fields?: Array<"channel_name" | "member_nickname">;
    /** The item of metadata that the filters below are about. */
    metadata_key?: string;
    /** Whose item is one of these. */
    metadata_values?: Array<string> | null;
    /** Whose item begins so. */
    metadata_value_startswith?: string | null;
    /** The counter that the filters below are about. */
    metacounter_key?: string;
    /** Whose counter is one of these. */
    metacounter_values?: Array<number> | null;
    /** Whose counter is above this. */
    metacounter_value_gt?: number | null;
    /** Whose counter is this or above. */
    metacounter_value_gte?: number | null;
    /** Whose counter is below this. */
    metacounter_value_lt?: number | null;
    /** Whose counter is this or below. */
    metacounter_value_lte?: number | null;
    /** Channels that are hidden, those that are not, or all. */
    hidden_mode?: "all" | "hidden_allow_auto_unhide" | "hidden_only" | "hidden_prevent_auto_unhide" | "unhidden_only";
    /** Those where the user is a member or is invited, or all. */
    member_state_filter?: "all" | "invited_by_friend" | "invited_by_non_friend" | "invited_only" | "joined_only";
    /** Only channels with unread messages, or all. */
    unread_filter?: "all" | "unread_message";
  }; result: GroupChannels };
  /** Tell the channel who is writing. Not told in channels of more than 100 members, nor of who may not write. */
  "channels.typing": { params: {
    /** The channel. */
    channel_url: string;
    /** Whether they write, or do no more. */
    typing?: boolean;
  }; result: Empty };
  /** Put a channel back on one's list. */
  "channels.unhide": { params: {
    /** The channel. */
    channel_url: string;
  }; result: Empty };
  /** Unread messages by user id. */
  "channels.unread_count": { params: {
    /** The channel. */
    channel_url: string;
    /** Members to count for; absent for the first 100. */
    user_ids?: Array<string> | null;
  }; result: UnreadByUser };
  /** Change a channel's settings. */
  "channels.update": { params: {
    /** The channel. */
    channel_url: string;
    /** Its name. */
    name?: string | null;
    /** The address of a picture. */
    cover_url?: string | null;
    /** A text of your own, to tell kinds apart. */
    custom_type?: string | null;
    /** A text of your own, which chatd does not read. */
    data?: string | null;
    /** Whether anybody may join. */
    is_public?: boolean | null;
    /** Whether who makes a channel of the same people again gets this one. */
    is_distinct?: boolean | null;
    /** Whether it may have more than 100 members. */
    is_super?: boolean | null;
    /** Whether a public channel is in lists of public channels. */
    is_discoverable?: boolean | null;
    /** What joining a public channel takes; empty for none. */
    access_code?: string | null;
    /** All who are to operate it from now on. */
    operator_ids?: Array<string> | null;
    /** For how many seconds messages are kept; -1 for ever, 0 as the application has it. */
    message_survival_seconds?: number | null;
    /** How many messages are kept; -1 for all, 0 as the application has it. */
    message_survival_count?: number | null;
  }; result: GroupChannel };
  /** Say what of a channel is counted for a member; the rest is 0, in the channel and in totals. */
  "channels.update_count_preference": { params: {
    /** The channel. */
    channel_url: string;
    /** What of the channel to count. */
    count_preference: "all" | "false" | "off" | "unread_mentioned_count_only" | "unread_message_count_only";
  }; result: CountPreference };
  /** Say how a member is notified of a channel. */
  "channels.update_push_preference": { params: {
    /** The channel. */
    channel_url: string;
    /** Which messages to be notified of. */
    push_trigger_option?: "all" | "default" | "mention_only" | "off" | null;
    /** What an application is to play; a text of your own. */
    push_sound?: string | null;
    /** An older form: `all` or `off`. */
    enable?: boolean | null;
  }; result: ChannelPushPreference };
  /** One channel, as everybody or as one of its members sees it. */
  "channels.view": { params: {
    /** The channel. */
    channel_url: string;
    /** Whether to show the members. */
    show_member?: boolean;
    /** Whether to show how far members have read. */
    show_read_receipt?: boolean;
    /** Whether to show up to when messages have reached members. */
    show_delivery_receipt?: boolean;
    /** Whether to show the metadata. */
    show_metadata?: boolean;
  }; result: GroupChannel };
  /** What of a channel is counted for a member. */
  "channels.view_count_preference": { params: {
    /** The channel. */
    channel_url: string;
  }; result: CountPreference };
  /** How a member is notified of a channel. */
  "channels.view_push_preference": { params: {
    /** The channel. */
    channel_url: string;
  }; result: ChannelPushPreference };
  /** Close connections; the sessions behind them stay valid. */
  "connections.cut": { params: {
    /** The connection, as its connect reply calls it; absent for all of the user. */
    client_id?: string;
    /** Whether the clients may come back. */
    reconnect?: boolean;
  }; result: Closed };
  /** The connections of the caller, or of the user whom a backend names, oldest first. */
  "connections.list": { params: {}; result: Connections };
  /** Remove a draft; it is no error when there is none. */
  "drafts.delete": { params: {
    /** The channel. */
    channel_url: string;
    /** The message whose thread it belongs to; 0 for the channel itself. */
    parent_message_id?: number;
  }; result: Empty };
  /** The caller's drafts in channels in which they are, by channel. */
  "drafts.list": { params: {
    /** The channel. */
    channel_url?: string;
    /** The `next` of the page before; absent for the first. */
    token?: string;
    /** How many at most. */
    limit?: number;
  }; result: Drafts };
  /** Keep what the caller has begun to write, in the place of what was there. */
  "drafts.set": { params: {
    /** The channel. */
    channel_url: string;
    /** What was written so far. */
    message?: string;
    /** What belongs to the text, in a form of your own. */
    data?: string;
    /** The message whose thread it belongs to; 0 for the channel itself. */
    parent_message_id?: number;
  }; result: Draft };
  /** All emojis by category, and a hash that changes when they do. */
  "emoji_categories.list": { params: {}; result: EmojiCategories };
  /** One category, with its emojis. */
  "emoji_categories.view": { params: {
    /** The category. */
    category_id: number;
  }; result: EmojiCategory };
  /** All emojis, whatever their category. */
  "emojis.list": { params: {}; result: Emojis };
  /** One emoji. */
  "emojis.view": { params: {
    /** The emoji, by the reaction that it stands for. */
    emoji_key: string;
  }; result: Emoji };
  /** Messages with files, the newest first. A page may be short though more follow. */
  "files.list": { params: {
    /** The channel. */
    channel_url: string;
    /** The `next` of the page before; absent for the first. */
    token?: string;
    /** How many at most. */
    limit?: number;
  }; result: FileMessages };
  /** Make a secret address at which programs post to a channel. Its token is told here and never again. */
  "incoming_webhooks.create": { params: {
    /** The channel. */
    channel_url: string;
    /** What the one who posts is called. */
    name: string;
    /** The address of their picture. */
    profile_url?: string;
  }; result: NewIncomingWebhook };
  /** The secret addresses of a channel, without their tokens. */
  "incoming_webhooks.list": { params: {
    /** The channel. */
    channel_url: string;
  }; result: IncomingWebhooks };
  /** End a secret address; its user leaves the channel. NotFound when there is none. */
  "incoming_webhooks.revoke": { params: {
    /** The channel. */
    channel_url: string;
    /** The user that posts for the incoming webhook. */
    webhook_id: string;
  }; result: Empty };
  /** Members by nickname, or operators first and then by nickname. A page may be short though more follow. */
  "members.list": { params: {
    /** The channel. */
    channel_url: string;
    /** The `next` of the page before; absent for the first. */
    token?: string;
    /** How many at most. */
    limit?: number;
    /** In which order. */
    order?: "member_nickname_alphabetical" | "operator_then_member_alphabetical";
    /** Operators, those who are none, or all. */
    operator_filter?: "all" | "nonoperator" | "operator";
    /** Members, or those who are invited, or all. */
    member_state_filter?: "all" | "invited_only" | "joined_only";
    /** Members who are muted, those who are not, or all. */
    muted_member_filter?: "all" | "muted" | "unmuted";
    /** Members who are activated, those who are not, or all. */
    member_active_mode_filter?: "activated" | "all" | "deactivated";
    /** Whose nickname begins so, in whatever case. */
    nickname_startswith?: string;
    /** Only these users. */
    user_ids?: Array<string> | null;
    /** Whether to show how far members have read. */
    show_read_receipt?: boolean;
    /** Whether to show up to when messages have reached members. */
    show_delivery_receipt?: boolean;
    /** Whose blocks to show, of and by each member; a client can only name itself. */
    user_id?: string;
  }; result: Members };
  /** Whether a user is a member. */
  "members.view": { params: {
    /** The channel. */
    channel_url: string;
    /** The user. */
    user_id: string;
  }; result: Membership };
  /**
   * Messages that are new or have changed, with their reactions and threads, and which are gone.
   *
   * What was sent up to the place `expired` is gone too: it was kept no longer, or the caller has reset the history.
   * Raises ExpiredToken.
   */
  "messages.changes": { params: {
    /** Whether to show reactions. */
    include_reactions?: boolean;
    /** Whether to show how threads stand. */
    include_thread_info?: boolean;
    /** Whether to show of replies what they reply to. */
    include_parent_message_info?: boolean;
    /** Whether to show sorted meta arrays. */
    with_sorted_meta_array?: boolean;
    /** Whether to show polls. */
    include_poll_details?: boolean;
    /** The channel. */
    channel_url: string;
    /** The `next` of the page before; absent for the first. */
    token?: string;
    /** A time in milliseconds, in the place of a first `token`. */
    change_ts?: number | null;
    /** How many at most. */
    limit?: number;
  }; result: MessageChanges };
  /**
   * Send what a message holds to another channel, as `messages.send` does; a poll stays where it is.
   *
   * The copy is a message of its own: it stays when the other one is edited or deleted, and says who said it first.
   * Files are not stored twice.
   */
  "messages.copy": { params: {
    /** The channel. */
    channel_url: string;
    /** The message. */
    message_id: number;
    /** The channel to send it to. */
    target_channel_url: string;
    /** Your own name for this call: who repeats it gets the first result, and nothing is done twice. */
    req_id?: string;
  }; result: Message };
  /** How many messages a channel has. */
  "messages.count": { params: {
    /** The channel. */
    channel_url: string;
  }; result: Total };
  /** Add keys to the sorted meta array of a message: its sender, or a backend. */
  "messages.create_metaarray": { params: {
    /** The channel. */
    channel_url: string;
    /** The message. */
    message_id: number;
    /** Lists of texts by their keys, in an order. */
    sorted_metaarray: Array<{
      /** The key. */
      key: string;
      /** Its values. */
      value?: Array<string>;
    }>;
  }; result: MetaArray };
  /** Delete a message for everyone: its sender, an operator of the channel, or a backend. */
  "messages.delete": { params: {
    /** The channel. */
    channel_url: string;
    /** The message. */
    message_id: number;
  }; result: Empty };
  /** Remove keys from the sorted meta array of a message; those that it does not have are passed over. */
  "messages.delete_metaarray": { params: {
    /** The channel. */
    channel_url: string;
    /** The message. */
    message_id: number;
    /** Only these keys; absent for all. */
    keys?: Array<string> | null;
  }; result: Empty };
  /**
   * Messages around a place, oldest first, or newest first with `reverse`.
   *
   * It looks through up to a thousand messages on each side, also those that are not listed, such as replies. When there
   * were too few among them it says from which message to go on: `prev_message_id`, `next_message_id`.
   */
  "messages.list": { params: {
    /** Whether to show reactions. */
    include_reactions?: boolean;
    /** Whether to show how threads stand. */
    include_thread_info?: boolean;
    /** Whether to show of replies what they reply to. */
    include_parent_message_info?: boolean;
    /** Whether to show sorted meta arrays. */
    with_sorted_meta_array?: boolean;
    /** Whether to show polls. */
    include_poll_details?: boolean;
    /** The channel. */
    channel_url: string;
    /** The time around which to list, in milliseconds. */
    message_ts?: number | null;
    /** The message around which to list, in the place of `message_ts`. */
    message_id?: number;
    /** How many earlier ones at most. */
    prev_limit?: number;
    /** How many later ones at most. */
    next_limit?: number;
    /** Whether the message or the time itself belongs to the page. */
    include?: boolean;
    /** Whether the order is turned round. */
    reverse?: boolean;
    /** Whether deleted messages are listed too, without what they said. */
    including_removed?: boolean;
    /** Sent by this user. */
    sender_id?: string;
    /** Sent by one of these users. */
    sender_ids?: Array<string> | null;
    /** Of one of these custom types. */
    custom_types?: Array<string> | null;
    /** A text (`MESG`), files (`FILE`), or from the backend (`ADMM`). */
    message_type?: "" | "ADMM" | "FILE" | "MESG";
    /** The message whose replies to list; 0 for the channel's messages. */
    parent_message_id?: number;
    /** Whether replies are listed: `NONE`, `ALL`, or those that were sent to the channel too. */
    include_reply_type?: "ALL" | "NONE" | "ONLY_REPLY_TO_CHANNEL";
  }; result: Messages };
  /** Pin a message: an operator of the channel, every member when it has none, or a backend. Answers the channel. */
  "messages.pin": { params: {
    /** The channel. */
    channel_url: string;
    /** The message. */
    message_id: number;
  }; result: GroupChannel };
  /**
   * Members who were there when a message was sent and have read it, or have not; without its sender.
   *
   * A page may be short, or empty, though more follow. Up to a thousand members it says how many they are.
   */
  "messages.readers": { params: {
    /** The channel. */
    channel_url: string;
    /** The message. */
    message_id: number;
    /** Who has it `read` or `unread`, whom it has reached (`delivered`) or not. */
    state?: "delivered" | "read" | "undelivered" | "unread";
    /** The `next` of the page before; absent for the first. */
    token?: string;
    /** How many at most. */
    limit?: number;
  }; result: Readers };
  /** Report a message that the caller may read; what it says is kept with the report. Once for each who reports. */
  "messages.report": { params: {
    /** Why: `suspicious`, `harassing`, `inappropriate` or `spam`. */
    report_category: "harassing" | "inappropriate" | "spam" | "suspicious";
    /** More about it, in words. */
    report_description?: string;
    /** The channel. */
    channel_url: string;
    /** The message. */
    message_id: number;
    /** The user whom it is about. */
    offending_user_id?: string;
  }; result: Report };
  /** Messages that match: the best first, or the newest first, or with `reverse` the oldest. */
  "messages.search": { params: {
    /** Whether to show reactions. */
    include_reactions?: boolean;
    /** Whether to show how threads stand. */
    include_thread_info?: boolean;
    /** Whether to show of replies what they reply to. */
    include_parent_message_info?: boolean;
    /** Whether to show sorted meta arrays. */
    with_sorted_meta_array?: boolean;
    /** Whether to show polls. */
    include_poll_details?: boolean;
    /** What to look for. */
    query: string;
    /** Whether the words have to stand side by side, as they are written. */
    exact_match?: boolean;
    /** Only this channel; absent for all. */
    channel_url?: string;
    /** Only these channels. */
    channel_urls?: Array<string>;
    /** Sent by one of these users. */
    sender_ids?: Array<string> | null;
    /** Of one of these custom types. */
    custom_types?: Array<string> | null;
    /** Only messages with files, or only those without. */
    has_files?: boolean | null;
    /** Sent at this time or later, in milliseconds. */
    message_ts_from?: number | null;
    /** Sent at this time or before, in milliseconds. */
    message_ts_to?: number | null;
    /** The best first, or the newest. */
    sort_field?: "score" | "ts";
    /** Whether the order is turned round. */
    reverse?: boolean;
    /** How many at most. */
    limit?: number;
    /** The `next` of the page before; absent for the first. */
    token?: string;
    /** A cursor of an earlier answer: what comes after that result. */
    after?: string;
  }; result: SearchResults };
  /** Send a message. A repeated `req_id` of the same sender returns the first result and sends nothing. */
  "messages.send": { params: {
    /** The channel. */
    channel_url: string;
    /** The text. */
    message?: string;
    /** A text (`MESG`), files (`FILE`), or from the backend (`ADMM`). */
    message_type?: "ADMM" | "FILE" | "MESG";
    /** A text of your own, to tell kinds apart. */
    custom_type?: string;
    /** A text of your own, which chatd does not read. */
    data?: string;
    /** Your own name for this call: who repeats it gets the first result, and nothing is done twice. */
    req_id?: string;
    /** Whether those in `mentioned_user_ids` are mentioned, or all of the channel. */
    mention_type?: "channel" | "users";
    /** Who is mentioned. */
    mentioned_user_ids?: Array<string>;
    /** Whether it counts as unread for nobody. */
    is_silent?: boolean;
    /** The message to reply to; 0 for none. */
    parent_message_id?: number;
    /** Whether a reply is listed among the channel's messages too. */
    reply_to_channel?: boolean;
    /** Files that were uploaded, or are kept elsewhere. */
    files?: Array<{
      /** An upload of the sender. */
      file_id?: string;
      /** Where a file is kept that was not uploaded. */
      url?: string;
      /** What it is called. */
      file_name?: string;
      /** Its media type. */
      file_type?: string;
      /** How large it is, in bytes. */
      file_size?: number;
    }>;
    /** Where a file is kept that was not uploaded. */
    url?: string;
    /** What a file that is kept elsewhere is called. */
    file_name?: string;
    /** The media type of a file that is kept elsewhere. */
    file_type?: string;
    /** How large a file that is kept elsewhere is, in bytes. */
    file_size?: number;
    /** After how many seconds it disappears; -1 for never. */
    message_survival_seconds?: number;
    /** Lists of texts by their keys, in an order. */
    sorted_metaarray?: Array<{
      /** The key. */
      key: string;
      /** Its values. */
      value?: Array<string>;
    }>;
    /** Whether to pin it at once. */
    pin_message?: boolean;
    /** The poll that the message shows; 0 for none. */
    poll_id?: number;
    /** Whether devices are told; absent for true, but for admin messages. */
    send_push?: boolean | null;
    /** Of a critical alert: `name` or `sound`, and `volume` from 0 to 1. */
    apple_critical_alert_options?: {
      name?: string;
      sound?: string;
      volume?: number;
    } | null;
    /** Whether the sender has read the channel then. */
    mark_as_read?: boolean;
  }; result: Message };
  /**
   * Have the text of a message translated; answers the message. All who see it get its translations.
   *
   * They stay until the text is edited. Raises Unavailable where the operator has named no translator.
   */
  "messages.translate": { params: {
    /** The channel. */
    channel_url: string;
    /** The message. */
    message_id: number;
    /** The languages, as tags such as `de` or `pt-BR`. */
    target_langs: Array<string>;
  }; result: Message };
  /** Unpin a message; one that is not pinned stays so. Answers the channel. */
  "messages.unpin": { params: {
    /** The channel. */
    channel_url: string;
    /** The message. */
    message_id: number;
  }; result: GroupChannel };
  /** Edit a message: its sender, or a backend. */
  "messages.update": { params: {
    /** The channel. */
    channel_url: string;
    /** The message. */
    message_id: number;
    /** A text (`MESG`), files (`FILE`), or from the backend (`ADMM`). */
    message_type?: "ADMM" | "FILE" | "MESG";
    /** The text. */
    message?: string | null;
    /** A text of your own, to tell kinds apart. */
    custom_type?: string | null;
    /** A text of your own, which chatd does not read. */
    data?: string | null;
    /** Whether those in `mentioned_user_ids` are mentioned, or all of the channel. */
    mention_type?: "channel" | "users" | null;
    /** Who is mentioned. */
    mentioned_user_ids?: Array<string> | null;
    /** Lists of texts by their keys, in an order. */
    sorted_metaarray?: Array<{
      /** The key. */
      key: string;
      /** Its values. */
      value?: Array<string>;
    }> | null;
  }; result: Message };
  /** Add values to keys, or remove them; a value that is there already, or is not there, is passed over. */
  "messages.update_metaarray": { params: {
    /** The channel. */
    channel_url: string;
    /** The message. */
    message_id: number;
    /** Lists of texts by their keys, in an order. */
    sorted_metaarray: Array<{
      /** The key. */
      key: string;
      /** Its values. */
      value?: Array<string>;
    }>;
    /** Whether values are added to keys or removed from them. */
    mode?: "add" | "remove";
    /** Whether keys that there are not are created, or passed over. */
    upsert?: boolean;
  }; result: MetaArray };
  /** One message. */
  "messages.view": { params: {
    /** Whether to show reactions. */
    include_reactions?: boolean;
    /** Whether to show how threads stand. */
    include_thread_info?: boolean;
    /** Whether to show of replies what they reply to. */
    include_parent_message_info?: boolean;
    /** Whether to show sorted meta arrays. */
    with_sorted_meta_array?: boolean;
    /** Whether to show polls. */
    include_poll_details?: boolean;
    /** The channel. */
    channel_url: string;
    /** The message. */
    message_id: number;
  }; result: Message };
  /** Begin to count something. Members are told. */
  "metacounters.create": { params: {
    /** The channel. */
    channel_url: string;
    /** Counters by their keys. */
    metacounter: Record<string, number>;
  }; result: Record<string, number> };
  /** Delete a counter of a channel, or all of them. What is not there is not missed. */
  "metacounters.delete": { params: {
    /** The channel. */
    channel_url: string;
    /** Only this key; absent for all, or for those in `keys`. */
    key?: string;
  }; result: Empty };
  /** Change counters; what they are then. Steps of several callers add up. Members are told of what has changed. */
  "metacounters.update": { params: {
    /** The channel. */
    channel_url: string;
    /** Counters by their keys. */
    metacounter: Record<string, number>;
    /** Whether counters are set, or increased or decreased by what is given. */
    mode?: "decrease" | "increase" | "set";
    /** Whether keys that there are not are created, or passed over. */
    upsert?: boolean;
  }; result: Record<string, number> };
  /** A channel's counters. */
  "metacounters.view": { params: {
    /** The channel. */
    channel_url: string;
    /** Only this key; absent for all, or for those in `keys`. */
    key?: string;
    /** Only these keys; absent for all. */
    keys?: Array<string> | null;
  }; result: Record<string, number> };
  /** Mute a user, whether in the channel or not; who is muted is so from now until another time. */
  "mutes.add": { params: {
    /** The channel. */
    channel_url: string;
    /** The user. */
    user_id: string;
    /** For how many seconds from now; -1 for ten years. */
    seconds?: number;
    /** Why, which the channel is told. */
    description?: string;
  }; result: Mute };
  /** Users who are muted in a channel, those first whose mute ends first. */
  "mutes.list": { params: {
    /** The channel. */
    channel_url: string;
    /** The `next` of the page before; absent for the first. */
    token?: string;
    /** How many at most. */
    limit?: number;
    /** Whether to say how many there are. */
    show_total_mute_count?: boolean;
  }; result: MutedUsers };
  /** Channels in which a user is muted, those first whose mute ends first. */
  "mutes.list_channels": { params: {
    /** The `next` of the page before; absent for the first. */
    token?: string;
    /** How many at most. */
    limit?: number;
  }; result: MutedChannels };
  /** Let a user write again; who is not muted is passed over. */
  "mutes.remove": { params: {
    /** The channel. */
    channel_url: string;
    /** The user. */
    user_id: string;
  }; result: Empty };
  /** Whether a user is muted: for the user, for operators and for backends. */
  "mutes.view": { params: {
    /** The channel. */
    channel_url: string;
    /** The user; absent for a client itself. */
    user_id?: string;
  }; result: Mute };
  /** Make an open channel. A repeated `req_id` of the same user returns the channel that it made. */
  "open_channels.create": { params: {
    /** Its name. */
    name?: string;
    /** What the channel is to be called; absent for a random one. */
    channel_url?: string | null;
    /** The address of a picture. */
    cover_url?: string;
    /** A text of your own, to tell kinds apart. */
    custom_type?: string;
    /** A text of your own, which chatd does not read. */
    data?: string;
    /** Who else operates it. */
    operator_ids?: Array<string>;
    /** Your own name for this call: who repeats it gets the first result, and nothing is done twice. */
    req_id?: string;
  }; result: OpenChannel };
  /** Delete an open channel and its messages: its operators, or a backend. Who is in it leaves. */
  "open_channels.delete": { params: {
    /** The channel. */
    channel_url: string;
  }; result: Empty };
  /** Let only operators write in an open channel, or everybody again. */
  "open_channels.freeze": { params: {
    /** The channel. */
    channel_url: string;
    /** Whether only operators may write from now on. */
    freeze: boolean;
  }; result: OpenChannel };
  /** Open channels, the newest first. */
  "open_channels.list": { params: {
    /** The `next` of the page before; absent for the first. */
    token?: string;
    /** How many at most. */
    limit?: number;
    /** Only these channels. */
    channel_urls?: Array<string> | null;
    /** Of one of these custom types. */
    custom_types?: Array<string> | null;
    /** Which have this in their name, in whatever case. */
    name_contains?: string;
    /** Which have this in their URL. */
    url_contains?: string;
    /** Whether frozen channels are listed too. */
    show_frozen?: boolean;
    /** Whether to show the metadata. */
    show_metadata?: boolean;
  }; result: OpenChannels };
  /** Users who are in an open channel now, in the order in which they came to the application; `reverse` turns it. */
  "open_channels.participants": { params: {
    /** The channel. */
    channel_url: string;
    /** The `next` of the page before; absent for the first. */
    token?: string;
    /** How many at most. */
    limit?: number;
    /** Whether the order is turned round. */
    reverse?: boolean;
  }; result: Participants };
  /** Change an open channel: its operators, or a backend. */
  "open_channels.update": { params: {
    /** The channel. */
    channel_url: string;
    /** Its name. */
    name?: string | null;
    /** The address of a picture. */
    cover_url?: string | null;
    /** A text of your own, to tell kinds apart. */
    custom_type?: string | null;
    /** A text of your own, which chatd does not read. */
    data?: string | null;
    /** Who is meant. */
    operator_ids?: Array<string> | null;
  }; result: OpenChannel };
  /** One open channel. */
  "open_channels.view": { params: {
    /** The channel. */
    channel_url: string;
    /** Whether to show the metadata. */
    show_metadata?: boolean;
  }; result: OpenChannel };
  /** Make members operators; invited users will be when they join. A channel has up to 100. */
  "operators.add": { params: {
    /** The channel. */
    channel_url: string;
    /** Who is meant. */
    operator_ids: Array<string>;
  }; result: Operators };
  /** Members who are operators, or those of an open channel, in the order in which they came to the application. */
  "operators.list": { params: {
    /** The channel. */
    channel_url: string;
    /** The `next` of the page before; absent for the first. */
    token?: string;
    /** How many at most. */
    limit?: number;
  }; result: Operators };
  /** Make operators plain members; who is none is passed over. */
  "operators.remove": { params: {
    /** The channel. */
    channel_url: string;
    /** Who is meant. */
    operator_ids?: Array<string>;
    /** All operators, in the place of `operator_ids`. */
    delete_all?: boolean;
  }; result: Operators };
  /** Say what members may do in a channel. Operators and backends may do all of it. */
  "permissions.update": { params: {
    /** The channel. */
    channel_url: string;
    /** What members may do (true) or not (false), by what it is; null says nothing of it. */
    permissions: Record<string, boolean | null>;
  }; result: ChannelPermissions };
  /** What those who are no operators may do in a channel now. */
  "permissions.view": { params: {
    /** The channel. */
    channel_url: string;
  }; result: ChannelPermissions };
  /** The pinned messages of a channel, at most ten. */
  "pins.list": { params: {
    /** Whether to show reactions. */
    include_reactions?: boolean;
    /** Whether to show how threads stand. */
    include_thread_info?: boolean;
    /** Whether to show of replies what they reply to. */
    include_parent_message_info?: boolean;
    /** Whether to show sorted meta arrays. */
    with_sorted_meta_array?: boolean;
    /** Whether to show polls. */
    include_poll_details?: boolean;
    /** The channel. */
    channel_url: string;
  }; result: PinnedMessages };
  /**
   * Add an option to a poll that is open: who may change the poll, or everybody where suggestions are allowed.
   *
   * A text that is there already is not added again: the answer is the option that has it.
   */
  "polls.add_option": { params: {
    /** The poll. */
    poll_id: number;
    /** What the option says. */
    text: string;
  }; result: PollOption };
  /** Close a poll for good: its maker, an operator of the channel, or a backend. One that is closed stays so. */
  "polls.close": { params: {
    /** The poll. */
    poll_id: number;
  }; result: Poll };
  /**
   * Make a poll, for a message to show: `messages.send` with its `poll_id`.
   *
   * A repeated `req_id` of the same maker makes no second one.
   */
  "polls.create": { params: {
    /** What is asked. */
    title: string;
    /** What there is to choose. */
    options: Array<string>;
    /** Whether who may vote may add options. */
    allow_user_suggestion?: boolean;
    /** Whether a voter may choose several options. */
    allow_multiple_votes?: boolean;
    /** Whether nobody learns who has chosen what. */
    is_anonymous?: boolean;
    /** When the poll closes, in seconds; -1 when somebody closes it. */
    close_at?: number;
    /** Texts of your own by their keys. */
    data?: Record<string, string>;
    /** Your own name for this call: who repeats it gets the first result, and nothing is done twice. */
    req_id?: string;
  }; result: Poll };
  /** Delete a poll with its votes; the message that shows it stays, and says that it is gone. */
  "polls.delete": { params: {
    /** The poll. */
    poll_id: number;
  }; result: Empty };
  /** Remove an option for which nobody has voted: who suggested it, or who may change the poll. */
  "polls.delete_option": { params: {
    /** The poll. */
    poll_id: number;
    /** The option, as its poll calls it. */
    option_id: number;
  }; result: Empty };
  /** The polls that messages of a channel show, or those that wait to be shown, the newest first. */
  "polls.list": { params: {
    /** The channel. */
    channel_url?: string | null;
    /** The `next` of the page before; absent for the first. */
    token?: string;
    /** How many at most. */
    limit?: number;
  }; result: Polls };
  /** Who has voted for an option, in the order in which they came to the application. Nobody sees it if anonymous. */
  "polls.list_voters": { params: {
    /** The poll. */
    poll_id: number;
    /** The option, as its poll calls it. */
    option_id: number;
    /** The `next` of the page before; absent for the first. */
    token?: string;
    /** How many at most. */
    limit?: number;
  }; result: Voters };
  /** Change a poll that is open: its maker, an operator of the channel, or a backend. */
  "polls.update": { params: {
    /** The poll. */
    poll_id: number;
    /** What is asked. */
    title?: string | null;
    /** Texts of your own by their keys. */
    data?: Record<string, string> | null;
    /** Whether who may vote may add options. */
    allow_user_suggestion?: boolean | null;
    /** Whether a voter may choose several options. */
    allow_multiple_votes?: boolean | null;
    /** When the poll closes, in seconds; -1 when somebody closes it. */
    close_at?: number | null;
  }; result: Poll };
  /** Change the text of an option: who suggested it, or who may change the poll. */
  "polls.update_option": { params: {
    /** The poll. */
    poll_id: number;
    /** The option, as its poll calls it. */
    option_id: number;
    /** What the option says. */
    text: string;
  }; result: PollOption };
  /** One poll, with what the caller has chosen. */
  "polls.view": { params: {
    /** The poll. */
    poll_id: number;
    /** Whether to show some of those who voted. */
    show_partial_voter_list?: boolean;
  }; result: Poll };
  /** One option of a poll. */
  "polls.view_option": { params: {
    /** The poll. */
    poll_id: number;
    /** The option, as its poll calls it. */
    option_id: number;
  }; result: PollOption };
  /** Choose among the options of an open poll. Answers the poll. */
  "polls.vote": { params: {
    /** The poll. */
    poll_id: number;
    /** The options to choose; none takes the vote back. */
    option_ids: Array<number>;
  }; result: Poll };
  /** Who of some users is online, and when the others were. */
  "presence.query": { params: {
    /** Only these users. */
    user_ids: Array<string>;
  }; result: Presences };
  /** Tell this connection no more. */
  "presence.unwatch": { params: {
    /** Whom to watch no more; absent for all. */
    user_ids?: Array<string> | null;
  }; result: Empty };
  /** Answer as `presence.query`, with how users look, and tell this connection from now on when it changes. */
  "presence.watch": { params: {
    /** Only these users. */
    user_ids: Array<string>;
  }; result: WatchedUsers };
  /** Have the notifications of a user made by one of the templates: `alternative` does not say what was written. */
  "push.choose_template": { params: {
    /** The template. */
    name: "alternative" | "default";
  }; result: PushTemplateName };
  /** The public key for which browsers are to subscribe (`applicationServerKey`); the first call makes it. */
  "push.web_key": { params: {}; result: WebPushKey };
  /** Notify a user on a device. One that was another user's is theirs no more; of 21 of a kind the oldest goes. */
  "push_tokens.add": { params: {
    /** How the device is notified: `gcm` and `fcm` are the same. */
    token_type: "apns" | "fcm" | "gcm" | "http" | "huawei" | "ntfy" | "web";
    /** The token of the device; for `web` the endpoint, for `http` and `ntfy` a URL. */
    token?: string;
    /** The token, under the name that the documentation has for Firebase. */
    gcm_reg_token?: string;
    /** The token, under the name that the documentation has for devices of Apple. */
    apns_device_token?: string;
    /** The token, under the name that the documentation has for devices of Huawei. */
    huawei_device_token?: string;
    /** For `web`: the public key of the subscription, in base64url. */
    p256dh?: string;
    /** For `web`: the secret of the subscription, in base64url. */
    auth?: string;
  }; result: PushToken };
  /** The devices of a kind on which a user is notified. */
  "push_tokens.list": { params: {
    /** How the device is notified: `gcm` and `fcm` are the same. */
    token_type: "apns" | "fcm" | "gcm" | "http" | "huawei" | "ntfy" | "web";
  }; result: PushTokens };
  /** Notify a user on a device no more; nothing happens when they are not notified there. */
  "push_tokens.remove": { params: {
    /** How the device is notified: `gcm` and `fcm` are the same. */
    token_type: "apns" | "fcm" | "gcm" | "http" | "huawei" | "ntfy" | "web";
    /** The token of the device; for `web` the endpoint, for `http` and `ntfy` a URL. */
    token: string;
  }; result: RemovedPushTokens };
  /** Notify a user nowhere any more. */
  "push_tokens.remove_all": { params: {}; result: RemovedPushTokens };
  /** What reactions may be. */
  "reaction_settings.view": { params: {}; result: ReactionSettings };
  /** React to a message; who has done so already with this key has. */
  "reactions.add": { params: {
    /** The channel. */
    channel_url: string;
    /** The message. */
    message_id: number;
    /** The name of an emoji, or the emoji itself. */
    reaction: string;
  }; result: ReactionChange };
  /** By key the number of users who reacted with it, or who they are. */
  "reactions.list": { params: {
    /** The channel. */
    channel_url: string;
    /** The message. */
    message_id: number;
    /** Whether to list who reacted, in the place of their number. */
    list_users?: boolean;
  }; result: Record<string, number | Array<string>> };
  /** Take a reaction back; where there is none, nothing changes. */
  "reactions.remove": { params: {
    /** The channel. */
    channel_url: string;
    /** The message. */
    message_id: number;
    /** The name of an emoji, or the emoji itself. */
    reaction: string;
  }; result: ReactionChange };
  /** Reports. A page of a narrow filter may have fewer than `limit`, or none, and still a `next`. */
  "reports.list": { params: {
    /** What happened at this time or later, in milliseconds. */
    start_ts?: number;
    /** What happened before this time, in milliseconds. */
    end_ts?: number | null;
    /** The `next` of the page before; absent for the first. */
    token?: string;
    /** How many at most. */
    limit?: number;
    /** Only reports of a `message`, a `user` or a `channel`. */
    report_type?: "channel" | "message" | "user" | null;
    /** Only reports of this category. */
    report_category?: "harassing" | "inappropriate" | "spam" | "suspicious" | null;
    /** Only reports that are `open`, `resolved` or `dismissed`. */
    report_status?: "dismissed" | "open" | "resolved" | null;
    /** Only reports about this user. */
    offending_user_id?: string;
    /** The channel. */
    channel_url?: string;
    /** The message. */
    message_id?: number;
  }; result: Reports };
  /** Put a message aside; what is there already stays where it is. */
  "saved.add": { params: {
    /** The channel. */
    channel_url: string;
    /** The message. */
    message_id: number;
  }; result: SavedMessage };
  /** What the caller put aside and may still read; the last first. */
  "saved.list": { params: {
    /** Whether to show reactions. */
    include_reactions?: boolean;
    /** Whether to show how threads stand. */
    include_thread_info?: boolean;
    /** Whether to show of replies what they reply to. */
    include_parent_message_info?: boolean;
    /** Whether to show sorted meta arrays. */
    with_sorted_meta_array?: boolean;
    /** Whether to show polls. */
    include_poll_details?: boolean;
    /** The channel. */
    channel_url?: string;
    /** The `next` of the page before; absent for the first. */
    token?: string;
    /** How many at most. */
    limit?: number;
  }; result: SavedMessages };
  /** Keep a message aside no longer; it is no error when it was not. */
  "saved.remove": { params: {
    /** The message. */
    message_id: number;
  }; result: Empty };
  /** Send it never; what has failed is put away. */
  "scheduled_messages.cancel": { params: {
    /** The scheduled message. */
    scheduled_message_id: number;
  }; result: Empty };
  /** How many scheduled messages there are. */
  "scheduled_messages.count": { params: {
    /** The channel. */
    channel_url?: string;
    /** Sent by this user. */
    sender_id?: string;
    /** In one of these states; none for all. */
    status?: Array<"canceled" | "failed" | "in_queue" | "pending" | "sent">;
    /** A text (`MESG`), files (`FILE`), or from the backend (`ADMM`). */
    message_type?: "" | "ADMM" | "FILE" | "MESG";
  }; result: ScheduledCount };
  /** Have a message sent later. A repeated `req_id` of the same sender returns the first result. */
  "scheduled_messages.create": { params: {
    /** The channel. */
    channel_url: string;
    /** The text. */
    message?: string;
    /** A text (`MESG`), files (`FILE`), or from the backend (`ADMM`). */
    message_type?: "ADMM" | "FILE" | "MESG";
    /** A text of your own, to tell kinds apart. */
    custom_type?: string;
    /** A text of your own, which chatd does not read. */
    data?: string;
    /** Your own name for this call: who repeats it gets the first result, and nothing is done twice. */
    req_id?: string;
    /** Whether those in `mentioned_user_ids` are mentioned, or all of the channel. */
    mention_type?: "channel" | "users";
    /** Who is mentioned. */
    mentioned_user_ids?: Array<string>;
    /** Whether it counts as unread for nobody. */
    is_silent?: boolean;
    /** The message to reply to; 0 for none. */
    parent_message_id?: number;
    /** Whether a reply is listed among the channel's messages too. */
    reply_to_channel?: boolean;
    /** Files that were uploaded, or are kept elsewhere. */
    files?: Array<{
      /** An upload of the sender. */
      file_id?: string;
      /** Where a file is kept that was not uploaded. */
      url?: string;
      /** What it is called. */
      file_name?: string;
      /** Its media type. */
      file_type?: string;
      /** How large it is, in bytes. */
      file_size?: number;
    }>;
    /** Where a file is kept that was not uploaded. */
    url?: string;
    /** What a file that is kept elsewhere is called. */
    file_name?: string;
    /** The media type of a file that is kept elsewhere. */
    file_type?: string;
    /** How large a file that is kept elsewhere is, in bytes. */
    file_size?: number;
    /** After how many seconds it disappears; -1 for never. */
    message_survival_seconds?: number;
    /** Lists of texts by their keys, in an order. */
    sorted_metaarray?: Array<{
      /** The key. */
      key: string;
      /** Its values. */
      value?: Array<string>;
    }>;
    /** Whether to pin it at once. */
    pin_message?: boolean;
    /** The poll that the message shows; 0 for none. */
    poll_id?: number;
    /** 0: it is sent when it is due. */
    created_at?: number;
    /** Whether devices are told; absent for true, but for admin messages. */
    send_push?: boolean | null;
    /** Of a critical alert: `name` or `sound`, and `volume` from 0 to 1. */
    apple_critical_alert_options?: {
      name?: string;
      sound?: string;
      volume?: number;
    } | null;
    /** Whether the sender has read the channel then. */
    mark_as_read?: boolean;
    /** When to send it, in milliseconds. */
    scheduled_at: number;
  }; result: ScheduledMessage };
  /** Scheduled messages, also those that ended while it is kept that they did. */
  "scheduled_messages.list": { params: {
    /** The channel. */
    channel_url?: string;
    /** Sent by this user. */
    sender_id?: string;
    /** In one of these states; none for all. */
    status?: Array<"canceled" | "failed" | "in_queue" | "pending" | "sent">;
    /** A text (`MESG`), files (`FILE`), or from the backend (`ADMM`). */
    message_type?: "" | "ADMM" | "FILE" | "MESG";
    /** In which order. */
    order?: "created_at" | "scheduled_at";
    /** Whether the order is turned round. */
    reverse?: boolean;
    /** The `next` of the page before; absent for the first. */
    token?: string;
    /** How many at most. */
    limit?: number;
  }; result: ScheduledMessages };
  /** Send it at once, also what has failed; the message. */
  "scheduled_messages.send_now": { params: {
    /** The scheduled message. */
    scheduled_message_id: number;
  }; result: Message };
  /** Change what is to be sent, or when, until it is. */
  "scheduled_messages.update": { params: {
    /** The scheduled message. */
    scheduled_message_id: number;
    /** When to send it, in milliseconds. */
    scheduled_at?: number | null;
    /** The text. */
    message?: string | null;
    /** A text of your own, to tell kinds apart. */
    custom_type?: string | null;
    /** A text of your own, which chatd does not read. */
    data?: string | null;
    /** Whether those in `mentioned_user_ids` are mentioned, or all of the channel. */
    mention_type?: "channel" | "users" | null;
    /** Who is mentioned. */
    mentioned_user_ids?: Array<string> | null;
    /** Whether it counts as unread for nobody. */
    is_silent?: boolean | null;
    /** Whether devices are told; absent for true, but for admin messages. */
    send_push?: boolean | null;
    /** Whether the sender has read the channel then. */
    mark_as_read?: boolean | null;
  }; result: ScheduledMessage };
  /** One scheduled message. */
  "scheduled_messages.view": { params: {
    /** The scheduled message. */
    scheduled_message_id: number;
  }; result: ScheduledMessage };
  /** What time it is, for clients whose own clock is wrong, and who want to know how far away the server is. */
  "server.time": { params: {}; result: ServerTime };
  /** The commands that there are, by name. */
  "slash_commands.list": { params: {}; result: SlashCommands };
  /**
   * Ask the program behind what was written. What it answers comes back, or is a message of the channel for all.
   *
   * Only who may write in the channel may ask. Raises NotFound when there is no such command.
   */
  "slash_commands.run": { params: {
    /** The channel. */
    channel_url: string;
    /** What was written, from the slash on. */
    message: string;
  }; result: SlashAnswer };
  /** Have who writes in a channel wait before the next message; operators do not wait. */
  "slow_mode.update": { params: {
    /** The channel. */
    channel_url: string;
    /** For how many seconds who has written waits before the next message; 0 for not at all. */
    slow_mode_seconds: number;
  }; result: SlowMode };
  /** The followed threads of channels in which the caller is; those with the newest replies first. */
  "threads.list": { params: {
    /** Whether to show reactions. */
    include_reactions?: boolean;
    /** Whether to show how threads stand. */
    include_thread_info?: boolean;
    /** Whether to show of replies what they reply to. */
    include_parent_message_info?: boolean;
    /** Whether to show sorted meta arrays. */
    with_sorted_meta_array?: boolean;
    /** Whether to show polls. */
    include_poll_details?: boolean;
    /** The channel. */
    channel_url?: string;
    /** Only threads with replies that are not read. */
    only_unread?: boolean;
    /** The `next` of the page before; absent for the first. */
    token?: string;
    /** How many at most. */
    limit?: number;
  }; result: FollowedThreads };
  /** Move the caller's mark in a thread forward; it never moves back. A thread that is not followed has none. */
  "threads.mark_read": { params: {
    /** The channel. */
    channel_url: string;
    /** The message that began the thread. */
    message_id: number;
    /** The last reply that was read; 0 for all. */
    reply_id?: number;
  }; result: FollowedThread };
  /** Follow a thread; what was said in it before counts as read. */
  "threads.subscribe": { params: {
    /** The channel. */
    channel_url: string;
    /** The message. */
    message_id: number;
  }; result: FollowedThread };
  /** Follow a thread no longer, until the next own reply. */
  "threads.unsubscribe": { params: {
    /** The channel. */
    channel_url: string;
    /** The message. */
    message_id: number;
  }; result: FollowedThread };
  /** How a thread stands, and whether the caller follows it; the thread of a deleted message too. */
  "threads.view": { params: {
    /** The channel. */
    channel_url: string;
    /** The message. */
    message_id: number;
  }; result: ThreadState };
  /** Say something of a user; the items that are new. */
  "user_metadata.create": { params: {
    /** Texts by their keys. */
    metadata: Record<string, string>;
  }; result: Record<string, string> };
  /** Delete an item of a user's metadata, or all of it. What is not there is not missed. */
  "user_metadata.delete": { params: {
    /** The item; absent for all. */
    key?: string;
  }; result: Empty };
  /** Say something else of a user; the items that are so now. */
  "user_metadata.update": { params: {
    /** Texts by their keys. */
    metadata: Record<string, string>;
    /** Whether keys that there are not are created, or passed over. */
    upsert?: boolean;
  }; result: Record<string, string> };
  /** A user's metadata. */
  "user_metadata.view": { params: {
    /** The user. */
    user_id: string;
    /** Only this key; absent for all, or for those in `keys`. */
    key?: string;
    /** Only these keys; absent for all. */
    keys?: Array<string> | null;
  }; result: Record<string, string> };
  /** Users that are found by filters. Forbidden for clients where users shall not find each other. */
  "users.list": { params: {
    /** The `next` of the page before; absent for the first. */
    token?: string;
    /** How many at most. */
    limit?: number;
    /** Users who are `activated`, `deactivated`, or `all`. */
    active_mode?: "activated" | "all" | "deactivated";
    /** Whether to show bots. */
    show_bot?: boolean;
    /** Only these users. */
    user_ids?: Array<string> | null;
    /** Who is called exactly so. */
    nickname?: string | null;
    /** Whose nickname begins so, in whatever case. */
    nickname_startswith?: string | null;
    /** Whose id, nickname, or another word of it begins so, in whatever case. */
    search?: string | null;
    /** Who has an item of metadata under this key. */
    metadatakey?: string;
    /** Whose item under `metadatakey` has one of these values. */
    metadatavalues_in?: Array<string> | null;
    /** Who has one of these keys. */
    discovery_keys?: Array<string> | null;
    /** `user_id_alphabetical`, `nickname_alphabetical` or `newest`, without such filters. */
    order?: "newest" | "nickname_alphabetical" | "user_id_alphabetical";
  }; result: Users };
  /** The caller, with unread counts. */
  "users.me": { params: {}; result: User };
  /** Report a user. Once for each who reports. */
  "users.report": { params: {
    /** Why: `suspicious`, `harassing`, `inappropriate` or `spam`. */
    report_category: "harassing" | "inappropriate" | "spam" | "suspicious";
    /** More about it, in words. */
    report_description?: string;
    /** The user whom it is about. */
    offending_user_id: string;
    /** The channel. */
    channel_url?: string;
  }; result: Report };
  /** Notify a user as one who has said nothing of it. What channels are set to stays. */
  "users.reset_push_preference": { params: {}; result: PushPreference };
  /** Say something of the moment, or no more. */
  "users.set_status": { params: {
    /** What the user says. */
    text?: string;
    /** An emoji, or the name of one. */
    emoji?: string;
    /** When it ends, in milliseconds; 0 for when it is changed. */
    expires_at?: number;
  }; result: Status };
  /** Channels of a user that have unread messages. */
  "users.unread_channel_count": { params: {
    /** Of one of these custom types. */
    custom_types?: Array<string> | null;
    /** Channels that are super, those that are not, or all. */
    super_mode?: "all" | "nonsuper" | "super";
  }; result: UnreadCount };
  /** Unread messages, unread mentions and open invitations of a user, in all channels, super channels and others. */
  "users.unread_item_count": { params: {
    /** Only in channels of this custom type. */
    custom_type?: string | null;
    /** What to count; absent for everything. */
    item_keys?: Array<"group_channel_invitation_count" | "group_channel_unread_mention_count" | "group_channel_unread_message_count" | "non_super_group_channel_invitation_count" | "non_super_group_channel_unread_mention_count" | "non_super_group_channel_unread_message_count" | "super_group_channel_invitation_count" | "super_group_channel_unread_mention_count" | "super_group_channel_unread_message_count"> | null;
  }; result: UnreadItems };
  /** Unread messages over all channels of a user. */
  "users.unread_message_count": { params: {
    /** Of one of these custom types. */
    custom_types?: Array<string> | null;
    /** Channels that are super, those that are not, or all. */
    super_mode?: "all" | "nonsuper" | "super";
  }; result: UnreadCount };
  /** Change a user. Deactivation ends the sessions and, unless told otherwise, all memberships. */
  "users.update": { params: {
    /** What others see. */
    nickname?: string | null;
    /** The address of a picture. */
    profile_url?: string | null;
    /** Texts by their keys. */
    metadata?: Record<string, string> | null;
    /** Texts by which your product looks the user up. */
    discovery_keys?: Array<string> | null;
    /** Languages of the user, the best first. */
    preferred_languages?: Array<string> | null;
    /** Whether who is deactivated leaves all channels. */
    leave_all_when_deactivated?: boolean;
    /** Not offered: issue a session token. */
    issue_access_token?: boolean;
  }; result: User };
  /** Say whether a user becomes a member at once when invited, or decides each time. */
  "users.update_invitation_preference": { params: {
    /** Whether who is invited becomes a member at once. */
    auto_accept: boolean;
  }; result: InvitationPreference };
  /** Say who may see a user's presence. Backends and the user see it in any case. */
  "users.update_presence_preference": { params: {
    /** Who may see whether the user is online. */
    visible_to: "contacts" | "everybody" | "nobody";
  }; result: PresencePreference };
  /** Say when a user is notified. What a channel is set to goes before, but for `off` here. */
  "users.update_push_preference": { params: {
    /** Which messages to be notified of. */
    push_trigger_option?: "all" | "mention_only" | "off" | null;
    /** Whether there are quiet times. */
    do_not_disturb?: boolean | null;
    /** When the quiet time of each day starts: the hour, 0 to 23. */
    start_hour?: number | null;
    /** The minute. */
    start_min?: number | null;
    /** When the quiet time of each day ends: the hour, 0 to 23. */
    end_hour?: number | null;
    /** The minute. */
    end_min?: number | null;
    /** Quiet times of the week, in the place of those of each day; empty for none. */
    dnd_schedules?: Array<{
      /** The day on which they start. */
      day_of_week: "friday" | "monday" | "saturday" | "sunday" | "thursday" | "tuesday" | "wednesday";
      /** The quiet times that start on it. */
      time_windows?: Array<{
        /** When it starts: the hour, 0 to 23. */
        start_hour?: number;
        /** The minute. */
        start_min?: number;
        /** When it ends: the hour; before the start, on the next day. */
        end_hour?: number;
        /** The minute. */
        end_min?: number;
      }>;
    }> | null;
    /** Whether there is a pause. */
    snooze_enabled?: boolean | null;
    /** When the pause starts, in milliseconds. */
    snooze_start_ts?: number | null;
    /** When the pause ends, in milliseconds. */
    snooze_end_ts?: number | null;
    /** Whether replies in threads come also when they do not mention the user. */
    enable_push_for_replies?: boolean | null;
    /** Whether nothing comes of what bots write. */
    block_push_from_bots?: boolean | null;
    /** Whose hours these are, such as `Europe/Berlin`. */
    timezone?: string | null;
    /** What an application is to play; a text of your own. */
    push_sound?: string | null;
  }; result: PushPreference };
  /** One user; unread counts are for backends. */
  "users.view": { params: {
    /** The user. */
    user_id: string;
    /** Whether to count what is unread. */
    include_unread_count?: boolean;
    /** Of one of these custom types. */
    custom_types?: Array<string> | null;
    /** Channels that are super, those that are not, or all. */
    super_mode?: "all" | "nonsuper" | "super";
  }; result: User };
  /** Whether a user becomes a member at once when invited. */
  "users.view_invitation_preference": { params: {}; result: InvitationPreference };
  /** Who may see a user's presence. */
  "users.view_presence_preference": { params: {}; result: PresencePreference };
  /** When a user is notified, in all channels. */
  "users.view_push_preference": { params: {}; result: PushPreference };
}

/** What clients are told: by its `type` what it holds. */
export interface Publications {
  "bot.changed": BotChanged;
  "channel.created": ChannelCreated | OpenChannelCreated;
  "channel.deleted": ChannelDeleted;
  "channel.delivered": ChannelDelivered;
  "channel.frozen": ChannelFrozen;
  "channel.hidden": ChannelHidden;
  "channel.history_reset": ChannelHistoryReset;
  "channel.marked_unread": ChannelMarkedUnread;
  "channel.metacounters_changed": ChannelMetacountersChanged;
  "channel.metadata_changed": ChannelMetadataChanged;
  "channel.permissions_changed": PermissionsChanged;
  "channel.preference_changed": ChannelPreferenceChanged;
  "channel.read": ChannelRead;
  "channel.unhidden": ChannelHidden;
  "channel.updated": ChannelUpdated | OpenChannelUpdated;
  "draft.changed": DraftChanged;
  "invitation.canceled": InvitationsEnded;
  "invitation.declined": InvitationsEnded;
  "invitation.ended": InvitationEnded;
  "invitation.received": InvitationReceived;
  "invitation_preference.changed": InvitationPreferenceChanged;
  "member.invited": MemberInvited;
  "member.joined": MemberJoined;
  "member.left": MemberLeft;
  "message.created": MessageCreated;
  "message.deleted": MessageDeleted;
  "message.pinned": MessagePinned;
  "message.saved": MessageSaved;
  "message.unpinned": MessagePinned;
  "message.unsaved": MessageSaved;
  "message.updated": MessageUpdated;
  "messages.erased": MessagesErased;
  "messages.expired": MessagesExpired;
  "messages.skipped": MessagesSkipped;
  "operators.changed": OperatorsChanged;
  "participants.changed": ParticipantsChanged;
  "poll.created": PollCreated;
  "poll.deleted": PollDeleted;
  "poll.updated": PollUpdated;
  "poll.voted": PollVoted;
  "presence.changed": PresenceChanged;
  "presence_preference.changed": PresencePreferenceChanged;
  "profile.changed": ProfileChanged;
  "push_preference.changed": PushPreferenceChanged;
  "reaction.added": ReactionChanged;
  "reaction.removed": ReactionChanged;
  "scheduled_message.canceled": ScheduledMessageEnded;
  "scheduled_message.created": ScheduledMessageChanged;
  "scheduled_message.failed": ScheduledMessageEnded;
  "scheduled_message.sent": ScheduledMessageEnded;
  "scheduled_message.updated": ScheduledMessageChanged;
  "thread.followed": ThreadFollowed;
  "thread.read": ThreadRead;
  "thread.unfollowed": ThreadFollowed;
  "type_operator.added": TypeOperatorChanged;
  "type_operator.removed": TypeOperatorChanged;
  "typing": Typing;
  "user.banned": UserSanctioned;
  "user.banned_from_type": UserSanctionedInType;
  "user.blocked": UserBlocked;
  "user.created": UserChanged;
  "user.deleted": UserDeleted;
  "user.muted": UserSanctioned;
  "user.muted_in_type": UserSanctionedInType;
  "user.unbanned": UserPardoned;
  "user.unbanned_from_type": UserPardonedInType;
  "user.unblocked": UserBlocked;
  "user.unmuted": UserPardoned;
  "user.unmuted_in_type": UserPardonedInType;
  "user.updated": UserChanged;
}

/** Anything that clients are told; `type` says which it is. */
export type Publication = Publications[keyof Publications];

/** The errors of the server, by name. */
export interface Errors {
  /** An identifier is taken. */
  AlreadyExists: 502 | 400202;
  /** The user may not be in the channel for some time. */
  Banned: 1050 | 400750;
  /** Of two users who alone are in a direct channel one has blocked the other. */
  Blocked: 1000 | 400700;
  /** What a token names cannot be gone on from: load anew. */
  ExpiredToken: 409 | 400109;
  /** The caller is known but has no right to this. */
  Forbidden: 408 | 400108;
  /** Two parameters contradict each other. */
  IncompatibleValues: 412 | 400112;
  /** A bug, or a state that must not happen; logged with its traceback. */
  Internal: 100 | 500901;
  /** An API token is unknown or revoked. */
  InvalidApiToken: 701 | 400401;
  /** An identifier is empty or has characters that are not allowed. */
  InvalidCharacter: 451 | 400151;
  /** No such operation. */
  InvalidEndpoint: 704 | 400404;
  /** A request body is not the multipart form that it says it is. */
  InvalidForm: 703 | 400403;
  /** A request body is not a JSON object. */
  InvalidJson: 703 | 400403;
  /** A session token is unknown, expired or revoked. */
  InvalidSessionToken: 603 | 400303;
  /** A path names no resource. */
  InvalidUrl: 414 | 400114;
  /** A value is not one of those allowed. */
  InvalidValue: 411 | 400111;
  /** A user invites somebody whom they have blocked. */
  InvitesBlocked: 1001 | 400701;
  /** A user invites somebody who has blocked them. */
  InvitesBlocker: 1002 | 400702;
  /** A client has as much of something as it may have. */
  LimitExceeded: 106 | 400203;
  /** A filter does not let a message through; the message says why. That it was so is counted. */
  MessageBlocked: 1000 | 400700;
  /** A required parameter is absent. */
  MissingParameter: 405 | 400105;
  /** The user may not write in the channel for some time. The number is ours: the Platform API has none. */
  Muted: 1060 | 400760;
  /** A number that must not be negative is. */
  NegativeNumber: 406 | 400106;
  /** The entity does not exist, or the caller may not know that it does. */
  NotFound: 501 | 400201;
  /** A number lies outside its range. */
  OutOfRange: 413 | 400113;
  /** Another server could not be reached, did not answer in time, or answered what is of no use. */
  OutgoingFailed: 100 | 500901;
  /** An address that this server does not ask: not of the public internet, or not of the web. */
  OutgoingRefused: 100 | 500901;
  /** A bounded queue is full; nothing was started. */
  Overloaded: 100 | 500901;
  /**
   * Too many calls; `retry_after` seconds tell when the next may pass.
   *
   * Where it is `limit` calls a second, `reset_after` seconds without a call give back all of them.
   */
  RateLimited: 111 | 500910;
  /** The search index is being made, is damaged, or the disk refuses it. Nothing else is affected. */
  SearchFailed: 100 | 500901;
  /** The password is right, and the account needs a code too. */
  SecondFactorRequired: 604 | 400304;
  /** A session token was valid once; the client should fetch a new one. */
  SessionExpired: 603 | 400303;
  /** The disk refused the commit; nothing of this call was kept. */
  StorageFailed: 100 | 500901;
  /** A request body is larger than the server takes. */
  TooLarge: 703 | 400403;
  /** A text is longer than its limit. */
  TooLong: 410 | 400110;
  /** A list is longer than its limit. */
  TooManyItems: 503 | 400203;
  /** A combination that makes no sense, or a state in which this cannot be done. */
  Unacceptable: 1220 | 400920;
  /** What another server would have to do, and the operator has named none. */
  Unavailable: 100 | 500901;
  /** The user exists but is deactivated. */
  UserDeactivated: 600 | 400300;
  /** The acting user does not exist. */
  UserNotFound: 601 | 400301;
  /** A code of a second factor is wrong. That it was tried is counted. */
  WrongCode: 411 | 400111;
  /** A parameter has the wrong JSON type; `expected` is string, number, list, object or boolean. */
  WrongType: 400 | 401 | 402 | 403 | 404 | 400100 | 400101 | 400102 | 400103 | 400104;
}

/** A user who may not be in a channel, from when until when, and why. */
export type Ban = {
  description: string;
  end_at: number;
  start_at: number;
  user: BasicUser;
};

/** A channel from which a user is banned. */
export type BannedChannel = {
  channel: ChannelOutline;
  description: string;
  end_at: number;
  start_at: number;
};

/** A page of the channels from which a user is banned, by when that ends. */
export type BannedChannels = {
  banned_channels: Array<BannedChannel>;
  next: string;
};

/** A page of the users who are banned from a channel, by when that ends. */
export type Bans = {
  banned_list: Array<Ban>;
  next: string;
  total_ban_count?: number;
};

/** A user as mentioned inside another resource; `role` in a channel. */
export type BasicUser = {
  is_active: boolean;
  is_bot?: boolean;
  metadata: Record<string, string>;
  nickname: string;
  profile_url: string;
  require_auth_for_profile_image: boolean;
  role?: string;
  user_id: string;
};

/** The first of those who were blocked; all of them in `users`. */
export type Blocked = {
  is_active: boolean;
  is_bot?: boolean;
  is_online?: boolean;
  last_seen_at?: number;
  metadata: Record<string, string>;
  next: string;
  nickname: string;
  profile_url: string;
  require_auth_for_profile_image: boolean;
  role?: string;
  user_id: string;
  users: Array<BasicUser>;
};

/** A user who is blocked, or has blocked. */
export type BlockedUser = {
  is_active: boolean;
  is_bot?: boolean;
  is_online?: boolean;
  last_seen_at?: number;
  metadata: Record<string, string>;
  nickname: string;
  profile_url: string;
  require_auth_for_profile_image: boolean;
  role?: string;
  user_id: string;
};

/** A page of users. */
export type BlockedUsers = {
  next: string;
  users: Array<BlockedUser>;
};

/** A bot. With 0 as `channel_invitation_preference` it is a member at once when it is invited. */
export type Bot = {
  bot: BotUser;
  bot_callback_url: string;
  channel_invitation_preference: number;
  created_at: number;
  enable_mark_as_read: boolean;
  is_privacy_mode: boolean;
  show_member: boolean;
};

/** A bot is this now. To its own devices. */
export type BotChanged = {
  bot: Bot;
  type: "bot.changed";
};

/** What a bot is as a user; `bot_token` is empty unless it was just issued. */
export type BotUser = {
  bot_metadata: Record<string, string>;
  bot_nickname: string;
  bot_profile_url: string;
  bot_require_auth_for_profile_image: boolean;
  bot_token: string;
  bot_type: string;
  bot_userid: string;
};

/** Channels that have changed, and the URLs of those that are the user's no more. */
export type ChannelChanges = {
  deleted: Array<string>;
  has_more: boolean;
  next: string;
  updated: Array<GroupChannel>;
};

/** How many channels. */
export type ChannelCount = {
  group_channel_count: number;
};

/** A group channel was made, with its first members. */
export type ChannelCreated = {
  channel: GroupChannel;
  channel_url: string;
  members?: Array<Member>;
  type: "channel.created";
};

/** The channel is gone, with its messages. */
export type ChannelDeleted = {
  channel_url: string;
  type: "channel.deleted";
};

/** What was sent up to `delivered_ts` has reached a device of a member. */
export type ChannelDelivered = {
  channel_url: string;
  delivered_ts: number;
  type: "channel.delivered";
  user_id: string;
};

/** From now on only operators write in the channel, or everybody does again. */
export type ChannelFrozen = {
  channel_url: string;
  freeze: boolean;
  type: "channel.frozen";
};

/** The channel is off the list. To the own devices, or to all members when a backend did it for all. */
export type ChannelHidden = {
  channel_url: string;
  hidden_state: string;
  type: "channel.hidden" | "channel.unhidden";
};

/** What was sent up to `ts_message_offset` is not seen any more. To the own devices, or to all members. */
export type ChannelHistoryReset = {
  channel_url: string;
  ts_message_offset: number;
  type: "channel.history_reset";
};

/** A message is unread again, with all after it, and the counts as they are now. To the own devices. */
export type ChannelMarkedUnread = {
  channel_url: string;
  message_id: number;
  read_ts: number;
  type: "channel.marked_unread";
  unread_mention_count: number;
  unread_message_count: number;
};

/** Counters of the channel were created, changed or deleted; the values are those from then on. */
export type ChannelMetacountersChanged = {
  channel_url: string;
  created: Record<string, number>;
  deleted: Array<string>;
  type: "channel.metacounters_changed";
  updated: Record<string, number>;
};

/** Items of the channel's metadata were created, changed or deleted. */
export type ChannelMetadataChanged = {
  channel_url: string;
  created: Record<string, string>;
  deleted: Array<string>;
  type: "channel.metadata_changed";
  updated: Record<string, string>;
};

/** A channel in few words; `channel_type` is `group` or `open`. Of a private one strangers see only the URL. */
export type ChannelOutline = {
  channel_type: string;
  channel_url: string;
  cover_url: string;
  created_at: number;
  custom_type: string;
  data: string;
  name: string;
};

/** What those who do not operate a channel may do in it: all that there is to do. */
export type ChannelPermissions = {
  channel_url: string;
  permissions: Record<string, boolean>;
};

/** The user is notified so of a channel, and this of it is counted. To the own devices. */
export type ChannelPreferenceChanged = {
  channel_url: string;
  count_preference: string;
  is_push_enabled: boolean;
  push_sound: string;
  push_trigger_option: string;
  type: "channel.preference_changed";
};

/** How a member is notified of a channel; `enable` says whether at all. */
export type ChannelPushPreference = {
  enable: boolean;
  push_sound: string;
  push_trigger_option: string;
};

/**
 * A member has read what was sent up to `read_ts`, all messages up to this id.
 *
 * Above 100 members only told to the reader's own devices.
 */
export type ChannelRead = {
  channel_url: string;
  read_message_id: number;
  read_ts: number;
  type: "channel.read";
  user_id: string;
};

/** A group channel has changed: this is what it is now, as everybody sees it. */
export type ChannelUpdated = {
  channel: GroupChannel;
  channel_url: string;
  type: "channel.updated";
};

/** How many connections were closed. */
export type Closed = {
  closed: number;
};

/** One connection of a user. */
export type Connection = {
  address: string;
  client_id: string;
  connected_at: number;
  encoding: string;
  software: string;
  transport: string;
};

/** The connections of a user, oldest first. */
export type Connections = {
  connections: Array<Connection>;
};

/** What of a channel is counted. */
export type CountPreference = {
  count_preference: string;
};

/** Up to when messages have reached a member. */
export type Delivered = {
  ts: number;
};

/** How long messages of a channel last. */
export type DisappearingMessage = {
  is_triggered_by_message_read: boolean;
  message_survival_seconds: number;
};

/** What was begun in a channel, or in the thread of `parent_message_id`; `updated_at` in milliseconds. */
export type Draft = {
  channel_url: string;
  data: string;
  message: string;
  parent_message_id: number;
  updated_at: number;
};

/** A draft is this now; removed when `message` and `data` are empty. To the own devices. */
export type DraftChanged = {
  draft: Draft;
  type: "draft.changed";
};

/** A page of drafts. */
export type Drafts = {
  drafts: Array<Draft>;
  next: string;
};

/** An emoji; without a `url` its key is the emoji itself. */
export type Emoji = {
  key: string;
  url: string;
};

/** All categories; the hash changes when something of them does. */
export type EmojiCategories = {
  emoji_categories: Array<EmojiCategory>;
  emoji_hash: string;
};

/** A category; `id` 0 is that of the emojis which every application has. */
export type EmojiCategory = {
  emojis: Array<Emoji>;
  id: number;
  name: string;
  url: string;
};

/** Emojis. */
export type Emojis = {
  emojis: Array<Emoji>;
};

/** Nothing: it was done. */
export type Empty = {};

/** A page of messages with files, the newest first. */
export type FileMessages = {
  messages: Array<Message>;
  next: string;
};

/** A thread as its follower sees it: what began it, and how it stands. */
export type FollowedThread = {
  channel_url: string;
  is_followed: boolean;
  message_id: number;
  parent_message: Message;
  thread_info: ThreadInfo;
  unread_reply_count: number;
};

/** A page of threads, those with the newest replies first. */
export type FollowedThreads = {
  next: string;
  threads: Array<FollowedThread>;
};

/** A message that a search found; `highlights` are where its text matches, each from and to a character. */
export type FoundMessage = {
  channel_type: string;
  channel_url: string;
  created_at: number;
  custom_type: string;
  data: string;
  file: Record<string, unknown>;
  files?: Array<Record<string, unknown>>;
  forwarded_from?: BasicUser;
  highlights: Array<Array<number>>;
  is_apple_critical_alert?: boolean;
  is_op_msg: boolean;
  is_removed: boolean;
  is_reply_to_channel?: boolean;
  mention_type: string;
  mentioned_users: Array<BasicUser>;
  message: string;
  message_events: MessageEvents;
  message_id: number;
  message_retention_hour: number;
  message_survival_seconds: number;
  og_tag?: Record<string, unknown>;
  parent_message_id?: number;
  parent_message_info?: Record<string, unknown>;
  poll?: Record<string, unknown>;
  reactions?: Array<Reaction>;
  req_id?: string;
  silent: boolean;
  sorted_metaarray?: Array<MetaItem>;
  thread_info?: ThreadInfo;
  thumbnails?: Array<Thumbnail>;
  translations: Record<string, string>;
  type: string;
  updated_at: number;
  user?: BasicUser;
};

/** A group channel; from `member_state` on as one of its members sees it. */
export type GroupChannel = {
  channel: Record<string, unknown>;
  channel_url: string;
  count_preference?: string;
  cover_url: string;
  created_at: number;
  created_by: BasicUser | null;
  custom_type: string;
  data: string;
  delivery_receipt?: Record<string, number>;
  disappearing_message: DisappearingMessage;
  freeze: boolean;
  hidden_state?: string;
  id: number;
  ignore_profanity_filter: boolean;
  invited_at?: number;
  inviter?: BasicUser;
  is_access_code_required: boolean;
  is_broadcast: boolean;
  is_created: boolean;
  is_discoverable: boolean;
  is_distinct: boolean;
  is_ephemeral: boolean;
  is_exclusive: boolean;
  is_hidden?: boolean;
  is_muted?: boolean;
  is_public: boolean;
  is_push_enabled?: boolean;
  is_super: boolean;
  joined_member_count: number;
  joined_ts?: number;
  last_message: Message | null;
  latest_pinned_message?: Message | null;
  max_length_message: number;
  member_count: number;
  member_state?: string;
  members?: Array<Member>;
  message_survival_count: number;
  message_survival_seconds: number;
  metadata?: Record<string, string>;
  my_role?: string;
  name: string;
  operators?: Array<BasicUser>;
  pinned_message_ids?: Array<number>;
  push_trigger_option?: string;
  read_receipt?: Record<string, number>;
  slow_mode_seconds: number;
  sms_fallback: Record<string, unknown>;
  ts_message_offset?: number;
  unread_mention_count: number;
  unread_message_count: number;
  user_last_read?: number;
};

/** A page of channels; `ts` is the time of the server. */
export type GroupChannels = {
  channels: Array<GroupChannel>;
  next: string;
  ts: number;
};

/** A secret address of a channel; `webhook_id` is the user who posts there. `created_by` is empty for a backend. */
export type IncomingWebhook = {
  channel_url: string;
  created_at: number;
  created_by: string;
  name: string;
  profile_url: string;
  webhook_id: string;
};

/** Those of a channel. */
export type IncomingWebhooks = {
  incoming_webhooks: Array<IncomingWebhook>;
};

/** The user is invited no more: `declined`, `canceled` or `deleted`, with the channel. To the own devices. */
export type InvitationEnded = {
  channel_url: string;
  reason: string;
  type: "invitation.ended";
};

/** Whether an invitation is accepted at once. */
export type InvitationPreference = {
  auto_accept: boolean;
};

/** Whether the user becomes a member at once when invited. To the own devices. */
export type InvitationPreferenceChanged = {
  auto_accept: boolean;
  type: "invitation_preference.changed";
};

/** The user is invited. To the own devices. */
export type InvitationReceived = {
  channel: GroupChannel;
  channel_url: string;
  type: "invitation.received";
};

/** Users who were invited have declined, or their invitations were canceled. */
export type InvitationsEnded = {
  channel_url: string;
  type: "invitation.canceled" | "invitation.declined";
  users: Array<BasicUser>;
};

/** A user as a member of a channel. `state` is `joined` or `invited`, `role` is `operator` or empty. */
export type Member = {
  delivered_ts?: number;
  do_not_disturb?: boolean;
  invited_at?: number;
  is_active: boolean;
  is_blocked_by_me?: boolean;
  is_blocking_me?: boolean;
  is_bot?: boolean;
  is_muted: boolean;
  is_online?: boolean;
  joined_ts: number;
  last_seen_at?: number;
  metadata: Record<string, string>;
  muted_description: string;
  muted_end_at: number;
  nickname: string;
  profile_url: string;
  push_enabled?: boolean;
  push_trigger_option?: string;
  read_ts?: number;
  require_auth_for_profile_image: boolean;
  role?: string;
  state: string;
  user_id: string;
};

/** Users were invited. */
export type MemberInvited = {
  channel_url: string;
  inviter?: BasicUser;
  members: Array<Member>;
  type: "member.invited";
};

/** Users have become members; `inviter` when somebody brought them in. */
export type MemberJoined = {
  channel: GroupChannel;
  channel_url: string;
  inviter?: BasicUser;
  members?: Array<Member>;
  type: "member.joined";
};

/** Users are members no more: `left`, `removed`, `removed_by_admin`, `deleted` or `deactivated`. */
export type MemberLeft = {
  channel_url: string;
  reason: string;
  type: "member.left";
  users: Array<BasicUser>;
};

/** A page of members. */
export type Members = {
  members: Array<Member>;
  next: string;
};

/** Whether somebody is a member: `state` is `joined`, `invited` or `none`. */
export type Membership = {
  is_member: boolean;
  state: string;
};

/** A message; one of type `ADMM` has no `user`. `file` is empty but for a message with one file. */
export type Message = {
  channel_type: string;
  channel_url: string;
  created_at: number;
  custom_type: string;
  data: string;
  file: Record<string, unknown>;
  files?: Array<Record<string, unknown>>;
  forwarded_from?: BasicUser;
  is_apple_critical_alert?: boolean;
  is_op_msg: boolean;
  is_removed: boolean;
  is_reply_to_channel?: boolean;
  mention_type: string;
  mentioned_users: Array<BasicUser>;
  message: string;
  message_events: MessageEvents;
  message_id: number;
  message_retention_hour: number;
  message_survival_seconds: number;
  og_tag?: Record<string, unknown>;
  parent_message_id?: number;
  parent_message_info?: Record<string, unknown>;
  poll?: Record<string, unknown>;
  reactions?: Array<Reaction>;
  req_id?: string;
  silent: boolean;
  sorted_metaarray?: Array<MetaItem>;
  thread_info?: ThreadInfo;
  thumbnails?: Array<Thumbnail>;
  translations: Record<string, string>;
  type: string;
  updated_at: number;
  user?: BasicUser;
};

/** Messages that are new or have changed, and the ids of those that are gone; also all up to `expired` are. */
export type MessageChanges = {
  deleted: Array<number>;
  expired: Place | null;
  has_more: boolean;
  next: string;
  updated: Array<Message>;
};

/**
 * A message was sent; for a reply `thread_info` is that of its parent. The sender is told too.
 *
 * With `leaves_unread` the sender has not read the channel by sending it.
 */
export type MessageCreated = {
  channel_url: string;
  leaves_unread?: boolean;
  message: Message;
  thread_info?: ThreadInfo;
  type: "message.created";
};

/** A message is gone; for a reply `thread_info` is that of its parent. */
export type MessageDeleted = {
  channel_url: string;
  message_id: number;
  parent_message_id?: number;
  thread_info?: ThreadInfo;
  type: "message.deleted";
};

/** What a message sets in motion. */
export type MessageEvents = {
  send_push_notification: string;
  update_last_message: boolean;
  update_mention_count: boolean;
  update_unread_count: boolean;
};

/** What was sent up to here, in milliseconds, is not seen any more. */
export type MessageOffset = {
  ts_message_offset: number;
};

/** A message was pinned or unpinned, by `user_id` unless a backend did it; and the pins of the channel now. */
export type MessagePinned = {
  channel_url: string;
  latest_pinned_message: Message | null;
  message_id: number;
  pinned_message_ids: Array<number>;
  type: "message.pinned" | "message.unpinned";
  user_id?: string;
};

/** A message was put aside, or is so no more. To the own devices. */
export type MessageSaved = {
  channel_url: string;
  message_id: number;
  type: "message.saved" | "message.unsaved";
  updated_at: number;
};

/** A message was edited, or given smaller pictures or a preview: this is what it is now. */
export type MessageUpdated = {
  channel_url: string;
  message: Message;
  type: "message.updated";
};

/**
 * Messages in the order that was asked for.
 *
 * Who asked for some of many goes on from `prev_message_id` or `next_message_id` when that is there.
 */
export type Messages = {
  messages: Array<Message>;
  next_message_id?: number;
  prev_message_id?: number;
};

/** These messages are gone for good: their time was over, or their sender was forgotten. */
export type MessagesErased = {
  channel_url: string;
  message_ids: Array<number>;
  type: "messages.erased";
};

/** This message and all before it, by time and then by id, are gone: their time was over. */
export type MessagesExpired = {
  channel_url: string;
  created_at: number;
  message_id: number;
  type: "messages.expired";
};

/** So many messages were sent faster than an open channel shows them. To those in it; recovery brings all. */
export type MessagesSkipped = {
  channel_url: string;
  count: number;
  first_message_id: number;
  last_message_id: number;
  type: "messages.skipped";
};

/** The sorted meta array of a message. */
export type MetaArray = {
  sorted_metaarray: Array<MetaItem>;
};

/** A key of a sorted meta array, with its values. */
export type MetaItem = {
  key: string;
  value: Array<string>;
};

/** Whether a user is muted in a channel, from when until when, and why. */
export type Mute = {
  description: string;
  end_at: number;
  is_muted: boolean;
  remaining_duration: number;
  start_at: number;
};

/** A channel in which a user is muted. */
export type MutedChannel = {
  channel_type: string;
  channel_url: string;
  cover_url: string;
  created_at: number;
  custom_type: string;
  data: string;
  description: string;
  end_at: number;
  name: string;
  start_at: number;
};

/** A page of the channels in which a user is muted, by when that ends. */
export type MutedChannels = {
  muted_channels: Array<MutedChannel>;
  next: string;
};

/** A user who is muted in a channel. */
export type MutedUser = {
  description: string;
  end_at: number;
  is_active: boolean;
  is_bot?: boolean;
  metadata: Record<string, string>;
  nickname: string;
  profile_url: string;
  remaining_duration: number;
  require_auth_for_profile_image: boolean;
  role?: string;
  start_at: number;
  user_id: string;
};

/** A page of the users who are muted in a channel, by when that ends. */
export type MutedUsers = {
  muted_list: Array<MutedUser>;
  next: string;
  total_mute_count?: number;
};

/** A new one, with its token and the path that it makes, which are told once. */
export type NewIncomingWebhook = {
  channel_url: string;
  created_at: number;
  created_by: string;
  name: string;
  path: string;
  profile_url: string;
  token: string;
  webhook_id: string;
};

/** An open channel; `participant_count` is how many users are in it now. */
export type OpenChannel = {
  channel_url: string;
  cover_url: string;
  created_at: number;
  custom_type: string;
  data: string;
  freeze: boolean;
  is_dynamic_partitioned: boolean;
  is_ephemeral: boolean;
  max_length_message: number;
  metadata?: Record<string, string>;
  name: string;
  operators: Array<BasicUser>;
  participant_count?: number;
  slow_mode_seconds: number;
};

/** An open channel was made. To those who are in it, so to nobody who is not there yet. */
export type OpenChannelCreated = {
  channel: OpenChannel;
  channel_url: string;
  type: "channel.created";
};

/** An open channel has changed: this is what it is now. To those who are in it. */
export type OpenChannelUpdated = {
  channel: OpenChannel;
  channel_url: string;
  type: "channel.updated";
};

/** A page of open channels; `ts` is the time of the server. */
export type OpenChannels = {
  channels: Array<OpenChannel>;
  next: string;
  ts: number;
};

/** A user who operates a channel. */
export type Operator = {
  is_active: boolean;
  is_bot?: boolean;
  is_online?: boolean;
  last_seen_at?: number;
  metadata: Record<string, string>;
  nickname: string;
  profile_url: string;
  require_auth_for_profile_image: boolean;
  role?: string;
  user_id: string;
};

/** A page of operators, or all of them. */
export type Operators = {
  next?: string;
  operators: Array<Operator>;
};

/** Who operates the channel now, who does so since then, and who no more. */
export type OperatorsChanged = {
  added: Array<BasicUser>;
  channel_url: string;
  operators: Array<BasicUser>;
  removed: Array<BasicUser>;
  type: "operators.changed";
};

/** How many have chosen an option. */
export type OptionVotes = {
  id: number;
  vote_count: number;
};

/** A page of the users in an open channel. */
export type Participants = {
  next: string;
  participants: Array<BasicUser>;
};

/** How many users are in an open channel, and in a small one who came and went. To those in it; not recovered. */
export type ParticipantsChanged = {
  channel_url: string;
  entered?: Array<BasicUser>;
  exited?: Array<BasicUser>;
  participant_count: number;
  type: "participants.changed";
};

/** What members may do in the channel has changed: this is all that they may do and may not do now. */
export type PermissionsChanged = {
  channel_url: string;
  permissions: Record<string, boolean>;
  type: "channel.permissions_changed";
};

/** A message, when it was pinned in milliseconds, and by whom, empty for a backend. */
export type PinnedMessage = {
  message: Message;
  pinned_at: number;
  user_id: string;
};

/** The pinned messages of a channel, those pinned first first. */
export type PinnedMessages = {
  pinned_messages: Array<PinnedMessage>;
};

/** A place among the messages of a channel: by time, and then by id. */
export type Place = {
  created_at: number;
  message_id: number;
};

/** A poll; `status` is `open` or `closed`. `voted_option_ids` is the choice of who asks. */
export type Poll = {
  allow_multiple_votes: boolean;
  allow_user_suggestion: boolean;
  channel_url: string;
  close_at: number;
  created_at: number;
  created_by: string;
  data: Record<string, string>;
  id: number;
  is_anonymous: boolean;
  message_id: number;
  options: Array<PollOption>;
  status: string;
  title: string;
  updated_at: number;
  voted_option_ids?: Array<number>;
  voter_count: number;
};

/** A poll was made. To the devices of its maker. */
export type PollCreated = {
  poll: Poll;
  type: "poll.created";
};

/** A poll is gone. When no message showed it, to the devices of its maker. */
export type PollDeleted = {
  channel_url?: string;
  poll_id: number;
  type: "poll.deleted";
};

/** Something to choose. */
export type PollOption = {
  created_at: number;
  created_by: string;
  id: number;
  partial_voter_list?: Array<BasicUser>;
  poll_id: number;
  text: string;
  updated_at: number;
  vote_count: number;
};

/** A poll has changed: this is what it is now. While no message shows it, to the devices of its maker. */
export type PollUpdated = {
  channel_url?: string;
  poll: Poll;
  type: "poll.updated";
};

/** Somebody has voted: the counts now, and who has chosen what unless the poll is anonymous. */
export type PollVoted = {
  channel_url?: string;
  message_id: number;
  option_ids?: Array<number>;
  options: Array<OptionVotes>;
  poll_id: number;
  type: "poll.voted";
  user_id?: string;
  voter_count: number;
};

/** A page of polls, the newest first. */
export type Polls = {
  next: string;
  polls: Array<Poll>;
};

/** Whether a user is online; 0 as `last_seen_at` while they are, -1 when that is not known. */
export type Presence = {
  is_online?: boolean;
  last_seen_at?: number;
  user_id: string;
};

/** A user has come or gone. Only to connections that asked by `presence.watch`; not recovered. */
export type PresenceChanged = {
  is_online: boolean;
  last_seen_at: number;
  type: "presence.changed";
  user_id: string;
};

/** Who may see a user's presence: `everybody`, `contacts` or `nobody`. */
export type PresencePreference = {
  visible_to: string;
};

/** Who may see whether the user is online: `everybody`, `contacts` or `nobody`. To the own devices. */
export type PresencePreferenceChanged = {
  type: "presence_preference.changed";
  visible_to: string;
};

/** Who is online. */
export type Presences = {
  users: Array<Presence>;
};

/** A user has another name, picture or status. Only to connections that asked by `presence.watch`; not recovered. */
export type ProfileChanged = {
  status: Status;
  type: "profile.changed";
  user: BasicUser;
};

/** When a user is notified, in all channels. */
export type PushPreference = {
  block_push_from_bots: boolean;
  dnd_schedules: Array<QuietDay>;
  do_not_disturb: boolean;
  enable_push_for_replies: boolean;
  end_hour: number;
  end_min: number;
  push_sound: string;
  push_trigger_option: string;
  snooze_enabled: boolean;
  snooze_end_ts: number;
  snooze_start_ts: number;
  start_hour: number;
  start_min: number;
  timezone: string;
};

/** The user is notified so from now on, in all channels. To the own devices. */
export type PushPreferenceChanged = {
  push_preference: PushPreference;
  type: "push_preference.changed";
};

/** The template of a user. */
export type PushTemplateName = {
  name: string;
};

/** A device, and who is notified there. */
export type PushToken = {
  token: string;
  type: string;
  user: BasicUser;
};

/** Devices of a kind: under the name of the documentation, and under an older one. */
export type PushTokens = {
  token: Array<string>;
  tokens: Array<string>;
  type: string;
  user: BasicUser;
};

/** The quiet times of a day of each week. */
export type QuietDay = {
  day_of_week: "friday" | "monday" | "saturday" | "sunday" | "thursday" | "tuesday" | "wednesday";
  time_windows: Array<TimeWindow>;
};

/** One reaction to a message, with its users. */
export type Reaction = {
  key: string;
  updated_at: number;
  user_ids: Array<string>;
};

/** What came of adding or removing a reaction: `operation` is `ADD` or `DELETE`. */
export type ReactionChange = {
  msg_id: number;
  operation: string;
  reaction: string;
  success: boolean;
  updated_at: number;
  user_id: string;
};

/** Somebody has reacted to a message, or has taken that back. */
export type ReactionChanged = {
  channel_url: string;
  message_id: number;
  reaction: string;
  type: "reaction.added" | "reaction.removed";
  updated_at: number;
  user_id: string;
};

/** Whether users react, whether only with known emojis, and whether the default ones are known. */
export type ReactionSettings = {
  only_known_emojis: boolean;
  reactions: boolean;
  use_default_emoji: boolean;
};

/** A member to whom a message was sent: up to when they have read, and messages have reached them. */
export type Reader = {
  delivered_ts: number;
  is_active: boolean;
  is_bot?: boolean;
  metadata: Record<string, string>;
  nickname: string;
  profile_url: string;
  read_ts: number;
  require_auth_for_profile_image: boolean;
  role?: string;
  user_id: string;
};

/** A page of those who have read a message, or have not. */
export type Readers = {
  next: string;
  total_count?: number;
  users: Array<Reader>;
};

/** Devices on which a user is notified no more. */
export type RemovedPushTokens = {
  token: Array<string>;
  user: BasicUser;
};

/**
 * A report. `reporting_user` is null for a backend and towards operators; those who were forgotten are null.
 *
 * `report_status` is `open`, `resolved` or `dismissed`, since `settled_at`, which is 0 while it is open.
 */
export type Report = {
  channel: ReportedChannel | null;
  created_at: number;
  offending_user: BasicUser | null;
  report_category: string;
  report_description: string;
  report_id: number;
  report_status: string;
  report_type: string;
  reported_message: ReportedMessage | null;
  reporting_user: BasicUser | null;
  settled_at: number;
};

/** Where something was reported; the `name` is that of now, empty when the channel is gone. */
export type ReportedChannel = {
  channel_url: string;
  name: string;
};

/** A message as it was when it was reported; `is_removed` is so now. */
export type ReportedMessage = {
  channel_url: string;
  created_at: number;
  file_names: Array<string>;
  is_removed: boolean;
  message: string;
  message_id: number;
};

/** A page of reports, the last first. */
export type Reports = {
  next: string;
  report_logs: Array<Report>;
};

/** A message that was put aside, and when, in milliseconds. */
export type SavedMessage = {
  message: Message;
  saved_at: number;
};

/** A page of messages that were put aside, the last first. */
export type SavedMessages = {
  next: string;
  saved: Array<SavedMessage>;
};

/** How many scheduled messages there are. */
export type ScheduledCount = {
  count: number;
};

/**
 * A message to send at `scheduled_at`. All times are milliseconds, 0 for what has not happened.
 *
 * `scheduled_status` is `pending`, `sent`, `failed` or `canceled`. `message_id` is what was sent, 0 before; `reason`
 * says why it has failed. One that was sent or canceled has no contents any more.
 */
export type ScheduledMessage = {
  channel_type: string;
  channel_url: string;
  created_at: number;
  custom_type: string;
  data: string;
  files: Array<Record<string, unknown>>;
  is_silent: boolean;
  mark_as_read: boolean;
  mention_type: string;
  mentioned_users: Array<BasicUser>;
  message: string;
  message_id: number;
  parent_message_id: number;
  reason: string;
  scheduled_at: number;
  scheduled_message_id: number;
  scheduled_status: string;
  send_push: boolean;
  sender_id: string;
  sent_at: number;
  sorted_metaarray: Array<Record<string, unknown>>;
  type: string;
  updated_at: number;
};

/** A message was scheduled, or what is to be sent has changed. To the own devices. */
export type ScheduledMessageChanged = {
  scheduled_message: ScheduledMessage;
  type: "scheduled_message.created" | "scheduled_message.updated";
};

/** A scheduled message was sent as `message_id`, has failed for a `reason`, or was canceled. To the own devices. */
export type ScheduledMessageEnded = {
  message_id?: number;
  reason?: string;
  scheduled_message_id: number;
  type: "scheduled_message.canceled" | "scheduled_message.failed" | "scheduled_message.sent";
};

/** A page of scheduled messages. */
export type ScheduledMessages = {
  next: string;
  scheduled_messages: Array<ScheduledMessage>;
};

/** A page of what was found. */
export type SearchResults = {
  end_cursor: string;
  has_next: boolean;
  has_prev: boolean;
  next: string;
  results: Array<FoundMessage>;
  start_cursor: string;
  total_count?: number;
};

/** The time of the server, in milliseconds. */
export type ServerTime = {
  server_time: number;
};

/** What a program answered: `ephemeral` for who asked alone, or `in_channel` as the `message` that it became. */
export type SlashAnswer = {
  message: Message | null;
  response_type: string;
  text: string;
};

/** A command that a program answers; `url` and `secret` are for backends. */
export type SlashCommand = {
  created_at: number;
  description: string;
  name: string;
  secret?: string;
  url?: string;
  usage_hint: string;
};

/** All of an application, by name. */
export type SlashCommands = {
  slash_commands: Array<SlashCommand>;
};

/** How long members of a channel wait between two messages; 0 is not at all. */
export type SlowMode = {
  channel_url: string;
  slow_mode_seconds: number;
};

/** What a user says of the moment: empty for nothing; until `expires_at`, which is 0 for as long as they do. */
export type Status = {
  emoji: string;
  expires_at: number;
  text: string;
};

/** The thread that this message began is followed, or no more. To the own devices. */
export type ThreadFollowed = {
  channel_url: string;
  message_id: number;
  type: "thread.followed" | "thread.unfollowed";
};

/** The replies to a message. */
export type ThreadInfo = {
  last_replied_at: number;
  most_replies: Array<BasicUser>;
  reply_count: number;
  updated_at: number;
};

/** A thread was read up to a reply, and so many are still unread. To the own devices. */
export type ThreadRead = {
  channel_url: string;
  message_id: number;
  read_ts: number;
  reply_id: number;
  type: "thread.read";
  unread_reply_count: number;
};

/** How a thread stands, whether the caller follows it, and how many replies they have not read, up to 100. */
export type ThreadState = {
  channel_url: string;
  is_followed: boolean;
  message_id: number;
  thread_info: ThreadInfo;
  unread_reply_count: number;
};

/** A smaller picture of a file, as large as fits into `width` and `height`. */
export type Thumbnail = {
  height: number;
  plain_url: string;
  real_height: number;
  real_width: number;
  url: string;
  width: number;
};

/** A time of a day; one that does not end after it starts ends on the next day. */
export type TimeWindow = {
  end_hour: number;
  end_min: number;
  start_hour: number;
  start_min: number;
};

/** How many there are. */
export type Total = {
  total: number;
};

/** The user operates the channels of a custom type, or does so no more. To the own devices. */
export type TypeOperatorChanged = {
  custom_type: string;
  type: "type_operator.added" | "type_operator.removed";
};

/** A member writes, or does no more. Not recovered, and not told above 100 members. */
export type Typing = {
  channel_url: string;
  nickname: string;
  type: "typing";
  typing: boolean;
  user_id: string;
};

/** How much is unread, by user id. */
export type UnreadByUser = {
  unread: Record<string, number>;
};

/** How much is unread. */
export type UnreadCount = {
  unread_count: number;
};

/** How much is unread, and open invitations: in all group channels, in those that are super channels, in others. */
export type UnreadItems = {
  group_channel_invitation_count?: number;
  group_channel_unread_mention_count?: number;
  group_channel_unread_message_count?: number;
  non_super_group_channel_invitation_count?: number;
  non_super_group_channel_unread_mention_count?: number;
  non_super_group_channel_unread_message_count?: number;
  super_group_channel_invitation_count?: number;
  super_group_channel_unread_mention_count?: number;
  super_group_channel_unread_message_count?: number;
};

/** A user on its own. */
export type User = {
  access_token: string;
  created_at: number;
  discovery_keys: Array<string>;
  has_ever_logged_in: boolean;
  is_active: boolean;
  is_bot: boolean;
  is_created: boolean;
  is_hide_me_from_friends: boolean;
  is_online?: boolean;
  is_shadow_blocked: boolean;
  last_seen_at?: number;
  locale: string;
  metadata: Record<string, string>;
  nickname: string;
  phone_number: string;
  preferred_languages: Array<string>;
  profile_url: string;
  require_auth_for_profile_image: boolean;
  status: Status;
  unread_channel_count?: number;
  unread_message_count?: number;
  user_id: string;
};

/** The user has blocked this one, or does so no more. To the own devices. */
export type UserBlocked = {
  type: "user.blocked" | "user.unblocked";
  user: BasicUser;
};

/** The user was made, or has changed: this is what they are now. To the own devices. */
export type UserChanged = {
  type: "user.created" | "user.updated";
  user: User;
};

/** The user is deleted. To the own devices. */
export type UserDeleted = {
  type: "user.deleted";
  user_id: string;
};

/** A user may write in the channel again, or may come into it again. */
export type UserPardoned = {
  channel_url: string;
  type: "user.unbanned" | "user.unmuted";
  user: BasicUser;
};

/** The user may write in channels of a custom type again, or may come into them again. To the own devices. */
export type UserPardonedInType = {
  custom_type: string;
  type: "user.unbanned_from_type" | "user.unmuted_in_type";
};

/** A user may not write in the channel, or may not be in it, until `end_at`. Also to who is banned, as the last. */
export type UserSanctioned = {
  channel_url: string;
  description: string;
  end_at: number;
  start_at: number;
  type: "user.banned" | "user.muted";
  user: BasicUser;
};

/** The user may not write, or may not be, in channels of a custom type until `end_at`. To the own devices. */
export type UserSanctionedInType = {
  custom_type: string;
  description: string;
  end_at: number;
  start_at: number;
  type: "user.banned_from_type" | "user.muted_in_type";
};

/** A page of users. */
export type Users = {
  next: string;
  users: Array<User>;
};

/** A page of those who voted for an option. */
export type Voters = {
  next: string;
  vote_count: number;
  voters: Array<BasicUser>;
};

/** A user as one who watches them sees them at first. */
export type WatchedUser = {
  is_active: boolean;
  is_bot?: boolean;
  is_online?: boolean;
  last_seen_at?: number;
  metadata: Record<string, string>;
  nickname: string;
  profile_url: string;
  require_auth_for_profile_image: boolean;
  role?: string;
  status: Status;
  user_id: string;
};

/** Who is watched from now on. */
export type WatchedUsers = {
  users: Array<WatchedUser>;
};

/** The public key of the application, in base64url. */
export type WebPushKey = {
  public_key: string;
};
