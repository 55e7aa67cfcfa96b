"""What the server answers and tells. Made by scripts/reference of the command table. Do not edit."""

from __future__ import annotations

from typing import Any, Literal, NotRequired, TypedDict, final


@final
class Ban(TypedDict):
    """A user who may not be in a channel, from when until when, and why."""

    description: str
    end_at: int
    start_at: int
    user: BasicUser


@final
class BannedChannel(TypedDict):
    """A channel from which a user is banned."""

    channel: ChannelOutline
    description: str
    end_at: int
    start_at: int


@final
class BannedChannels(TypedDict):
    """A page of the channels from which a user is banned, by when that ends."""

    banned_channels: list[BannedChannel]
    next: str


@final
class Bans(TypedDict):
    """A page of the users who are banned from a channel, by when that ends."""

    banned_list: list[Ban]
    next: str
    total_ban_count: NotRequired[int]


@final
class BasicUser(TypedDict):
    """A user as mentioned inside another resource; `role` in a channel."""

    is_active: bool
    is_bot: NotRequired[bool]
    metadata: dict[str, str]
    nickname: str
    profile_url: str
    require_auth_for_profile_image: bool
    role: NotRequired[str]
    user_id: str


@final
class Blocked(TypedDict):
    """The first of those who were blocked; all of them in `users`."""

    is_active: bool
    is_bot: NotRequired[bool]
    is_online: NotRequired[bool]
    last_seen_at: NotRequired[int]
    metadata: dict[str, str]
    next: str
    nickname: str
    profile_url: str
    require_auth_for_profile_image: bool
    role: NotRequired[str]
    user_id: str
    users: list[BasicUser]


@final
class BlockedUser(TypedDict):
    """A user who is blocked, or has blocked."""

    is_active: bool
    is_bot: NotRequired[bool]
    is_online: NotRequired[bool]
    last_seen_at: NotRequired[int]
    metadata: dict[str, str]
    nickname: str
    profile_url: str
    require_auth_for_profile_image: bool
    role: NotRequired[str]
    user_id: str


@final
class BlockedUsers(TypedDict):
    """A page of users."""

    next: str
    users: list[BlockedUser]


@final
class Bot(TypedDict):
    """A bot. With 0 as `channel_invitation_preference` it is a member at once when it is invited."""

    bot: BotUser
    bot_callback_url: str
    channel_invitation_preference: int
    created_at: int
    enable_mark_as_read: bool
    is_privacy_mode: bool
    show_member: bool


@final
class BotChanged(TypedDict):
    """A bot is this now. To its own devices."""

    bot: Bot
    type: Literal["bot.changed"]


@final
class BotUser(TypedDict):
    """What a bot is as a user; `bot_token` is empty unless it was just issued."""

    bot_metadata: dict[str, str]
    bot_nickname: str
    bot_profile_url: str
    bot_require_auth_for_profile_image: bool
    bot_token: str
    bot_type: str
    bot_userid: str


@final
class ChannelChanges(TypedDict):
    """Channels that have changed, and the URLs of those that are the user's no more."""

    deleted: list[str]
    has_more: bool
    next: str
    updated: list[GroupChannel]


@final
class ChannelCount(TypedDict):
    """How many channels."""

    group_channel_count: int


@final
class ChannelCreated(TypedDict):
    """A group channel was made, with its first members."""

    channel: GroupChannel
    channel_url: str
    members: NotRequired[list[Member]]
    type: Literal["channel.created"]


@final
class ChannelDeleted(TypedDict):
    """The channel is gone, with its messages."""

    channel_url: str
    type: Literal["channel.deleted"]


@final
class ChannelDelivered(TypedDict):
    """What was sent up to `delivered_ts` has reached a device of a member."""

    channel_url: str
    delivered_ts: int
    type: Literal["channel.delivered"]
    user_id: str


@final
class ChannelFrozen(TypedDict):
    """From now on only operators write in the channel, or everybody does again."""

    channel_url: str
    freeze: bool
    type: Literal["channel.frozen"]


@final
class ChannelHidden(TypedDict):
    """The channel is off the list. To the own devices, or to all members when a backend did it for all."""

    channel_url: str
    hidden_state: str
    type: Literal["channel.hidden", "channel.unhidden"]


@final
class ChannelHistoryReset(TypedDict):
    """What was sent up to `ts_message_offset` is not seen any more. To the own devices, or to all members."""

    channel_url: str
    ts_message_offset: int
    type: Literal["channel.history_reset"]


@final
class ChannelMarkedUnread(TypedDict):
    """A message is unread again, with all after it, and the counts as they are now. To the own devices."""

    channel_url: str
    message_id: int
    read_ts: int
    type: Literal["channel.marked_unread"]
    unread_mention_count: int
    unread_message_count: int


@final
class ChannelMetacountersChanged(TypedDict):
    """Counters of the channel were created, changed or deleted; the values are those from then on."""

    channel_url: str
    created: dict[str, int]
    deleted: list[str]
    type: Literal["channel.metacounters_changed"]
    updated: dict[str, int]


@final
class ChannelMetadataChanged(TypedDict):
    """Items of the channel's metadata were created, changed or deleted."""

    channel_url: str
    created: dict[str, str]
    deleted: list[str]
    type: Literal["channel.metadata_changed"]
    updated: dict[str, str]


@final
class ChannelOutline(TypedDict):
    """A channel in few words; `channel_type` is `group` or `open`. Of a private one strangers see only the URL."""

    channel_type: str
    channel_url: str
    cover_url: str
    created_at: int
    custom_type: str
    data: str
    name: str


@final
class ChannelPermissions(TypedDict):
    """What those who do not operate a channel may do in it: all that there is to do."""

    channel_url: str
    permissions: dict[str, bool]


@final
class ChannelPreferenceChanged(TypedDict):
    """The user is notified so of a channel, and this of it is counted. To the own devices."""

    channel_url: str
    count_preference: str
    is_push_enabled: bool
    push_sound: str
    push_trigger_option: str
    type: Literal["channel.preference_changed"]


@final
class ChannelPushPreference(TypedDict):
    """How a member is notified of a channel; `enable` says whether at all."""

    enable: bool
    push_sound: str
    push_trigger_option: str


@final
class ChannelRead(TypedDict):
    """A member has read what was sent up to `read_ts`, all messages up to this id.

    Above 100 members only told to the reader's own devices.
    """

    channel_url: str
    read_message_id: int
    read_ts: int
    type: Literal["channel.read"]
    user_id: str


@final
class ChannelUpdated(TypedDict):
    """A group channel has changed: this is what it is now, as everybody sees it."""

    channel: GroupChannel
    channel_url: str
    type: Literal["channel.updated"]


@final
class Closed(TypedDict):
    """How many connections were closed."""

    closed: int


@final
class Connection(TypedDict):
    """One connection of a user."""

    address: str
    client_id: str
    connected_at: int
    encoding: str
    software: str
    transport: str


@final
class Connections(TypedDict):
    """The connections of a user, oldest first."""

    connections: list[Connection]


@final
class CountPreference(TypedDict):
    """What of a channel is counted."""

    count_preference: str


@final
class Delivered(TypedDict):
    """Up to when messages have reached a member."""

    ts: int


@final
class DisappearingMessage(TypedDict):
    """How long messages of a channel last."""

    is_triggered_by_message_read: bool
    message_survival_seconds: int


@final
class Draft(TypedDict):
    """What was begun in a channel, or in the thread of `parent_message_id`; `updated_at` in milliseconds."""

    channel_url: str
    data: str
    message: str
    parent_message_id: int
    updated_at: int


@final
class DraftChanged(TypedDict):
    """A draft is this now; removed when `message` and `data` are empty. To the own devices."""

    draft: Draft
    type: Literal["draft.changed"]


@final
class Drafts(TypedDict):
    """A page of drafts."""

    drafts: list[Draft]
    next: str


@final
class Emoji(TypedDict):
    """An emoji; without a `url` its key is the emoji itself."""

    key: str
    url: str


@final
class EmojiCategories(TypedDict):
    """All categories; the hash changes when something of them does."""

    emoji_categories: list[EmojiCategory]
    emoji_hash: str


@final
class EmojiCategory(TypedDict):
    """A category; `id` 0 is that of the emojis which every application has."""

    emojis: list[Emoji]
    id: int
    name: str
    url: str


@final
class Emojis(TypedDict):
    """Emojis."""

    emojis: list[Emoji]


@final
class Empty(TypedDict):
    """Nothing: it was done."""



@final
class FileMessages(TypedDict):
    """A page of messages with files, the newest first."""

    messages: list[Message]
    next: str


@final
class FollowedThread(TypedDict):
    """A thread as its follower sees it: what began it, and how it stands."""

    channel_url: str
    is_followed: bool
    message_id: int
    parent_message: Message
    thread_info: ThreadInfo
    unread_reply_count: int


@final
class FollowedThreads(TypedDict):
    """A page of threads, those with the newest replies first."""

    next: str
    threads: list[FollowedThread]


@final
class FoundMessage(TypedDict):
    """A message that a search found; `highlights` are where its text matches, each from and to a character."""

    channel_type: str
    channel_url: str
    created_at: int
    custom_type: str
    data: str
    file: dict[str, Any]
    files: NotRequired[list[dict[str, Any]]]
    forwarded_from: NotRequired[BasicUser]
    highlights: list[list[int]]
    is_apple_critical_alert: NotRequired[bool]
    is_op_msg: bool
    is_removed: bool
    is_reply_to_channel: NotRequired[bool]
    mention_type: str
    mentioned_users: list[BasicUser]
    message: str
    message_events: MessageEvents
    message_id: int
    message_retention_hour: int
    message_survival_seconds: int
    og_tag: NotRequired[dict[str, Any]]
    parent_message_id: NotRequired[int]
    parent_message_info: NotRequired[dict[str, Any]]
    poll: NotRequired[dict[str, Any]]
    reactions: NotRequired[list[Reaction]]
    req_id: NotRequired[str]
    silent: bool
    sorted_metaarray: NotRequired[list[MetaItem]]
    thread_info: NotRequired[ThreadInfo]
    thumbnails: NotRequired[list[Thumbnail]]
    translations: dict[str, str]
    type: str
    updated_at: int
    user: NotRequired[BasicUser]


@final
class GroupChannel(TypedDict):
    """A group channel; from `member_state` on as one of its members sees it."""

    channel: dict[str, Any]
    channel_url: str
    count_preference: NotRequired[str]
    cover_url: str
    created_at: int
    created_by: BasicUser | None
    custom_type: str
    data: str
    delivery_receipt: NotRequired[dict[str, int]]
    disappearing_message: DisappearingMessage
    freeze: bool
    hidden_state: NotRequired[str]
    id: int
    ignore_profanity_filter: bool
    invited_at: NotRequired[int]
    inviter: NotRequired[BasicUser]
    is_access_code_required: bool
    is_broadcast: bool
    is_created: bool
    is_discoverable: bool
    is_distinct: bool
    is_ephemeral: bool
    is_exclusive: bool
    is_hidden: NotRequired[bool]
    is_muted: NotRequired[bool]
    is_public: bool
    is_push_enabled: NotRequired[bool]
    is_super: bool
    joined_member_count: int
    joined_ts: NotRequired[int]
    last_message: Message | None
    latest_pinned_message: NotRequired[Message | None]
    max_length_message: int
    member_count: int
    member_state: NotRequired[str]
    members: NotRequired[list[Member]]
    message_survival_count: int
    message_survival_seconds: int
    metadata: NotRequired[dict[str, str]]
    my_role: NotRequired[str]
    name: str
    operators: NotRequired[list[BasicUser]]
    pinned_message_ids: NotRequired[list[int]]
    push_trigger_option: NotRequired[str]
    read_receipt: NotRequired[dict[str, int]]
    slow_mode_seconds: int
    sms_fallback: dict[str, Any]
    ts_message_offset: NotRequired[int]
    unread_mention_count: int
    unread_message_count: int
    user_last_read: NotRequired[int]


@final
class GroupChannels(TypedDict):
    """A page of channels; `ts` is the time of the server."""

    channels: list[GroupChannel]
    next: str
    ts: int


@final
class IncomingWebhook(TypedDict):
    """A secret address of a channel; `webhook_id` is the user who posts there. `created_by` is empty for a backend."""

    channel_url: str
    created_at: int
    created_by: str
    name: str
    profile_url: str
    webhook_id: str


@final
class IncomingWebhooks(TypedDict):
    """Those of a channel."""

    incoming_webhooks: list[IncomingWebhook]


@final
class InvitationEnded(TypedDict):
    """The user is invited no more: `declined`, `canceled` or `deleted`, with the channel. To the own devices."""

    channel_url: str
    reason: str
    type: Literal["invitation.ended"]


@final
class InvitationPreference(TypedDict):
    """Whether an invitation is accepted at once."""

    auto_accept: bool


@final
class InvitationPreferenceChanged(TypedDict):
    """Whether the user becomes a member at once when invited. To the own devices."""

    auto_accept: bool
    type: Literal["invitation_preference.changed"]


@final
class InvitationReceived(TypedDict):
    """The user is invited. To the own devices."""

    channel: GroupChannel
    channel_url: str
    type: Literal["invitation.received"]


@final
class InvitationsEnded(TypedDict):
    """Users who were invited have declined, or their invitations were canceled."""

    channel_url: str
    type: Literal["invitation.canceled", "invitation.declined"]
    users: list[BasicUser]


@final
class Member(TypedDict):
    """A user as a member of a channel. `state` is `joined` or `invited`, `role` is `operator` or empty."""

    delivered_ts: NotRequired[int]
    do_not_disturb: NotRequired[bool]
    invited_at: NotRequired[int]
    is_active: bool
    is_blocked_by_me: NotRequired[bool]
    is_blocking_me: NotRequired[bool]
    is_bot: NotRequired[bool]
    is_muted: bool
    is_online: NotRequired[bool]
    joined_ts: int
    last_seen_at: NotRequired[int]
    metadata: dict[str, str]
    muted_description: str
    muted_end_at: int
    nickname: str
    profile_url: str
    push_enabled: NotRequired[bool]
    push_trigger_option: NotRequired[str]
    read_ts: NotRequired[int]
    require_auth_for_profile_image: bool
    role: NotRequired[str]
    state: str
    user_id: str


@final
class MemberInvited(TypedDict):
    """Users were invited."""

    channel_url: str
    inviter: NotRequired[BasicUser]
    members: list[Member]
    type: Literal["member.invited"]


@final
class MemberJoined(TypedDict):
    """Users have become members; `inviter` when somebody brought them in."""

    channel: GroupChannel
    channel_url: str
    inviter: NotRequired[BasicUser]
    members: NotRequired[list[Member]]
    type: Literal["member.joined"]


@final
class MemberLeft(TypedDict):
    """Users are members no more: `left`, `removed`, `removed_by_admin`, `deleted` or `deactivated`."""

    channel_url: str
    reason: str
    type: Literal["member.left"]
    users: list[BasicUser]


@final
class Members(TypedDict):
    """A page of members."""

    members: list[Member]
    next: str


@final
class Membership(TypedDict):
    """Whether somebody is a member: `state` is `joined`, `invited` or `none`."""

    is_member: bool
    state: str


@final
class Message(TypedDict):
    """A message; one of type `ADMM` has no `user`. `file` is empty but for a message with one file."""

    channel_type: str
    channel_url: str
    created_at: int
    custom_type: str
    data: str
    file: dict[str, Any]
    files: NotRequired[list[dict[str, Any]]]
    forwarded_from: NotRequired[BasicUser]
    is_apple_critical_alert: NotRequired[bool]
    is_op_msg: bool
    is_removed: bool
    is_reply_to_channel: NotRequired[bool]
    mention_type: str
    mentioned_users: list[BasicUser]
    message: str
    message_events: MessageEvents
    message_id: int
    message_retention_hour: int
    message_survival_seconds: int
    og_tag: NotRequired[dict[str, Any]]
    parent_message_id: NotRequired[int]
    parent_message_info: NotRequired[dict[str, Any]]
    poll: NotRequired[dict[str, Any]]
    reactions: NotRequired[list[Reaction]]
    req_id: NotRequired[str]
    silent: bool
    sorted_metaarray: NotRequired[list[MetaItem]]
    thread_info: NotRequired[ThreadInfo]
    thumbnails: NotRequired[list[Thumbnail]]
    translations: dict[str, str]
    type: str
    updated_at: int
    user: NotRequired[BasicUser]


@final
class MessageChanges(TypedDict):
    """Messages that are new or have changed, and the ids of those that are gone; also all up to `expired` are."""

    deleted: list[int]
    expired: Place | None
    has_more: bool
    next: str
    updated: list[Message]


@final
class MessageCreated(TypedDict):
    """A message was sent; for a reply `thread_info` is that of its parent. The sender is told too.

    With `leaves_unread` the sender has not read the channel by sending it.
    """

    channel_url: str
    leaves_unread: NotRequired[bool]
    message: Message
    thread_info: NotRequired[ThreadInfo]
    type: Literal["message.created"]


@final
class MessageDeleted(TypedDict):
    """A message is gone; for a reply `thread_info` is that of its parent."""

    channel_url: str
    message_id: int
    parent_message_id: NotRequired[int]
    thread_info: NotRequired[ThreadInfo]
    type: Literal["message.deleted"]


@final
class MessageEvents(TypedDict):
    """What a message sets in motion."""

    send_push_notification: str
    update_last_message: bool
    update_mention_count: bool
    update_unread_count: bool


@final
class MessageOffset(TypedDict):
    """What was sent up to here, in milliseconds, is not seen any more."""

    ts_message_offset: int


@final
class MessagePinned(TypedDict):
    """A message was pinned or unpinned, by `user_id` unless a backend did it; and the pins of the channel now."""

    channel_url: str
    latest_pinned_message: Message | None
    message_id: int
    pinned_message_ids: list[int]
    type: Literal["message.pinned", "message.unpinned"]
    user_id: NotRequired[str]


@final
class MessageSaved(TypedDict):
    """A message was put aside, or is so no more. To the own devices."""

    channel_url: str
    message_id: int
    type: Literal["message.saved", "message.unsaved"]
    updated_at: int


@final
class MessageUpdated(TypedDict):
    """A message was edited, or given smaller pictures or a preview: this is what it is now."""

    channel_url: str
    message: Message
    type: Literal["message.updated"]


@final
class Messages(TypedDict):
    """Messages in the order that was asked for.

    Who asked for some of many goes on from `prev_message_id` or `next_message_id` when that is there.
    """

    messages: list[Message]
    next_message_id: NotRequired[int]
    prev_message_id: NotRequired[int]


@final
class MessagesErased(TypedDict):
    """These messages are gone for good: their time was over, or their sender was forgotten."""

    channel_url: str
    message_ids: list[int]
    type: Literal["messages.erased"]


@final
class MessagesExpired(TypedDict):
    """This message and all before it, by time and then by id, are gone: their time was over."""

    channel_url: str
    created_at: int
    message_id: int
    type: Literal["messages.expired"]


@final
class MessagesSkipped(TypedDict):
    """So many messages were sent faster than an open channel shows them. To those in it; recovery brings all."""

    channel_url: str
    count: int
    first_message_id: int
    last_message_id: int
    type: Literal["messages.skipped"]


@final
class MetaArray(TypedDict):
    """The sorted meta array of a message."""

    sorted_metaarray: list[MetaItem]


@final
class MetaItem(TypedDict):
    """A key of a sorted meta array, with its values."""

    key: str
    value: list[str]


@final
class Mute(TypedDict):
    """Whether a user is muted in a channel, from when until when, and why."""

    description: str
    end_at: int
    is_muted: bool
    remaining_duration: int
    start_at: int


@final
class MutedChannel(TypedDict):
    """A channel in which a user is muted."""

    channel_type: str
    channel_url: str
    cover_url: str
    created_at: int
    custom_type: str
    data: str
    description: str
    end_at: int
    name: str
    start_at: int


@final
class MutedChannels(TypedDict):
    """A page of the channels in which a user is muted, by when that ends."""

    muted_channels: list[MutedChannel]
    next: str


@final
class MutedUser(TypedDict):
    """A user who is muted in a channel."""

    description: str
    end_at: int
    is_active: bool
    is_bot: NotRequired[bool]
    metadata: dict[str, str]
    nickname: str
    profile_url: str
    remaining_duration: int
    require_auth_for_profile_image: bool
    role: NotRequired[str]
    start_at: int
    user_id: str


@final
class MutedUsers(TypedDict):
    """A page of the users who are muted in a channel, by when that ends."""

    muted_list: list[MutedUser]
    next: str
    total_mute_count: NotRequired[int]


@final
class NewIncomingWebhook(TypedDict):
    """A new one, with its token and the path that it makes, which are told once."""

    channel_url: str
    created_at: int
    created_by: str
    name: str
    path: str
    profile_url: str
    token: str
    webhook_id: str


@final
class OpenChannel(TypedDict):
    """An open channel; `participant_count` is how many users are in it now."""

    channel_url: str
    cover_url: str
    created_at: int
    custom_type: str
    data: str
    freeze: bool
    is_dynamic_partitioned: bool
    is_ephemeral: bool
    max_length_message: int
    metadata: NotRequired[dict[str, str]]
    name: str
    operators: list[BasicUser]
    participant_count: NotRequired[int]
    slow_mode_seconds: int


@final
class OpenChannelCreated(TypedDict):
    """An open channel was made. To those who are in it, so to nobody who is not there yet."""

    channel: OpenChannel
    channel_url: str
    type: Literal["channel.created"]


@final
class OpenChannelUpdated(TypedDict):
    """An open channel has changed: this is what it is now. To those who are in it."""

    channel: OpenChannel
    channel_url: str
    type: Literal["channel.updated"]


@final
class OpenChannels(TypedDict):
    """A page of open channels; `ts` is the time of the server."""

    channels: list[OpenChannel]
    next: str
    ts: int


@final
class Operator(TypedDict):
    """A user who operates a channel."""

    is_active: bool
    is_bot: NotRequired[bool]
    is_online: NotRequired[bool]
    last_seen_at: NotRequired[int]
    metadata: dict[str, str]
    nickname: str
    profile_url: str
    require_auth_for_profile_image: bool
    role: NotRequired[str]
    user_id: str


@final
class Operators(TypedDict):
    """A page of operators, or all of them."""

    next: NotRequired[str]
    operators: list[Operator]


@final
class OperatorsChanged(TypedDict):
    """Who operates the channel now, who does so since then, and who no more."""

    added: list[BasicUser]
    channel_url: str
    operators: list[BasicUser]
    removed: list[BasicUser]
    type: Literal["operators.changed"]


@final
class OptionVotes(TypedDict):
    """How many have chosen an option."""

    id: int
    vote_count: int


@final
class Participants(TypedDict):
    """A page of the users in an open channel."""

    next: str
    participants: list[BasicUser]


@final
class ParticipantsChanged(TypedDict):
    """How many users are in an open channel, and in a small one who came and went. To those in it; not recovered."""

    channel_url: str
    entered: NotRequired[list[BasicUser]]
    exited: NotRequired[list[BasicUser]]
    participant_count: int
    type: Literal["participants.changed"]


@final
class PermissionsChanged(TypedDict):
    """What members may do in the channel has changed: this is all that they may do and may not do now."""

    channel_url: str
    permissions: dict[str, bool]
    type: Literal["channel.permissions_changed"]


@final
class PinnedMessage(TypedDict):
    """A message, when it was pinned in milliseconds, and by whom, empty for a backend."""

    message: Message
    pinned_at: int
    user_id: str


@final
class PinnedMessages(TypedDict):
    """The pinned messages of a channel, those pinned first first."""

    pinned_messages: list[PinnedMessage]


@final
class Place(TypedDict):
    """A place among the messages of a channel: by time, and then by id."""

    created_at: int
    message_id: int


@final
class Poll(TypedDict):
    """A poll; `status` is `open` or `closed`. `voted_option_ids` is the choice of who asks."""

    allow_multiple_votes: bool
    allow_user_suggestion: bool
    channel_url: str
    close_at: int
    created_at: int
    created_by: str
    data: dict[str, str]
    id: int
    is_anonymous: bool
    message_id: int
    options: list[PollOption]
    status: str
    title: str
    updated_at: int
    voted_option_ids: NotRequired[list[int]]
    voter_count: int


@final
class PollCreated(TypedDict):
    """A poll was made. To the devices of its maker."""

    poll: Poll
    type: Literal["poll.created"]


@final
class PollDeleted(TypedDict):
    """A poll is gone. When no message showed it, to the devices of its maker."""

    channel_url: NotRequired[str]
    poll_id: int
    type: Literal["poll.deleted"]


@final
class PollOption(TypedDict):
    """Something to choose."""

    created_at: int
    created_by: str
    id: int
    partial_voter_list: NotRequired[list[BasicUser]]
    poll_id: int
    text: str
    updated_at: int
    vote_count: int


@final
class PollUpdated(TypedDict):
    """A poll has changed: this is what it is now. While no message shows it, to the devices of its maker."""

    channel_url: NotRequired[str]
    poll: Poll
    type: Literal["poll.updated"]


@final
class PollVoted(TypedDict):
    """Somebody has voted: the counts now, and who has chosen what unless the poll is anonymous."""

    channel_url: NotRequired[str]
    message_id: int
    option_ids: NotRequired[list[int]]
    options: list[OptionVotes]
    poll_id: int
    type: Literal["poll.voted"]
    user_id: NotRequired[str]
    voter_count: int


@final
class Polls(TypedDict):
    """A page of polls, the newest first."""

    next: str
    polls: list[Poll]


@final
class Presence(TypedDict):
    """Whether a user is online; 0 as `last_seen_at` while they are, -1 when that is not known."""

    is_online: NotRequired[bool]
    last_seen_at: NotRequired[int]
    user_id: str


@final
class PresenceChanged(TypedDict):
    """A user has come or gone. Only to connections that asked by `presence.watch`; not recovered."""

    is_online: bool
    last_seen_at: int
    type: Literal["presence.changed"]
    user_id: str


@final
class PresencePreference(TypedDict):
    """Who may see a user's presence: `everybody`, `contacts` or `nobody`."""

    visible_to: str


@final
class PresencePreferenceChanged(TypedDict):
    """Who may see whether the user is online: `everybody`, `contacts` or `nobody`. To the own devices."""

    type: Literal["presence_preference.changed"]
    visible_to: str


@final
class Presences(TypedDict):
    """Who is online."""

    users: list[Presence]


@final
class ProfileChanged(TypedDict):
    """A user has another name, picture or status. Only to connections that asked by `presence.watch`; not recovered."""

    status: Status
    type: Literal["profile.changed"]
    user: BasicUser


@final
class PushPreference(TypedDict):
    """When a user is notified, in all channels."""

    block_push_from_bots: bool
    dnd_schedules: list[QuietDay]
    do_not_disturb: bool
    enable_push_for_replies: bool
    end_hour: int
    end_min: int
    push_sound: str
    push_trigger_option: str
    snooze_enabled: bool
    snooze_end_ts: int
    snooze_start_ts: int
    start_hour: int
    start_min: int
    timezone: str


@final
class PushPreferenceChanged(TypedDict):
    """The user is notified so from now on, in all channels. To the own devices."""

    push_preference: PushPreference
    type: Literal["push_preference.changed"]


@final
class PushTemplateName(TypedDict):
    """The template of a user."""

    name: str


@final
class PushToken(TypedDict):
    """A device, and who is notified there."""

    token: str
    type: str
    user: BasicUser


@final
class PushTokens(TypedDict):
    """Devices of a kind: under the name of the documentation, and under an older one."""

    token: list[str]
    tokens: list[str]
    type: str
    user: BasicUser


@final
class QuietDay(TypedDict):
    """The quiet times of a day of each week."""

    day_of_week: Literal["friday", "monday", "saturday", "sunday", "thursday", "tuesday", "wednesday"]
    time_windows: list[TimeWindow]


@final
class Reaction(TypedDict):
    """One reaction to a message, with its users."""

    key: str
    updated_at: int
    user_ids: list[str]


@final
class ReactionChange(TypedDict):
    """What came of adding or removing a reaction: `operation` is `ADD` or `DELETE`."""

    msg_id: int
    operation: str
    reaction: str
    success: bool
    updated_at: int
    user_id: str


@final
class ReactionChanged(TypedDict):
    """Somebody has reacted to a message, or has taken that back."""

    channel_url: str
    message_id: int
    reaction: str
    type: Literal["reaction.added", "reaction.removed"]
    updated_at: int
    user_id: str


@final
class ReactionSettings(TypedDict):
    """Whether users react, whether only with known emojis, and whether the default ones are known."""

    only_known_emojis: bool
    reactions: bool
    use_default_emoji: bool


@final
class Reader(TypedDict):
    """A member to whom a message was sent: up to when they have read, and messages have reached them."""

    delivered_ts: int
    is_active: bool
    is_bot: NotRequired[bool]
    metadata: dict[str, str]
    nickname: str
    profile_url: str
    read_ts: int
    require_auth_for_profile_image: bool
    role: NotRequired[str]
    user_id: str


@final
class Readers(TypedDict):
    """A page of those who have read a message, or have not."""

    next: str
    total_count: NotRequired[int]
    users: list[Reader]


@final
class RemovedPushTokens(TypedDict):
    """Devices on which a user is notified no more."""

    token: list[str]
    user: BasicUser


@final
class Report(TypedDict):
    """A report. `reporting_user` is null for a backend and towards operators; those who were forgotten are null.

    `report_status` is `open`, `resolved` or `dismissed`, since `settled_at`, which is 0 while it is open.
    """

    channel: ReportedChannel | None
    created_at: int
    offending_user: BasicUser | None
    report_category: str
    report_description: str
    report_id: int
    report_status: str
    report_type: str
    reported_message: ReportedMessage | None
    reporting_user: BasicUser | None
    settled_at: int


@final
class ReportedChannel(TypedDict):
    """Where something was reported; the `name` is that of now, empty when the channel is gone."""

    channel_url: str
    name: str


@final
class ReportedMessage(TypedDict):
    """A message as it was when it was reported; `is_removed` is so now."""

    channel_url: str
    created_at: int
    file_names: list[str]
    is_removed: bool
    message: str
    message_id: int


@final
class Reports(TypedDict):
    """A page of reports, the last first."""

    next: str
    report_logs: list[Report]


@final
class SavedMessage(TypedDict):
    """A message that was put aside, and when, in milliseconds."""

    message: Message
    saved_at: int


@final
class SavedMessages(TypedDict):
    """A page of messages that were put aside, the last first."""

    next: str
    saved: list[SavedMessage]


@final
class ScheduledCount(TypedDict):
    """How many scheduled messages there are."""

    count: int


@final
class ScheduledMessage(TypedDict):
    """A message to send at `scheduled_at`. All times are milliseconds, 0 for what has not happened.

    `scheduled_status` is `pending`, `sent`, `failed` or `canceled`. `message_id` is what was sent, 0 before; `reason`
    says why it has failed. One that was sent or canceled has no contents any more.
    """

    channel_type: str
    channel_url: str
    created_at: int
    custom_type: str
    data: str
    files: list[dict[str, Any]]
    is_silent: bool
    mark_as_read: bool
    mention_type: str
    mentioned_users: list[BasicUser]
    message: str
    message_id: int
    parent_message_id: int
    reason: str
    scheduled_at: int
    scheduled_message_id: int
    scheduled_status: str
    send_push: bool
    sender_id: str
    sent_at: int
    sorted_metaarray: list[dict[str, Any]]
    type: str
    updated_at: int


@final
class ScheduledMessageChanged(TypedDict):
    """A message was scheduled, or what is to be sent has changed. To the own devices."""

    scheduled_message: ScheduledMessage
    type: Literal["scheduled_message.created", "scheduled_message.updated"]


@final
class ScheduledMessageEnded(TypedDict):
    """A scheduled message was sent as `message_id`, has failed for a `reason`, or was canceled. To the own devices."""

    message_id: NotRequired[int]
    reason: NotRequired[str]
    scheduled_message_id: int
    type: Literal["scheduled_message.canceled", "scheduled_message.failed", "scheduled_message.sent"]


@final
class ScheduledMessages(TypedDict):
    """A page of scheduled messages."""

    next: str
    scheduled_messages: list[ScheduledMessage]


@final
class SearchResults(TypedDict):
    """A page of what was found."""

    end_cursor: str
    has_next: bool
    has_prev: bool
    next: str
    results: list[FoundMessage]
    start_cursor: str
    total_count: NotRequired[int]


@final
class ServerTime(TypedDict):
    """The time of the server, in milliseconds."""

    server_time: int


@final
class SlashAnswer(TypedDict):
    """What a program answered: `ephemeral` for who asked alone, or `in_channel` as the `message` that it became."""

    message: Message | None
    response_type: str
    text: str


@final
class SlashCommand(TypedDict):
    """A command that a program answers; `url` and `secret` are for backends."""

    created_at: int
    description: str
    name: str
    secret: NotRequired[str]
    url: NotRequired[str]
    usage_hint: str


@final
class SlashCommands(TypedDict):
    """All of an application, by name."""

    slash_commands: list[SlashCommand]


@final
class SlowMode(TypedDict):
    """How long members of a channel wait between two messages; 0 is not at all."""

    channel_url: str
    slow_mode_seconds: int


@final
class Status(TypedDict):
    """What a user says of the moment: empty for nothing; until `expires_at`, which is 0 for as long as they do."""

    emoji: str
    expires_at: int
    text: str


@final
class ThreadFollowed(TypedDict):
    """The thread that this message began is followed, or no more. To the own devices."""

    channel_url: str
    message_id: int
    type: Literal["thread.followed", "thread.unfollowed"]


@final
class ThreadInfo(TypedDict):
    """The replies to a message."""

    last_replied_at: int
    most_replies: list[BasicUser]
    reply_count: int
    updated_at: int


@final
class ThreadRead(TypedDict):
    """A thread was read up to a reply, and so many are still unread. To the own devices."""

    channel_url: str
    message_id: int
    read_ts: int
    reply_id: int
    type: Literal["thread.read"]
    unread_reply_count: int


@final
class ThreadState(TypedDict):
    """How a thread stands, whether the caller follows it, and how many replies they have not read, up to 100."""

    channel_url: str
    is_followed: bool
    message_id: int
    thread_info: ThreadInfo
    unread_reply_count: int


@final
class Thumbnail(TypedDict):
    """A smaller picture of a file, as large as fits into `width` and `height`."""

    height: int
    plain_url: str
    real_height: int
    real_width: int
    url: str
    width: int


@final
class TimeWindow(TypedDict):
    """A time of a day; one that does not end after it starts ends on the next day."""

    end_hour: int
    end_min: int
    start_hour: int
    start_min: int


@final
class Total(TypedDict):
    """How many there are."""

    total: int


@final
class TypeOperatorChanged(TypedDict):
    """The user operates the channels of a custom type, or does so no more. To the own devices."""

    custom_type: str
    type: Literal["type_operator.added", "type_operator.removed"]


@final
class Typing(TypedDict):
    """A member writes, or does no more. Not recovered, and not told above 100 members."""

    channel_url: str
    nickname: str
    type: Literal["typing"]
    typing: bool
    user_id: str


@final
class UnreadByUser(TypedDict):
    """How much is unread, by user id."""

    unread: dict[str, int]


@final
class UnreadCount(TypedDict):
    """How much is unread."""

    unread_count: int


@final
class UnreadItems(TypedDict):
    """How much is unread, and open invitations: in all group channels, in those that are super channels, in others."""

    group_channel_invitation_count: NotRequired[int]
    group_channel_unread_mention_count: NotRequired[int]
    group_channel_unread_message_count: NotRequired[int]
    non_super_group_channel_invitation_count: NotRequired[int]
    non_super_group_channel_unread_mention_count: NotRequired[int]
    non_super_group_channel_unread_message_count: NotRequired[int]
    super_group_channel_invitation_count: NotRequired[int]
    super_group_channel_unread_mention_count: NotRequired[int]
    super_group_channel_unread_message_count: NotRequired[int]


@final
class User(TypedDict):
    """A user on its own."""

    access_token: str
    created_at: int
    discovery_keys: list[str]
    has_ever_logged_in: bool
    is_active: bool
    is_bot: bool
    is_created: bool
    is_hide_me_from_friends: bool
    is_online: NotRequired[bool]
    is_shadow_blocked: bool
    last_seen_at: NotRequired[int]
    locale: str
    metadata: dict[str, str]
    nickname: str
    phone_number: str
    preferred_languages: list[str]
    profile_url: str
    require_auth_for_profile_image: bool
    status: Status
    unread_channel_count: NotRequired[int]
    unread_message_count: NotRequired[int]
    user_id: str


@final
class UserBlocked(TypedDict):
    """The user has blocked this one, or does so no more. To the own devices."""

    type: Literal["user.blocked", "user.unblocked"]
    user: BasicUser


@final
class UserChanged(TypedDict):
    """The user was made, or has changed: this is what they are now. To the own devices."""

    type: Literal["user.created", "user.updated"]
    user: User


@final
class UserDeleted(TypedDict):
    """The user is deleted. To the own devices."""

    type: Literal["user.deleted"]
    user_id: str


@final
class UserPardoned(TypedDict):
    """A user may write in the channel again, or may come into it again."""

    channel_url: str
    type: Literal["user.unbanned", "user.unmuted"]
    user: BasicUser


@final
class UserPardonedInType(TypedDict):
    """The user may write in channels of a custom type again, or may come into them again. To the own devices."""

    custom_type: str
    type: Literal["user.unbanned_from_type", "user.unmuted_in_type"]


@final
class UserSanctioned(TypedDict):
    """A user may not write in the channel, or may not be in it, until `end_at`. Also to who is banned, as the last."""

    channel_url: str
    description: str
    end_at: int
    start_at: int
    type: Literal["user.banned", "user.muted"]
    user: BasicUser


@final
class UserSanctionedInType(TypedDict):
    """The user may not write, or may not be, in channels of a custom type until `end_at`. To the own devices."""

    custom_type: str
    description: str
    end_at: int
    start_at: int
    type: Literal["user.banned_from_type", "user.muted_in_type"]


@final
class Users(TypedDict):
    """A page of users."""

    next: str
    users: list[User]


@final
class Voters(TypedDict):
    """A page of those who voted for an option."""

    next: str
    vote_count: int
    voters: list[BasicUser]


@final
class WatchedUser(TypedDict):
    """A user as one who watches them sees them at first."""

    is_active: bool
    is_bot: NotRequired[bool]
    is_online: NotRequired[bool]
    last_seen_at: NotRequired[int]
    metadata: dict[str, str]
    nickname: str
    profile_url: str
    require_auth_for_profile_image: bool
    role: NotRequired[str]
    status: Status
    user_id: str


@final
class WatchedUsers(TypedDict):
    """Who is watched from now on."""

    users: list[WatchedUser]


@final
class WebPushKey(TypedDict):
    """The public key of the application, in base64url."""

    public_key: str


# Anything that clients are told; `type` says which it is.
Publication = (
    BotChanged
    | ChannelCreated
    | OpenChannelCreated
    | ChannelDeleted
    | ChannelDelivered
    | ChannelFrozen
    | ChannelHidden
    | ChannelHistoryReset
    | ChannelMarkedUnread
    | ChannelMetacountersChanged
    | ChannelMetadataChanged
    | PermissionsChanged
    | ChannelPreferenceChanged
    | ChannelRead
    | ChannelUpdated
    | OpenChannelUpdated
    | DraftChanged
    | InvitationsEnded
    | InvitationEnded
    | InvitationReceived
    | InvitationPreferenceChanged
    | MemberInvited
    | MemberJoined
    | MemberLeft
    | MessageCreated
    | MessageDeleted
    | MessagePinned
    | MessageSaved
    | MessageUpdated
    | MessagesErased
    | MessagesExpired
    | MessagesSkipped
    | OperatorsChanged
    | ParticipantsChanged
    | PollCreated
    | PollDeleted
    | PollUpdated
    | PollVoted
    | PresenceChanged
    | PresencePreferenceChanged
    | ProfileChanged
    | PushPreferenceChanged
    | ReactionChanged
    | ScheduledMessageEnded
    | ScheduledMessageChanged
    | ThreadFollowed
    | ThreadRead
    | TypeOperatorChanged
    | Typing
    | UserSanctioned
    | UserSanctionedInType
    | UserBlocked
    | UserChanged
    | UserDeleted
    | UserPardoned
    | UserPardonedInType
)
