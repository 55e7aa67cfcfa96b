"""What clients call, and what that takes. Made by scripts/reference of the command table. Do not edit."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, NotRequired, Protocol, TypedDict, TypeVar, Unpack, overload

from chatd.client import schema

T = TypeVar("T")
Many = list[T] | tuple[T, ...]


class CriticalAlert(TypedDict):
    """A sound that is heard on a silent device too; `name` and `sound` are the same."""

    name: NotRequired[str]
    sound: NotRequired[str]
    volume: NotRequired[float]


class MetaItem(TypedDict):
    """A key with its values."""

    # The key.
    key: str
    # Its values.
    value: NotRequired[Many[str]]


class Schedule(TypedDict):
    """The quiet times of a day of each week."""

    # The day on which they start.
    day_of_week: Literal["friday", "monday", "saturday", "sunday", "thursday", "tuesday", "wednesday"]
    # The quiet times that start on it.
    time_windows: NotRequired[Many[Window]]


class Sent(TypedDict):
    """A file to send: an upload by its `file_id`, or one that is kept elsewhere by its `url`."""

    # An upload of the sender.
    file_id: NotRequired[str]
    # Where a file is kept that was not uploaded.
    url: NotRequired[str]
    # What it is called.
    file_name: NotRequired[str]
    # Its media type.
    file_type: NotRequired[str]
    # How large it is, in bytes.
    file_size: NotRequired[int]


class Window(TypedDict):
    """A time of a day; one that does not end after it starts ends on the next day."""

    # When it starts: the hour, 0 to 23.
    start_hour: NotRequired[int]
    # The minute.
    start_min: NotRequired[int]
    # When it ends: the hour; before the start, on the next day.
    end_hour: NotRequired[int]
    # The minute.
    end_min: NotRequired[int]


class BansAdd(TypedDict):
    """Whom to ban, for how many seconds (-1: ten years), and why. `agent_id` is for whom a backend does it."""

    # The channel.
    channel_url: str
    # The user.
    user_id: str
    # For how many seconds from now; -1 for ten years.
    seconds: NotRequired[int]
    # Why, which the channel is told.
    description: NotRequired[str]


class BansList(TypedDict):
    """A page of the users who are banned from a channel."""

    # The channel.
    channel_url: str
    # The `next` of the page before; absent for the first.
    token: NotRequired[str]
    # How many at most.
    limit: NotRequired[int]
    # Whether to say how many there are.
    show_total_ban_count: NotRequired[bool]


class BansListChannels(TypedDict):
    """A page of the channels from which a user is banned."""

    # The `next` of the page before; absent for the first.
    token: NotRequired[str]
    # How many at most.
    limit: NotRequired[int]


class BansRemove(TypedDict):
    """Who may come back."""

    # The channel.
    channel_url: str
    # The user.
    user_id: str


class BansUpdate(TypedDict):
    """For how long from now on, and why, a user is banned who is banned already; what is absent stays."""

    # The channel.
    channel_url: str
    # The user.
    user_id: str
    # For how many seconds from now; -1 for ten years, absent for as long as it was.
    seconds: NotRequired[int | None]
    # Why, which the channel is told.
    description: NotRequired[str | None]


class BansView(TypedDict):
    """Whose ban to look at; a client's own without `user_id`."""

    # The channel.
    channel_url: str
    # The user; absent for a client itself.
    user_id: NotRequired[str]


class BlocksAdd(TypedDict):
    """Whom to block: one, or up to 100."""

    # Whom to block.
    target_id: NotRequired[str]
    # Whom to block, when it is several.
    user_ids: NotRequired[Many[str]]
    # The same as `user_ids`, as objects with a `user_id`.
    users: NotRequired[Many[Mapping[str, Any]]]


class BlocksList(TypedDict):
    """A page of those whom a user has blocked; for backends also of those who have blocked the user."""

    # Whom the user has blocked, or, for backends, who has blocked the user.
    list: NotRequired[Literal["blocked_by_me", "blocking_me"]]
    # Only these users.
    user_ids: NotRequired[Many[str] | None]
    # The `next` of the page before; absent for the first.
    token: NotRequired[str]
    # How many at most.
    limit: NotRequired[int]


class BlocksRemove(TypedDict):
    """Whom to block no more."""

    # Whom to block no more.
    target_id: str


class ChannelMetadataCreate(TypedDict):
    """New items of a channel's metadata."""

    # The channel.
    channel_url: str
    # Texts by their keys.
    metadata: Mapping[str, str]


class ChannelMetadataDelete(TypedDict):
    """The item to delete, or all."""

    # The channel.
    channel_url: str
    # Only this key; absent for all, or for those in `keys`.
    key: NotRequired[str]


class ChannelMetadataUpdate(TypedDict):
    """Items that get another value; those that there are not are passed over, or with `upsert` created."""

    # The channel.
    channel_url: str
    # Texts by their keys.
    metadata: Mapping[str, str]
    # Whether keys that there are not are created, or passed over.
    upsert: NotRequired[bool]


class ChannelMetadataView(TypedDict):
    """One item, those of several keys that there are, or all."""

    # The channel.
    channel_url: str
    # Only this key; absent for all, or for those in `keys`.
    key: NotRequired[str]
    # Only these keys; absent for all.
    keys: NotRequired[Many[str] | None]


class ChannelsAccept(TypedDict):
    """The channel to which the caller is invited, or the user whom a backend names."""

    # The channel.
    channel_url: str


class ChannelsChanges(TypedDict):
    """Since when: the `next` of the answer before, or a time. Without either nothing has changed yet."""

    # The `next` of the page before; absent for the first.
    token: NotRequired[str]
    # A time in milliseconds, in the place of a first `token`.
    change_ts: NotRequired[int | None]
    # How many at most.
    limit: NotRequired[int]
    # Whether to show the metadata.
    show_metadata: NotRequired[bool]


class ChannelsCount(TypedDict):
    """Which of a user's channels to count."""

    # Channels of which the user is a member, or to which they are invited.
    state: NotRequired[Literal["invited", "joined"]]
    # Of one of these custom types.
    custom_types: NotRequired[Many[str] | None]
    # Channels that are hidden, those that are not, or all.
    hidden_mode: NotRequired[Literal["all", "hidden_allow_auto_unhide", "hidden_only", "hidden_prevent_auto_unhide", "unhidden_only"]]
    # Channels that are super, those that are not, or all.
    super_mode: NotRequired[Literal["all", "nonsuper", "super"]]


class ChannelsCreate(TypedDict):
    """A new group channel. A client is always one of its members; a backend names them all."""

    # Its members.
    user_ids: NotRequired[Many[str]]
    # The same as `user_ids`, as objects with a `user_id`.
    users: NotRequired[Many[Mapping[str, Any]]]
    # Its name.
    name: NotRequired[str]
    # What the channel is to be called; absent for a random one.
    channel_url: NotRequired[str | None]
    # The address of a picture.
    cover_url: NotRequired[str]
    # A text of your own, to tell kinds apart.
    custom_type: NotRequired[str]
    # A text of your own, which chatd does not read.
    data: NotRequired[str]
    # Whether who makes a channel of the same people again gets this one.
    is_distinct: NotRequired[bool]
    # Whether anybody may join.
    is_public: NotRequired[bool]
    # Whether it may have more than 100 members.
    is_super: NotRequired[bool]
    # Whether only operators write.
    is_broadcast: NotRequired[bool]
    # Whether only operators bring users in.
    is_exclusive: NotRequired[bool]
    # Whether messages are told and not kept.
    is_ephemeral: NotRequired[bool]
    # Whether a public channel is in lists of public channels.
    is_discoverable: NotRequired[bool]
    # What joining a public channel takes; empty for none.
    access_code: NotRequired[str]
    # Who else operates it.
    operator_ids: NotRequired[Many[str]]
    # By user id: who is asked in any case, and who is a member in any case.
    invitation_status: NotRequired[Mapping[str, Literal["invited_by_friend", "invited_by_non_friend", "joined"]]]
    # By user id: whether it is hidden for them from the beginning.
    hidden_status: NotRequired[Mapping[str, Literal["hidden_allow_auto_unhide", "hidden_prevent_auto_unhide", "unhidden"]]]
    # Your own name for this call: who repeats it gets the first result, and nothing is done twice.
    req_id: NotRequired[str]


class ChannelsDecline(TypedDict):
    """The channel to which the caller is invited, or the user whom a backend names."""

    # The channel.
    channel_url: str


class ChannelsDelete(TypedDict):
    """The channel to delete, with its messages."""

    # The channel.
    channel_url: str


class ChannelsFreeze(TypedDict):
    """Whether a channel is to be frozen."""

    # The channel.
    channel_url: str
    # Whether only operators may write from now on.
    freeze: bool


class ChannelsHide(TypedDict):
    """A channel to hide; with `allow_auto_unhide` until a message comes that is not silent.

A backend names the member, or hides it for all there are now. With `hide_previous_messages` the history is reset
too."""

    # The channel.
    channel_url: str
    # Whether the next message that is not silent brings the channel back.
    allow_auto_unhide: NotRequired[bool]
    # Whether the history is reset too.
    hide_previous_messages: NotRequired[bool]


class ChannelsInvite(TypedDict):
    """Users to bring into a channel. Who prefers to decide is asked, and who is to be by `invitation_status`.

A backend can have users join in spite of what they prefer (`joined`)."""

    # The channel.
    channel_url: str
    # Whom to invite.
    user_ids: NotRequired[Many[str]]
    # The same as `user_ids`, as objects with a `user_id`.
    users: NotRequired[Many[Mapping[str, Any]]]
    # By user id: who is asked in any case, and who is a member in any case.
    invitation_status: NotRequired[Mapping[str, Literal["invited_by_friend", "invited_by_non_friend", "joined"]]]
    # By user id: whether it is hidden for them from the beginning.
    hidden_status: NotRequired[Mapping[str, Literal["hidden_allow_auto_unhide", "hidden_prevent_auto_unhide", "unhidden"]]]


class ChannelsJoin(TypedDict):
    """A public channel to join, with its access code when it has one."""

    # The channel.
    channel_url: str
    # The channel's access code, when it has one.
    access_code: NotRequired[str]


class ChannelsLeave(TypedDict):
    """Users who cease to be members: a client itself, or the users whom a backend or an operator names.

Invitations of named users are canceled. Who leaves by choice and comes back is an operator again, unless
`should_remove_operator_status`. `reason` is for backends."""

    # The channel.
    channel_url: str
    # Who is to leave; absent for a client itself.
    user_ids: NotRequired[Many[str] | None]
    # Whether who comes back is no operator any more.
    should_remove_operator_status: NotRequired[bool]


class ChannelsLeaveAll(TypedDict):
    """The user who leaves all channels, or those of a custom type."""

    # Only channels of this custom type; absent for all.
    custom_type: NotRequired[str | None]


class ChannelsList(TypedDict):
    """A page of one user's channels."""

    # The `next` of the page before; absent for the first.
    token: NotRequired[str]
    # How many at most.
    limit: NotRequired[int]
    # In which order.
    order: NotRequired[Literal["channel_name_alphabetical", "chronological", "latest_last_message", "metadata_value_alphabetical"]]
    # The item of metadata to order by.
    metadata_order_key: NotRequired[str]
    # Whether channels without messages are listed too.
    show_empty: NotRequired[bool]
    # Whether frozen channels are listed too.
    show_frozen: NotRequired[bool]
    # Whether to show the members.
    show_member: NotRequired[bool]
    # Whether to show how far members have read.
    show_read_receipt: NotRequired[bool]
    # Whether to show up to when messages have reached members.
    show_delivery_receipt: NotRequired[bool]
    # Whether to show the metadata.
    show_metadata: NotRequired[bool]
    # Channels that are distinct, those that are not, or all.
    distinct_mode: NotRequired[Literal["all", "distinct", "nondistinct"]]
    # Channels that are public, those that are private, or all.
    public_mode: NotRequired[Literal["all", "private", "public"]]
    # Channels that are super, those that are not, or all.
    super_mode: NotRequired[Literal["all", "nonsuper", "super"]]
    # Only these channels.
    channel_urls: NotRequired[Many[str] | None]
    # Of one of these custom types.
    custom_types: NotRequired[Many[str] | None]
    # Whose custom type begins so.
    custom_type_startswith: NotRequired[str | None]
    # Which are called exactly so.
    name: NotRequired[str | None]
    # Which have this in their name, in whatever case.
    name_contains: NotRequired[str | None]
    # Whose name begins so, in whatever case.
    name_startswith: NotRequired[str | None]
    # Made after this time, in milliseconds.
    created_after: NotRequired[int | None]
    # Made before this time, in milliseconds.
    created_before: NotRequired[int | None]
    # With these members and no others.
    members_exactly_in: NotRequired[Many[str] | None]
    # With these members, see `query_type`.
    members_include_in: NotRequired[Many[str] | None]
    # With `AND` all of `members_include_in`, with `OR` one of them.
    query_type: NotRequired[Literal["AND", "OR"]]
    # With a member who is called so.
    members_nickname: NotRequired[str]
    # With a member who has this in what they are called.
    members_nickname_contains: NotRequired[str]
    # With a member whose nickname begins so.
    members_nickname_startswith: NotRequired[str]
    # What is in the name of the channel or in a member's nickname.
    search_query: NotRequired[str]
    # Where to look for `search_query`.
    search_fields: NotRequired[Many[Literal["channel_name", "member_nickname"]]]
    # The item of metadata that the filters below are about.
    metadata_key: NotRequired[str]
    # Whose item is one of these.
    metadata_values: NotRequired[Many[str] | None]
    # Whose item begins so.
    metadata_value_startswith: NotRequired[str | None]
    # The counter that the filters below are about.
    metacounter_key: NotRequired[str]
    # Whose counter is one of these.
    metacounter_values: NotRequired[Many[int] | None]
    # Whose counter is above this.
    metacounter_value_gt: NotRequired[int | None]
    # Whose counter is this or above.
    metacounter_value_gte: NotRequired[int | None]
    # Whose counter is below this.
    metacounter_value_lt: NotRequired[int | None]
    # Whose counter is this or below.
    metacounter_value_lte: NotRequired[int | None]
    # Channels that are hidden, those that are not, or all.
    hidden_mode: NotRequired[Literal["all", "hidden_allow_auto_unhide", "hidden_only", "hidden_prevent_auto_unhide", "unhidden_only"]]
    # Those where the user is a member or is invited, or all.
    member_state_filter: NotRequired[Literal["all", "invited_by_friend", "invited_by_non_friend", "invited_only", "joined_only"]]
    # Only channels with unread messages, or all.
    unread_filter: NotRequired[Literal["all", "unread_message"]]


class ChannelsListPublic(TypedDict):
    """A page of public channels, the newest first."""

    # The `next` of the page before; absent for the first.
    token: NotRequired[str]
    # How many at most.
    limit: NotRequired[int]
    # Whether frozen channels are listed too.
    show_frozen: NotRequired[bool]
    # Whether to show the metadata.
    show_metadata: NotRequired[bool]
    # Of one of these custom types.
    custom_types: NotRequired[Many[str] | None]
    # Whose custom type begins so.
    custom_type_startswith: NotRequired[str]
    # Which have this in their name, in whatever case.
    name_contains: NotRequired[str]
    # Whose name begins so, in whatever case.
    name_startswith: NotRequired[str]


class ChannelsMarkAllRead(TypedDict):
    """The channels that have been read to their end; absent for all."""

    # Only these channels; absent for all.
    channel_urls: NotRequired[Many[str] | None]


class ChannelsMarkDelivered(TypedDict):
    """Which message has arrived; absent for all that there are."""

    # The channel.
    channel_url: str
    # The last message that has arrived; absent for all that there are.
    message_id: NotRequired[int]


class ChannelsMarkRead(TypedDict):
    """How far a channel has been read: to a message, to a time, or to its end."""

    # The channel.
    channel_url: str
    # The last message that was read.
    message_id: NotRequired[int]
    # The time up to which was read, in milliseconds.
    timestamp: NotRequired[int | None]


class ChannelsMarkUnread(TypedDict):
    """The first message that is to be unread."""

    # The channel.
    channel_url: str
    # The first message that is to be unread.
    message_id: int


class ChannelsReport(TypedDict):
    """The channel, and perhaps who offends in it."""

    # Why: `suspicious`, `harassing`, `inappropriate` or `spam`.
    report_category: Literal["harassing", "inappropriate", "spam", "suspicious"]
    # More about it, in words.
    report_description: NotRequired[str]
    # The channel.
    channel_url: str
    # The user whom it is about.
    offending_user_id: NotRequired[str]


class ChannelsResetHistory(TypedDict):
    """A channel of which to see only what comes from now on; a backend names the member, or all."""

    # The channel.
    channel_url: str


class ChannelsSearch(TypedDict):
    """A page of one user's channels."""

    # The `next` of the page before; absent for the first.
    token: NotRequired[str]
    # How many at most.
    limit: NotRequired[int]
    # In which order.
    order: NotRequired[Literal["channel_name_alphabetical", "chronological", "latest_last_message", "metadata_value_alphabetical"]]
    # The item of metadata to order by.
    metadata_order_key: NotRequired[str]
    # Whether channels without messages are listed too.
    show_empty: NotRequired[bool]
    # Whether frozen channels are listed too.
    show_frozen: NotRequired[bool]
    # Whether to show the members.
    show_member: NotRequired[bool]
    # Whether to show how far members have read.
    show_read_receipt: NotRequired[bool]
    # Whether to show up to when messages have reached members.
    show_delivery_receipt: NotRequired[bool]
    # Whether to show the metadata.
    show_metadata: NotRequired[bool]
    # Channels that are distinct, those that are not, or all.
    distinct_mode: NotRequired[Literal["all", "distinct", "nondistinct"]]
    # Channels that are public, those that are private, or all.
    public_mode: NotRequired[Literal["all", "private", "public"]]
    # Channels that are super, those that are not, or all.
    super_mode: NotRequired[Literal["all", "nonsuper", "super"]]
    # Only these channels.
    channel_urls: NotRequired[Many[str] | None]
    # Of one of these custom types.
    custom_types: NotRequired[Many[str] | None]
    # Whose custom type begins so.
    custom_type_startswith: NotRequired[str | None]
    # Which are called exactly so.
    name: NotRequired[str | None]
    # Which have this in their name, in whatever case.
    name_contains: NotRequired[str | None]
    # Whose name begins so, in whatever case.
    name_startswith: NotRequired[str | None]
    # Made after this time, in milliseconds.
    created_after: NotRequired[int | None]
    # Made before this time, in milliseconds.
    created_before: NotRequired[int | None]
    # With these members and no others.
    members_exactly_in: NotRequired[Many[str] | None]
    # With these members, see `query_type`.
    members_include_in: NotRequired[Many[str] | None]
    # With `AND` all of `members_include_in`, with `OR` one of them.
    query_type: NotRequired[Literal["AND", "OR"]]
    # With a member who is called so.
    members_nickname: NotRequired[str]
    # With a member who has this in what they are called.
    members_nickname_contains: NotRequired[str]
    # With a member whose nickname begins so.
    members_nickname_startswith: NotRequired[str]
    # What is in the name of the channel or in a member's nickname.
    search_query: NotRequired[str]
    # Where to look for `search_query`.
    search_fields: NotRequired[Many[Literal["channel_name", "member_nickname"]]]
    # The item of metadata that the filters below are about.
    metadata_key: NotRequired[str]
    # Whose item is one of these.
    metadata_values: NotRequired[Many[str] | None]
    # Whose item begins so.
    metadata_value_startswith: NotRequired[str | None]
    # The counter that the filters below are about.
    metacounter_key: NotRequired[str]
    # Whose counter is one of these.
    metacounter_values: NotRequired[Many[int] | None]
    # Whose counter is above this.
    metacounter_value_gt: NotRequired[int | None]
    # Whose counter is this or above.
    metacounter_value_gte: NotRequired[int | None]
    # Whose counter is below this.
    metacounter_value_lt: NotRequired[int | None]
    # Whose counter is this or below.
    metacounter_value_lte: NotRequired[int | None]
    # Channels that are hidden, those that are not, or all.
    hidden_mode: NotRequired[Literal["all", "hidden_allow_auto_unhide", "hidden_only", "hidden_prevent_auto_unhide", "unhidden_only"]]
    # Those where the user is a member or is invited, or all.
    member_state_filter: NotRequired[Literal["all", "invited_by_friend", "invited_by_non_friend", "invited_only", "joined_only"]]
    # Only channels with unread messages, or all.
    unread_filter: NotRequired[Literal["all", "unread_message"]]


class ChannelsTyping(TypedDict):
    """Whether the caller, or the users whom a backend names, are writing in a channel."""

    # The channel.
    channel_url: str
    # Whether they write, or do no more.
    typing: NotRequired[bool]


class ChannelsUnhide(TypedDict):
    """A channel to hide no more; a backend names the member, or all."""

    # The channel.
    channel_url: str


class ChannelsUnreadCount(TypedDict):
    """Members whose unread messages to count; absent for the first 100. A client counts its own."""

    # The channel.
    channel_url: str
    # Members to count for; absent for the first 100.
    user_ids: NotRequired[Many[str] | None]


class ChannelsUpdate(TypedDict):
    """What is to change about a channel; what is absent stays.

For backends, how long messages are kept, in seconds, and how many of them: -1 for ever and for all, 0 as the
application has it."""

    # The channel.
    channel_url: str
    # Its name.
    name: NotRequired[str | None]
    # The address of a picture.
    cover_url: NotRequired[str | None]
    # A text of your own, to tell kinds apart.
    custom_type: NotRequired[str | None]
    # A text of your own, which chatd does not read.
    data: NotRequired[str | None]
    # Whether anybody may join.
    is_public: NotRequired[bool | None]
    # Whether who makes a channel of the same people again gets this one.
    is_distinct: NotRequired[bool | None]
    # Whether it may have more than 100 members.
    is_super: NotRequired[bool | None]
    # Whether a public channel is in lists of public channels.
    is_discoverable: NotRequired[bool | None]
    # What joining a public channel takes; empty for none.
    access_code: NotRequired[str | None]
    # All who are to operate it from now on.
    operator_ids: NotRequired[Many[str] | None]
    # For how many seconds messages are kept; -1 for ever, 0 as the application has it.
    message_survival_seconds: NotRequired[int | None]
    # How many messages are kept; -1 for all, 0 as the application has it.
    message_survival_count: NotRequired[int | None]


class ChannelsUpdateCountPreference(TypedDict):
    """What of the channel to count; `false` is an older name of `off`."""

    # The channel.
    channel_url: str
    # What of the channel to count.
    count_preference: Literal["all", "false", "off", "unread_mentioned_count_only", "unread_message_count_only"]


class ChannelsUpdatePushPreference(TypedDict):
    """How to notify the member; `default` is as the user wants it in all channels. `enable` is older: all or none."""

    # The channel.
    channel_url: str
    # Which messages to be notified of.
    push_trigger_option: NotRequired[Literal["all", "default", "mention_only", "off"] | None]
    # What an application is to play; a text of your own.
    push_sound: NotRequired[str | None]
    # An older form: `all` or `off`.
    enable: NotRequired[bool | None]


class ChannelsView(TypedDict):
    """The channel to look at; with `user_id` a backend sees it as that member does."""

    # The channel.
    channel_url: str
    # Whether to show the members.
    show_member: NotRequired[bool]
    # Whether to show how far members have read.
    show_read_receipt: NotRequired[bool]
    # Whether to show up to when messages have reached members.
    show_delivery_receipt: NotRequired[bool]
    # Whether to show the metadata.
    show_metadata: NotRequired[bool]


class ChannelsViewCountPreference(TypedDict):
    """The channel, and for backends the member."""

    # The channel.
    channel_url: str


class ChannelsViewPushPreference(TypedDict):
    """The channel, and for backends the member."""

    # The channel.
    channel_url: str


class ConnectionsCut(TypedDict):
    """The connections to close: all of a user, or the one with a client id."""

    # The connection, as its connect reply calls it; absent for all of the user.
    client_id: NotRequired[str]
    # Whether the clients may come back.
    reconnect: NotRequired[bool]


class DraftsDelete(TypedDict):
    """Where a draft is to be removed."""

    # The channel.
    channel_url: str
    # The message whose thread it belongs to; 0 for the channel itself.
    parent_message_id: NotRequired[int]


class DraftsList(TypedDict):
    """A page of the caller's drafts, of all channels or of one."""

    # The channel.
    channel_url: NotRequired[str]
    # The `next` of the page before; absent for the first.
    token: NotRequired[str]
    # How many at most.
    limit: NotRequired[int]


class DraftsSet(TypedDict):
    """What the caller has begun to write in a channel, or in the thread of a message. Without a text it is removed."""

    # The channel.
    channel_url: str
    # What was written so far.
    message: NotRequired[str]
    # What belongs to the text, in a form of your own.
    data: NotRequired[str]
    # The message whose thread it belongs to; 0 for the channel itself.
    parent_message_id: NotRequired[int]


class EmojiCategoriesView(TypedDict):
    """A category."""

    # The category.
    category_id: int


class EmojisView(TypedDict):
    """An emoji."""

    # The emoji, by the reaction that it stands for.
    emoji_key: str


class FilesList(TypedDict):
    """A page of the messages of a channel that have files, replies among them."""

    # The channel.
    channel_url: str
    # The `next` of the page before; absent for the first.
    token: NotRequired[str]
    # How many at most.
    limit: NotRequired[int]


class IncomingWebhooksCreate(TypedDict):
    """A new address of a channel, and what the one who posts there is called and looks like."""

    # The channel.
    channel_url: str
    # What the one who posts is called.
    name: str
    # The address of their picture.
    profile_url: NotRequired[str]


class IncomingWebhooksList(TypedDict):
    """The channel whose addresses to list."""

    # The channel.
    channel_url: str


class IncomingWebhooksRevoke(TypedDict):
    """The address of a channel to end, by the id of its user."""

    # The channel.
    channel_url: str
    # The user that posts for the incoming webhook.
    webhook_id: str


class MembersList(TypedDict):
    """A page of members and invited users; filters combine."""

    # The channel.
    channel_url: str
    # The `next` of the page before; absent for the first.
    token: NotRequired[str]
    # How many at most.
    limit: NotRequired[int]
    # In which order.
    order: NotRequired[Literal["member_nickname_alphabetical", "operator_then_member_alphabetical"]]
    # Operators, those who are none, or all.
    operator_filter: NotRequired[Literal["all", "nonoperator", "operator"]]
    # Members, or those who are invited, or all.
    member_state_filter: NotRequired[Literal["all", "invited_only", "joined_only"]]
    # Members who are muted, those who are not, or all.
    muted_member_filter: NotRequired[Literal["all", "muted", "unmuted"]]
    # Members who are activated, those who are not, or all.
    member_active_mode_filter: NotRequired[Literal["activated", "all", "deactivated"]]
    # Whose nickname begins so, in whatever case.
    nickname_startswith: NotRequired[str]
    # Only these users.
    user_ids: NotRequired[Many[str] | None]
    # Whether to show how far members have read.
    show_read_receipt: NotRequired[bool]
    # Whether to show up to when messages have reached members.
    show_delivery_receipt: NotRequired[bool]
    # Whose blocks to show, of and by each member; a client can only name itself.
    user_id: NotRequired[str]


class MembersView(TypedDict):
    """A user who may be a member."""

    # The channel.
    channel_url: str
    # The user.
    user_id: str


class MessagesChanges(TypedDict):
    """Since when: the `next` of the answer before, or a time. Without either nothing has changed yet."""

    # Whether to show reactions.
    include_reactions: NotRequired[bool]
    # Whether to show how threads stand.
    include_thread_info: NotRequired[bool]
    # Whether to show of replies what they reply to.
    include_parent_message_info: NotRequired[bool]
    # Whether to show sorted meta arrays.
    with_sorted_meta_array: NotRequired[bool]
    # Whether to show polls.
    include_poll_details: NotRequired[bool]
    # The channel.
    channel_url: str
    # The `next` of the page before; absent for the first.
    token: NotRequired[str]
    # A time in milliseconds, in the place of a first `token`.
    change_ts: NotRequired[int | None]
    # How many at most.
    limit: NotRequired[int]


class MessagesCopy(TypedDict):
    """A message that the caller may read, and a channel to which they may write."""

    # The channel.
    channel_url: str
    # The message.
    message_id: int
    # The channel to send it to.
    target_channel_url: str
    # Your own name for this call: who repeats it gets the first result, and nothing is done twice.
    req_id: NotRequired[str]


class MessagesCount(TypedDict):
    """The channel whose messages to count."""

    # The channel.
    channel_url: str


class MessagesCreateMetaarray(TypedDict):
    """Keys that the message does not have yet, with their values; they go to the end."""

    # The channel.
    channel_url: str
    # The message.
    message_id: int
    # Lists of texts by their keys, in an order.
    sorted_metaarray: Many[MetaItem]


class MessagesDelete(TypedDict):
    """The message to delete."""

    # The channel.
    channel_url: str
    # The message.
    message_id: int


class MessagesDeleteMetaarray(TypedDict):
    """Keys to remove; absent for all."""

    # The channel.
    channel_url: str
    # The message.
    message_id: int
    # Only these keys; absent for all.
    keys: NotRequired[Many[str] | None]


class MessagesList(TypedDict):
    """Up to `prev_limit` messages before a message or a time, those at it, and up to `next_limit` after it.

With `parent_message_id` they are the replies of a thread."""

    # Whether to show reactions.
    include_reactions: NotRequired[bool]
    # Whether to show how threads stand.
    include_thread_info: NotRequired[bool]
    # Whether to show of replies what they reply to.
    include_parent_message_info: NotRequired[bool]
    # Whether to show sorted meta arrays.
    with_sorted_meta_array: NotRequired[bool]
    # Whether to show polls.
    include_poll_details: NotRequired[bool]
    # The channel.
    channel_url: str
    # The time around which to list, in milliseconds.
    message_ts: NotRequired[int | None]
    # The message around which to list, in the place of `message_ts`.
    message_id: NotRequired[int]
    # How many earlier ones at most.
    prev_limit: NotRequired[int]
    # How many later ones at most.
    next_limit: NotRequired[int]
    # Whether the message or the time itself belongs to the page.
    include: NotRequired[bool]
    # Whether the order is turned round.
    reverse: NotRequired[bool]
    # Whether deleted messages are listed too, without what they said.
    including_removed: NotRequired[bool]
    # Sent by this user.
    sender_id: NotRequired[str]
    # Sent by one of these users.
    sender_ids: NotRequired[Many[str] | None]
    # Of one of these custom types.
    custom_types: NotRequired[Many[str] | None]
    # A text (`MESG`), files (`FILE`), or from the backend (`ADMM`).
    message_type: NotRequired[Literal["", "ADMM", "FILE", "MESG"]]
    # The message whose replies to list; 0 for the channel's messages.
    parent_message_id: NotRequired[int]
    # Whether replies are listed: `NONE`, `ALL`, or those that were sent to the channel too.
    include_reply_type: NotRequired[Literal["ALL", "NONE", "ONLY_REPLY_TO_CHANNEL"]]


class MessagesPin(TypedDict):
    """A message of a channel."""

    # The channel.
    channel_url: str
    # The message.
    message_id: int


class MessagesReaders(TypedDict):
    """The message, and whom to list."""

    # The channel.
    channel_url: str
    # The message.
    message_id: int
    # Who has it `read` or `unread`, whom it has reached (`delivered`) or not.
    state: NotRequired[Literal["delivered", "read", "undelivered", "unread"]]
    # The `next` of the page before; absent for the first.
    token: NotRequired[str]
    # How many at most.
    limit: NotRequired[int]


class MessagesReport(TypedDict):
    """The message, and perhaps who has sent it."""

    # Why: `suspicious`, `harassing`, `inappropriate` or `spam`.
    report_category: Literal["harassing", "inappropriate", "spam", "suspicious"]
    # More about it, in words.
    report_description: NotRequired[str]
    # The channel.
    channel_url: str
    # The message.
    message_id: int
    # The user whom it is about.
    offending_user_id: NotRequired[str]


class MessagesSearch(TypedDict):
    """What to look for, and where. A client sees what it may read; so does a backend that names `user_id`."""

    # Whether to show reactions.
    include_reactions: NotRequired[bool]
    # Whether to show how threads stand.
    include_thread_info: NotRequired[bool]
    # Whether to show of replies what they reply to.
    include_parent_message_info: NotRequired[bool]
    # Whether to show sorted meta arrays.
    with_sorted_meta_array: NotRequired[bool]
    # Whether to show polls.
    include_poll_details: NotRequired[bool]
    # What to look for.
    query: str
    # Whether the words have to stand side by side, as they are written.
    exact_match: NotRequired[bool]
    # Only this channel; absent for all.
    channel_url: NotRequired[str]
    # Only these channels.
    channel_urls: NotRequired[Many[str]]
    # Sent by one of these users.
    sender_ids: NotRequired[Many[str] | None]
    # Of one of these custom types.
    custom_types: NotRequired[Many[str] | None]
    # Only messages with files, or only those without.
    has_files: NotRequired[bool | None]
    # Sent at this time or later, in milliseconds.
    message_ts_from: NotRequired[int | None]
    # Sent at this time or before, in milliseconds.
    message_ts_to: NotRequired[int | None]
    # The best first, or the newest.
    sort_field: NotRequired[Literal["score", "ts"]]
    # Whether the order is turned round.
    reverse: NotRequired[bool]
    # How many at most.
    limit: NotRequired[int]
    # The `next` of the page before; absent for the first.
    token: NotRequired[str]
    # A cursor of an earlier answer: what comes after that result.
    after: NotRequired[str]


class MessagesSend(TypedDict):
    """A message to a channel: a text, or files, perhaps with a text.

A client sends for itself; a backend names `user_id`, or sends ADMM for nobody. `url` and those after it are a
single file that is kept elsewhere, as `files` may have several. With `message_survival_seconds` it disappears.
What backends send is filtered only with `apply_filters`.
A backend may say when it was sent, in `created_at`: a time that is over."""

    # The channel.
    channel_url: str
    # The text.
    message: NotRequired[str]
    # A text (`MESG`), files (`FILE`), or from the backend (`ADMM`).
    message_type: NotRequired[Literal["ADMM", "FILE", "MESG"]]
    # A text of your own, to tell kinds apart.
    custom_type: NotRequired[str]
    # A text of your own, which chatd does not read.
    data: NotRequired[str]
    # Your own name for this call: who repeats it gets the first result, and nothing is done twice.
    req_id: NotRequired[str]
    # Whether those in `mentioned_user_ids` are mentioned, or all of the channel.
    mention_type: NotRequired[Literal["channel", "users"]]
    # Who is mentioned.
    mentioned_user_ids: NotRequired[Many[str]]
    # Whether it counts as unread for nobody.
    is_silent: NotRequired[bool]
    # The message to reply to; 0 for none.
    parent_message_id: NotRequired[int]
    # Whether a reply is listed among the channel's messages too.
    reply_to_channel: NotRequired[bool]
    # Files that were uploaded, or are kept elsewhere.
    files: NotRequired[Many[Sent]]
    # Where a file is kept that was not uploaded.
    url: NotRequired[str]
    # What a file that is kept elsewhere is called.
    file_name: NotRequired[str]
    # The media type of a file that is kept elsewhere.
    file_type: NotRequired[str]
    # How large a file that is kept elsewhere is, in bytes.
    file_size: NotRequired[int]
    # After how many seconds it disappears; -1 for never.
    message_survival_seconds: NotRequired[int]
    # Lists of texts by their keys, in an order.
    sorted_metaarray: NotRequired[Many[MetaItem]]
    # Whether to pin it at once.
    pin_message: NotRequired[bool]
    # The poll that the message shows; 0 for none.
    poll_id: NotRequired[int]
    # Whether devices are told; absent for true, but for admin messages.
    send_push: NotRequired[bool | None]
    # Of a critical alert: `name` or `sound`, and `volume` from 0 to 1.
    apple_critical_alert_options: NotRequired[CriticalAlert | None]
    # Whether the sender has read the channel then.
    mark_as_read: NotRequired[bool]


class MessagesTranslate(TypedDict):
    """A message of a channel, and the languages that it is wanted in."""

    # The channel.
    channel_url: str
    # The message.
    message_id: int
    # The languages, as tags such as `de` or `pt-BR`.
    target_langs: Many[str]


class MessagesUnpin(TypedDict):
    """A message of a channel."""

    # The channel.
    channel_url: str
    # The message.
    message_id: int


class MessagesUpdate(TypedDict):
    """What is to change about a message; what is absent stays."""

    # The channel.
    channel_url: str
    # The message.
    message_id: int
    # A text (`MESG`), files (`FILE`), or from the backend (`ADMM`).
    message_type: NotRequired[Literal["ADMM", "FILE", "MESG"]]
    # The text.
    message: NotRequired[str | None]
    # A text of your own, to tell kinds apart.
    custom_type: NotRequired[str | None]
    # A text of your own, which chatd does not read.
    data: NotRequired[str | None]
    # Whether those in `mentioned_user_ids` are mentioned, or all of the channel.
    mention_type: NotRequired[Literal["channel", "users"] | None]
    # Who is mentioned.
    mentioned_user_ids: NotRequired[Many[str] | None]
    # Lists of texts by their keys, in an order.
    sorted_metaarray: NotRequired[Many[MetaItem] | None]


class MessagesUpdateMetaarray(TypedDict):
    """Values to add to keys or to take from them; with `upsert`, a key that is not there is made by adding."""

    # The channel.
    channel_url: str
    # The message.
    message_id: int
    # Lists of texts by their keys, in an order.
    sorted_metaarray: Many[MetaItem]
    # Whether values are added to keys or removed from them.
    mode: NotRequired[Literal["add", "remove"]]
    # Whether keys that there are not are created, or passed over.
    upsert: NotRequired[bool]


class MessagesView(TypedDict):
    """A message of a channel."""

    # Whether to show reactions.
    include_reactions: NotRequired[bool]
    # Whether to show how threads stand.
    include_thread_info: NotRequired[bool]
    # Whether to show of replies what they reply to.
    include_parent_message_info: NotRequired[bool]
    # Whether to show sorted meta arrays.
    with_sorted_meta_array: NotRequired[bool]
    # Whether to show polls.
    include_poll_details: NotRequired[bool]
    # The channel.
    channel_url: str
    # The message.
    message_id: int


class MetacountersCreate(TypedDict):
    """New counters of a channel, each with where it begins."""

    # The channel.
    channel_url: str
    # Counters by their keys.
    metacounter: Mapping[str, int]


class MetacountersDelete(TypedDict):
    """The item to delete, or all."""

    # The channel.
    channel_url: str
    # Only this key; absent for all, or for those in `keys`.
    key: NotRequired[str]


class MetacountersUpdate(TypedDict):
    """What counters are set to, or by how much they increase or decrease.

Those that there are not are passed over, or with `upsert` begin at 0."""

    # The channel.
    channel_url: str
    # Counters by their keys.
    metacounter: Mapping[str, int]
    # Whether counters are set, or increased or decreased by what is given.
    mode: NotRequired[Literal["decrease", "increase", "set"]]
    # Whether keys that there are not are created, or passed over.
    upsert: NotRequired[bool]


class MetacountersView(TypedDict):
    """One item, those of several keys that there are, or all."""

    # The channel.
    channel_url: str
    # Only this key; absent for all, or for those in `keys`.
    key: NotRequired[str]
    # Only these keys; absent for all.
    keys: NotRequired[Many[str] | None]


class MutesAdd(TypedDict):
    """Whom to mute, for how many seconds (-1: ten years), and why. `agent_id` is for whom a backend does it."""

    # The channel.
    channel_url: str
    # The user.
    user_id: str
    # For how many seconds from now; -1 for ten years.
    seconds: NotRequired[int]
    # Why, which the channel is told.
    description: NotRequired[str]


class MutesList(TypedDict):
    """A page of the users who are muted in a channel."""

    # The channel.
    channel_url: str
    # The `next` of the page before; absent for the first.
    token: NotRequired[str]
    # How many at most.
    limit: NotRequired[int]
    # Whether to say how many there are.
    show_total_mute_count: NotRequired[bool]


class MutesListChannels(TypedDict):
    """A page of the channels in which a user is muted."""

    # The `next` of the page before; absent for the first.
    token: NotRequired[str]
    # How many at most.
    limit: NotRequired[int]


class MutesRemove(TypedDict):
    """Who may write again."""

    # The channel.
    channel_url: str
    # The user.
    user_id: str


class MutesView(TypedDict):
    """Whose mute to look at; a client's own without `user_id`."""

    # The channel.
    channel_url: str
    # The user; absent for a client itself.
    user_id: NotRequired[str]


class OpenChannelsCreate(TypedDict):
    """A new open channel. A client is always one of its operators; a backend names them all."""

    # Its name.
    name: NotRequired[str]
    # What the channel is to be called; absent for a random one.
    channel_url: NotRequired[str | None]
    # The address of a picture.
    cover_url: NotRequired[str]
    # A text of your own, to tell kinds apart.
    custom_type: NotRequired[str]
    # A text of your own, which chatd does not read.
    data: NotRequired[str]
    # Who else operates it.
    operator_ids: NotRequired[Many[str]]
    # Your own name for this call: who repeats it gets the first result, and nothing is done twice.
    req_id: NotRequired[str]


class OpenChannelsDelete(TypedDict):
    """The open channel to delete, with its messages."""

    # The channel.
    channel_url: str


class OpenChannelsFreeze(TypedDict):
    """Whether an open channel is to be frozen."""

    # The channel.
    channel_url: str
    # Whether only operators may write from now on.
    freeze: bool


class OpenChannelsList(TypedDict):
    """A page of open channels; filters combine. Names and URLs are compared without difference of case."""

    # The `next` of the page before; absent for the first.
    token: NotRequired[str]
    # How many at most.
    limit: NotRequired[int]
    # Only these channels.
    channel_urls: NotRequired[Many[str] | None]
    # Of one of these custom types.
    custom_types: NotRequired[Many[str] | None]
    # Which have this in their name, in whatever case.
    name_contains: NotRequired[str]
    # Which have this in their URL.
    url_contains: NotRequired[str]
    # Whether frozen channels are listed too.
    show_frozen: NotRequired[bool]
    # Whether to show the metadata.
    show_metadata: NotRequired[bool]


class OpenChannelsParticipants(TypedDict):
    """A page of the users who are in an open channel now."""

    # The channel.
    channel_url: str
    # The `next` of the page before; absent for the first.
    token: NotRequired[str]
    # How many at most.
    limit: NotRequired[int]
    # Whether the order is turned round.
    reverse: NotRequired[bool]


class OpenChannelsUpdate(TypedDict):
    """What is to change about an open channel; what is absent stays."""

    # The channel.
    channel_url: str
    # Its name.
    name: NotRequired[str | None]
    # The address of a picture.
    cover_url: NotRequired[str | None]
    # A text of your own, to tell kinds apart.
    custom_type: NotRequired[str | None]
    # A text of your own, which chatd does not read.
    data: NotRequired[str | None]
    # Who is meant.
    operator_ids: NotRequired[Many[str] | None]


class OpenChannelsView(TypedDict):
    """The open channel to look at."""

    # The channel.
    channel_url: str
    # Whether to show the metadata.
    show_metadata: NotRequired[bool]


class OperatorsAdd(TypedDict):
    """Who become operators: members or invited users, of an open channel anybody."""

    # The channel.
    channel_url: str
    # Who is meant.
    operator_ids: Many[str]


class OperatorsList(TypedDict):
    """A page of a channel's operators."""

    # The channel.
    channel_url: str
    # The `next` of the page before; absent for the first.
    token: NotRequired[str]
    # How many at most.
    limit: NotRequired[int]


class OperatorsRemove(TypedDict):
    """Operators who cease to be that: those named, or all."""

    # The channel.
    channel_url: str
    # Who is meant.
    operator_ids: NotRequired[Many[str]]
    # All operators, in the place of `operator_ids`.
    delete_all: NotRequired[bool]


class PermissionsUpdate(TypedDict):
    """Which deeds members may do in a channel, and which not; null is as the application has it. Others stay."""

    # The channel.
    channel_url: str
    # What members may do (true) or not (false), by what it is; null says nothing of it.
    permissions: Mapping[str, bool | None]


class PermissionsView(TypedDict):
    """The channel."""

    # The channel.
    channel_url: str


class PinsList(TypedDict):
    """The channel whose pinned messages to list."""

    # Whether to show reactions.
    include_reactions: NotRequired[bool]
    # Whether to show how threads stand.
    include_thread_info: NotRequired[bool]
    # Whether to show of replies what they reply to.
    include_parent_message_info: NotRequired[bool]
    # Whether to show sorted meta arrays.
    with_sorted_meta_array: NotRequired[bool]
    # Whether to show polls.
    include_poll_details: NotRequired[bool]
    # The channel.
    channel_url: str


class PollsAddOption(TypedDict):
    """A new option; a backend names in `user_id` who suggests it, or adds it for the maker of the poll."""

    # The poll.
    poll_id: int
    # What the option says.
    text: str


class PollsClose(TypedDict):
    """A poll."""

    # The poll.
    poll_id: int


class PollsCreate(TypedDict):
    """A new poll. It closes at `close_at`, in seconds, or with -1 when somebody closes it.

A backend names its maker in `user_id`."""

    # What is asked.
    title: str
    # What there is to choose.
    options: Many[str]
    # Whether who may vote may add options.
    allow_user_suggestion: NotRequired[bool]
    # Whether a voter may choose several options.
    allow_multiple_votes: NotRequired[bool]
    # Whether nobody learns who has chosen what.
    is_anonymous: NotRequired[bool]
    # When the poll closes, in seconds; -1 when somebody closes it.
    close_at: NotRequired[int]
    # Texts of your own by their keys.
    data: NotRequired[Mapping[str, str]]
    # Your own name for this call: who repeats it gets the first result, and nothing is done twice.
    req_id: NotRequired[str]


class PollsDelete(TypedDict):
    """A poll."""

    # The poll.
    poll_id: int


class PollsDeleteOption(TypedDict):
    """An option of a poll."""

    # The poll.
    poll_id: int
    # The option, as its poll calls it.
    option_id: int


class PollsList(TypedDict):
    """The channel whose polls to list; absent for those of the caller that no message shows yet."""

    # The channel.
    channel_url: NotRequired[str | None]
    # The `next` of the page before; absent for the first.
    token: NotRequired[str]
    # How many at most.
    limit: NotRequired[int]


class PollsListVoters(TypedDict):
    """The option whose voters to list."""

    # The poll.
    poll_id: int
    # The option, as its poll calls it.
    option_id: int
    # The `next` of the page before; absent for the first.
    token: NotRequired[str]
    # How many at most.
    limit: NotRequired[int]


class PollsUpdate(TypedDict):
    """What is to change about a poll; what is absent stays."""

    # The poll.
    poll_id: int
    # What is asked.
    title: NotRequired[str | None]
    # Texts of your own by their keys.
    data: NotRequired[Mapping[str, str] | None]
    # Whether who may vote may add options.
    allow_user_suggestion: NotRequired[bool | None]
    # Whether a voter may choose several options.
    allow_multiple_votes: NotRequired[bool | None]
    # When the poll closes, in seconds; -1 when somebody closes it.
    close_at: NotRequired[int | None]


class PollsUpdateOption(TypedDict):
    """The new text of an option."""

    # The poll.
    poll_id: int
    # The option, as its poll calls it.
    option_id: int
    # What the option says.
    text: str


class PollsView(TypedDict):
    """The poll to look at; a backend may ask for what `user_id` has chosen."""

    # The poll.
    poll_id: int
    # Whether to show some of those who voted.
    show_partial_voter_list: NotRequired[bool]


class PollsViewOption(TypedDict):
    """An option of a poll."""

    # The poll.
    poll_id: int
    # The option, as its poll calls it.
    option_id: int


class PollsVote(TypedDict):
    """The whole new choice of the caller, or of the user whom a backend names; none takes it back."""

    # The poll.
    poll_id: int
    # The options to choose; none takes the vote back.
    option_ids: Many[int]


class PresenceQuery(TypedDict):
    """Users to ask about. Unknown ones are passed over."""

    # Only these users.
    user_ids: Many[str]


class PresenceUnwatch(TypedDict):
    """Users to hear no more of; absent for all."""

    # Whom to watch no more; absent for all.
    user_ids: NotRequired[Many[str] | None]


class PresenceWatch(TypedDict):
    """Users to ask about. Unknown ones are passed over."""

    # Only these users.
    user_ids: Many[str]


class PushChooseTemplate(TypedDict):
    """Which template is to be used for a user."""

    # The template.
    name: Literal["alternative", "default"]


class PushTokensAdd(TypedDict):
    """A device: its `token`, which for `web` is the endpoint of a subscription, for `http` and `ntfy` a URL."""

    # How the device is notified: `gcm` and `fcm` are the same.
    token_type: Literal["apns", "fcm", "gcm", "http", "huawei", "ntfy", "web"]
    # The token of the device; for `web` the endpoint, for `http` and `ntfy` a URL.
    token: NotRequired[str]
    # The token, under the name that the documentation has for Firebase.
    gcm_reg_token: NotRequired[str]
    # The token, under the name that the documentation has for devices of Apple.
    apns_device_token: NotRequired[str]
    # The token, under the name that the documentation has for devices of Huawei.
    huawei_device_token: NotRequired[str]
    # For `web`: the public key of the subscription, in base64url.
    p256dh: NotRequired[str]
    # For `web`: the secret of the subscription, in base64url.
    auth: NotRequired[str]


class PushTokensList(TypedDict):
    """Of which kind."""

    # How the device is notified: `gcm` and `fcm` are the same.
    token_type: Literal["apns", "fcm", "gcm", "http", "huawei", "ntfy", "web"]


class PushTokensRemove(TypedDict):
    """Which device."""

    # How the device is notified: `gcm` and `fcm` are the same.
    token_type: Literal["apns", "fcm", "gcm", "http", "huawei", "ntfy", "web"]
    # The token of the device; for `web` the endpoint, for `http` and `ntfy` a URL.
    token: str


class ReactionsAdd(TypedDict):
    """A reaction of the caller, or of the user whom a backend names: the name of an emoji, or the emoji itself."""

    # The channel.
    channel_url: str
    # The message.
    message_id: int
    # The name of an emoji, or the emoji itself.
    reaction: str


class ReactionsList(TypedDict):
    """The message whose reactions to list."""

    # The channel.
    channel_url: str
    # The message.
    message_id: int
    # Whether to list who reacted, in the place of their number.
    list_users: NotRequired[bool]


class ReactionsRemove(TypedDict):
    """A reaction of the caller, or of the user whom a backend names: the name of an emoji, or the emoji itself."""

    # The channel.
    channel_url: str
    # The message.
    message_id: int
    # The name of an emoji, or the emoji itself.
    reaction: str


class ReportsList(TypedDict):
    """A page of reports; filters combine. An operator names a channel."""

    # What happened at this time or later, in milliseconds.
    start_ts: NotRequired[int]
    # What happened before this time, in milliseconds.
    end_ts: NotRequired[int | None]
    # The `next` of the page before; absent for the first.
    token: NotRequired[str]
    # How many at most.
    limit: NotRequired[int]
    # Only reports of a `message`, a `user` or a `channel`.
    report_type: NotRequired[Literal["channel", "message", "user"] | None]
    # Only reports of this category.
    report_category: NotRequired[Literal["harassing", "inappropriate", "spam", "suspicious"] | None]
    # Only reports that are `open`, `resolved` or `dismissed`.
    report_status: NotRequired[Literal["dismissed", "open", "resolved"] | None]
    # Only reports about this user.
    offending_user_id: NotRequired[str]
    # The channel.
    channel_url: NotRequired[str]
    # The message.
    message_id: NotRequired[int]


class SavedAdd(TypedDict):
    """A message to put aside."""

    # The channel.
    channel_url: str
    # The message.
    message_id: int


class SavedList(TypedDict):
    """A page of what the caller put aside, of all channels or of one."""

    # Whether to show reactions.
    include_reactions: NotRequired[bool]
    # Whether to show how threads stand.
    include_thread_info: NotRequired[bool]
    # Whether to show of replies what they reply to.
    include_parent_message_info: NotRequired[bool]
    # Whether to show sorted meta arrays.
    with_sorted_meta_array: NotRequired[bool]
    # Whether to show polls.
    include_poll_details: NotRequired[bool]
    # The channel.
    channel_url: NotRequired[str]
    # The `next` of the page before; absent for the first.
    token: NotRequired[str]
    # How many at most.
    limit: NotRequired[int]


class SavedRemove(TypedDict):
    """A message to keep aside no longer; it may be gone."""

    # The message.
    message_id: int


class ScheduledMessagesCancel(TypedDict):
    """A scheduled message."""

    # The scheduled message.
    scheduled_message_id: int


class ScheduledMessagesCount(TypedDict):
    """Which scheduled messages are wanted: a client's own; for a backend all, or those of one sender."""

    # The channel.
    channel_url: NotRequired[str]
    # Sent by this user.
    sender_id: NotRequired[str]
    # In one of these states; none for all.
    status: NotRequired[Many[Literal["canceled", "failed", "in_queue", "pending", "sent"]]]
    # A text (`MESG`), files (`FILE`), or from the backend (`ADMM`).
    message_type: NotRequired[Literal["", "ADMM", "FILE", "MESG"]]


class ScheduledMessagesCreate(TypedDict):
    """A message as for `messages.send`, and when to send it: in a second at the earliest, in 30 days at the latest."""

    # The channel.
    channel_url: str
    # The text.
    message: NotRequired[str]
    # A text (`MESG`), files (`FILE`), or from the backend (`ADMM`).
    message_type: NotRequired[Literal["ADMM", "FILE", "MESG"]]
    # A text of your own, to tell kinds apart.
    custom_type: NotRequired[str]
    # A text of your own, which chatd does not read.
    data: NotRequired[str]
    # Your own name for this call: who repeats it gets the first result, and nothing is done twice.
    req_id: NotRequired[str]
    # Whether those in `mentioned_user_ids` are mentioned, or all of the channel.
    mention_type: NotRequired[Literal["channel", "users"]]
    # Who is mentioned.
    mentioned_user_ids: NotRequired[Many[str]]
    # Whether it counts as unread for nobody.
    is_silent: NotRequired[bool]
    # The message to reply to; 0 for none.
    parent_message_id: NotRequired[int]
    # Whether a reply is listed among the channel's messages too.
    reply_to_channel: NotRequired[bool]
    # Files that were uploaded, or are kept elsewhere.
    files: NotRequired[Many[Sent]]
    # Where a file is kept that was not uploaded.
    url: NotRequired[str]
    # What a file that is kept elsewhere is called.
    file_name: NotRequired[str]
    # The media type of a file that is kept elsewhere.
    file_type: NotRequired[str]
    # How large a file that is kept elsewhere is, in bytes.
    file_size: NotRequired[int]
    # After how many seconds it disappears; -1 for never.
    message_survival_seconds: NotRequired[int]
    # Lists of texts by their keys, in an order.
    sorted_metaarray: NotRequired[Many[MetaItem]]
    # Whether to pin it at once.
    pin_message: NotRequired[bool]
    # The poll that the message shows; 0 for none.
    poll_id: NotRequired[int]
    # 0: it is sent when it is due.
    created_at: NotRequired[int]
    # Whether devices are told; absent for true, but for admin messages.
    send_push: NotRequired[bool | None]
    # Of a critical alert: `name` or `sound`, and `volume` from 0 to 1.
    apple_critical_alert_options: NotRequired[CriticalAlert | None]
    # Whether the sender has read the channel then.
    mark_as_read: NotRequired[bool]
    # When to send it, in milliseconds.
    scheduled_at: int


class ScheduledMessagesList(TypedDict):
    """A page of scheduled messages, the last first with `reverse`."""

    # The channel.
    channel_url: NotRequired[str]
    # Sent by this user.
    sender_id: NotRequired[str]
    # In one of these states; none for all.
    status: NotRequired[Many[Literal["canceled", "failed", "in_queue", "pending", "sent"]]]
    # A text (`MESG`), files (`FILE`), or from the backend (`ADMM`).
    message_type: NotRequired[Literal["", "ADMM", "FILE", "MESG"]]
    # In which order.
    order: NotRequired[Literal["created_at", "scheduled_at"]]
    # Whether the order is turned round.
    reverse: NotRequired[bool]
    # The `next` of the page before; absent for the first.
    token: NotRequired[str]
    # How many at most.
    limit: NotRequired[int]


class ScheduledMessagesSendNow(TypedDict):
    """A scheduled message."""

    # The scheduled message.
    scheduled_message_id: int


class ScheduledMessagesUpdate(TypedDict):
    """What is to change about a scheduled message that is pending; what is absent stays."""

    # The scheduled message.
    scheduled_message_id: int
    # When to send it, in milliseconds.
    scheduled_at: NotRequired[int | None]
    # The text.
    message: NotRequired[str | None]
    # A text of your own, to tell kinds apart.
    custom_type: NotRequired[str | None]
    # A text of your own, which chatd does not read.
    data: NotRequired[str | None]
    # Whether those in `mentioned_user_ids` are mentioned, or all of the channel.
    mention_type: NotRequired[Literal["channel", "users"] | None]
    # Who is mentioned.
    mentioned_user_ids: NotRequired[Many[str] | None]
    # Whether it counts as unread for nobody.
    is_silent: NotRequired[bool | None]
    # Whether devices are told; absent for true, but for admin messages.
    send_push: NotRequired[bool | None]
    # Whether the sender has read the channel then.
    mark_as_read: NotRequired[bool | None]


class ScheduledMessagesView(TypedDict):
    """A scheduled message."""

    # The scheduled message.
    scheduled_message_id: int


class SlashCommandsRun(TypedDict):
    """What was written, from the slash on, and in which channel."""

    # The channel.
    channel_url: str
    # What was written, from the slash on.
    message: str


class SlowModeUpdate(TypedDict):
    """How long members wait between two messages; 0 is not at all."""

    # The channel.
    channel_url: str
    # For how many seconds who has written waits before the next message; 0 for not at all.
    slow_mode_seconds: int


class ThreadsList(TypedDict):
    """A page of the threads that the caller follows, of all channels or of one."""

    # Whether to show reactions.
    include_reactions: NotRequired[bool]
    # Whether to show how threads stand.
    include_thread_info: NotRequired[bool]
    # Whether to show of replies what they reply to.
    include_parent_message_info: NotRequired[bool]
    # Whether to show sorted meta arrays.
    with_sorted_meta_array: NotRequired[bool]
    # Whether to show polls.
    include_poll_details: NotRequired[bool]
    # The channel.
    channel_url: NotRequired[str]
    # Only threads with replies that are not read.
    only_unread: NotRequired[bool]
    # The `next` of the page before; absent for the first.
    token: NotRequired[str]
    # How many at most.
    limit: NotRequired[int]


class ThreadsMarkRead(TypedDict):
    """How far the thread of a message has been read: to a reply, or to its end."""

    # The channel.
    channel_url: str
    # The message that began the thread.
    message_id: int
    # The last reply that was read; 0 for all.
    reply_id: NotRequired[int]


class ThreadsSubscribe(TypedDict):
    """The thread of a message."""

    # The channel.
    channel_url: str
    # The message.
    message_id: int


class ThreadsUnsubscribe(TypedDict):
    """The thread of a message."""

    # The channel.
    channel_url: str
    # The message.
    message_id: int


class ThreadsView(TypedDict):
    """The thread of a message."""

    # The channel.
    channel_url: str
    # The message.
    message_id: int


class UserMetadataCreate(TypedDict):
    """New items of a user's metadata. Clients change their own."""

    # Texts by their keys.
    metadata: Mapping[str, str]


class UserMetadataDelete(TypedDict):
    """The item to delete, or all."""

    # The item; absent for all.
    key: NotRequired[str]


class UserMetadataUpdate(TypedDict):
    """Items that get another value; those that there are not are passed over, or with `upsert` created."""

    # Texts by their keys.
    metadata: Mapping[str, str]
    # Whether keys that there are not are created, or passed over.
    upsert: NotRequired[bool]


class UserMetadataView(TypedDict):
    """One item of a user's metadata, those of several keys that there are, or all."""

    # The user.
    user_id: str
    # Only this key; absent for all, or for those in `keys`.
    key: NotRequired[str]
    # Only these keys; absent for all.
    keys: NotRequired[Many[str] | None]


class UsersList(TypedDict):
    """A page of users; filters combine. By nickname and search they come in its order, else in that of ids or values.

Without such filters, `order` says in which: that of the ids, of the nicknames, or the newest first."""

    # The `next` of the page before; absent for the first.
    token: NotRequired[str]
    # How many at most.
    limit: NotRequired[int]
    # Users who are `activated`, `deactivated`, or `all`.
    active_mode: NotRequired[Literal["activated", "all", "deactivated"]]
    # Whether to show bots.
    show_bot: NotRequired[bool]
    # Only these users.
    user_ids: NotRequired[Many[str] | None]
    # Who is called exactly so.
    nickname: NotRequired[str | None]
    # Whose nickname begins so, in whatever case.
    nickname_startswith: NotRequired[str | None]
    # Whose id, nickname, or another word of it begins so, in whatever case.
    search: NotRequired[str | None]
    # Who has an item of metadata under this key.
    metadatakey: NotRequired[str]
    # Whose item under `metadatakey` has one of these values.
    metadatavalues_in: NotRequired[Many[str] | None]
    # Who has one of these keys.
    discovery_keys: NotRequired[Many[str] | None]
    # `user_id_alphabetical`, `nickname_alphabetical` or `newest`, without such filters.
    order: NotRequired[Literal["newest", "nickname_alphabetical", "user_id_alphabetical"]]


class UsersReport(TypedDict):
    """The user, and perhaps the channel in which they offended."""

    # Why: `suspicious`, `harassing`, `inappropriate` or `spam`.
    report_category: Literal["harassing", "inappropriate", "spam", "suspicious"]
    # More about it, in words.
    report_description: NotRequired[str]
    # The user whom it is about.
    offending_user_id: str
    # The channel.
    channel_url: NotRequired[str]


class UsersSetStatus(TypedDict):
    """What a user says; without text and emoji nothing. It ends at `expires_at` (ms), or with 0 when it is changed."""

    # What the user says.
    text: NotRequired[str]
    # An emoji, or the name of one.
    emoji: NotRequired[str]
    # When it ends, in milliseconds; 0 for when it is changed.
    expires_at: NotRequired[int]


class UsersUnreadChannelCount(TypedDict):
    """Whose unread messages or channels to count, and in which channels."""

    # Of one of these custom types.
    custom_types: NotRequired[Many[str] | None]
    # Channels that are super, those that are not, or all.
    super_mode: NotRequired[Literal["all", "nonsuper", "super"]]


class UsersUnreadItemCount(TypedDict):
    """What to count, absent for everything, and in channels of which custom type."""

    # Only in channels of this custom type.
    custom_type: NotRequired[str | None]
    # What to count; absent for everything.
    item_keys: NotRequired[Many[Literal["group_channel_invitation_count", "group_channel_unread_mention_count", "group_channel_unread_message_count", "non_super_group_channel_invitation_count", "non_super_group_channel_unread_mention_count", "non_super_group_channel_unread_message_count", "super_group_channel_invitation_count", "super_group_channel_unread_mention_count", "super_group_channel_unread_message_count"]] | None]


class UsersUnreadMessageCount(TypedDict):
    """Whose unread messages or channels to count, and in which channels."""

    # Of one of these custom types.
    custom_types: NotRequired[Many[str] | None]
    # Channels that are super, those that are not, or all.
    super_mode: NotRequired[Literal["all", "nonsuper", "super"]]


class UsersUpdate(TypedDict):
    """What is to change about a user; what is absent stays. Clients change themselves."""

    # What others see.
    nickname: NotRequired[str | None]
    # The address of a picture.
    profile_url: NotRequired[str | None]
    # Texts by their keys.
    metadata: NotRequired[Mapping[str, str] | None]
    # Texts by which your product looks the user up.
    discovery_keys: NotRequired[Many[str] | None]
    # Languages of the user, the best first.
    preferred_languages: NotRequired[Many[str] | None]
    # Whether who is deactivated leaves all channels.
    leave_all_when_deactivated: NotRequired[bool]
    # Not offered: issue a session token.
    issue_access_token: NotRequired[bool]


class UsersUpdateInvitationPreference(TypedDict):
    """What a user prefers from now on."""

    # Whether who is invited becomes a member at once.
    auto_accept: bool


class UsersUpdatePresencePreference(TypedDict):
    """Who may see a user's presence from now on."""

    # Who may see whether the user is online.
    visible_to: Literal["contacts", "everybody", "nobody"]


class UsersUpdatePushPreference(TypedDict):
    """What is to change about when a user is notified; what is absent stays.

With `do_not_disturb` nothing comes from `start_hour` to `end_hour` of each day, or at the times of `dnd_schedules`
when there are any. With `snooze_enabled` nothing comes from `snooze_start_ts` to `snooze_end_ts`."""

    # Which messages to be notified of.
    push_trigger_option: NotRequired[Literal["all", "mention_only", "off"] | None]
    # Whether there are quiet times.
    do_not_disturb: NotRequired[bool | None]
    # When the quiet time of each day starts: the hour, 0 to 23.
    start_hour: NotRequired[int | None]
    # The minute.
    start_min: NotRequired[int | None]
    # When the quiet time of each day ends: the hour, 0 to 23.
    end_hour: NotRequired[int | None]
    # The minute.
    end_min: NotRequired[int | None]
    # Quiet times of the week, in the place of those of each day; empty for none.
    dnd_schedules: NotRequired[Many[Schedule] | None]
    # Whether there is a pause.
    snooze_enabled: NotRequired[bool | None]
    # When the pause starts, in milliseconds.
    snooze_start_ts: NotRequired[int | None]
    # When the pause ends, in milliseconds.
    snooze_end_ts: NotRequired[int | None]
    # Whether replies in threads come also when they do not mention the user.
    enable_push_for_replies: NotRequired[bool | None]
    # Whether nothing comes of what bots write.
    block_push_from_bots: NotRequired[bool | None]
    # Whose hours these are, such as `Europe/Berlin`.
    timezone: NotRequired[str | None]
    # What an application is to play; a text of your own.
    push_sound: NotRequired[str | None]


class UsersView(TypedDict):
    """The user to look at, and in which channels to count what is unread."""

    # The user.
    user_id: str
    # Whether to count what is unread.
    include_unread_count: NotRequired[bool]
    # Of one of these custom types.
    custom_types: NotRequired[Many[str] | None]
    # Channels that are super, those that are not, or all.
    super_mode: NotRequired[Literal["all", "nonsuper", "super"]]


class SendOptions(TypedDict):
    """Parameters of `messages.send`, but for what a method of the client says by itself."""

    # A text (`MESG`), files (`FILE`), or from the backend (`ADMM`).
    message_type: NotRequired[Literal["ADMM", "FILE", "MESG"]]
    # A text of your own, to tell kinds apart.
    custom_type: NotRequired[str]
    # A text of your own, which chatd does not read.
    data: NotRequired[str]
    # Whether those in `mentioned_user_ids` are mentioned, or all of the channel.
    mention_type: NotRequired[Literal["channel", "users"]]
    # Who is mentioned.
    mentioned_user_ids: NotRequired[Many[str]]
    # Whether it counts as unread for nobody.
    is_silent: NotRequired[bool]
    # Whether a reply is listed among the channel's messages too.
    reply_to_channel: NotRequired[bool]
    # Where a file is kept that was not uploaded.
    url: NotRequired[str]
    # What a file that is kept elsewhere is called.
    file_name: NotRequired[str]
    # The media type of a file that is kept elsewhere.
    file_type: NotRequired[str]
    # How large a file that is kept elsewhere is, in bytes.
    file_size: NotRequired[int]
    # After how many seconds it disappears; -1 for never.
    message_survival_seconds: NotRequired[int]
    # Lists of texts by their keys, in an order.
    sorted_metaarray: NotRequired[Many[MetaItem]]
    # Whether to pin it at once.
    pin_message: NotRequired[bool]
    # The poll that the message shows; 0 for none.
    poll_id: NotRequired[int]
    # Whether devices are told; absent for true, but for admin messages.
    send_push: NotRequired[bool | None]
    # Of a critical alert: `name` or `sound`, and `volume` from 0 to 1.
    apple_critical_alert_options: NotRequired[CriticalAlert | None]
    # Whether the sender has read the channel then.
    mark_as_read: NotRequired[bool]


class ReplyOptions(TypedDict):
    """Parameters of `messages.send`, but for what a method of the client says by itself."""

    # A text (`MESG`), files (`FILE`), or from the backend (`ADMM`).
    message_type: NotRequired[Literal["ADMM", "FILE", "MESG"]]
    # A text of your own, to tell kinds apart.
    custom_type: NotRequired[str]
    # A text of your own, which chatd does not read.
    data: NotRequired[str]
    # Whether those in `mentioned_user_ids` are mentioned, or all of the channel.
    mention_type: NotRequired[Literal["channel", "users"]]
    # Who is mentioned.
    mentioned_user_ids: NotRequired[Many[str]]
    # Whether it counts as unread for nobody.
    is_silent: NotRequired[bool]
    # The message to reply to; 0 for none.
    parent_message_id: NotRequired[int]
    # Whether a reply is listed among the channel's messages too.
    reply_to_channel: NotRequired[bool]
    # Files that were uploaded, or are kept elsewhere.
    files: NotRequired[Many[Sent]]
    # Where a file is kept that was not uploaded.
    url: NotRequired[str]
    # What a file that is kept elsewhere is called.
    file_name: NotRequired[str]
    # The media type of a file that is kept elsewhere.
    file_type: NotRequired[str]
    # How large a file that is kept elsewhere is, in bytes.
    file_size: NotRequired[int]
    # After how many seconds it disappears; -1 for never.
    message_survival_seconds: NotRequired[int]
    # Lists of texts by their keys, in an order.
    sorted_metaarray: NotRequired[Many[MetaItem]]
    # Whether to pin it at once.
    pin_message: NotRequired[bool]
    # The poll that the message shows; 0 for none.
    poll_id: NotRequired[int]
    # Whether devices are told; absent for true, but for admin messages.
    send_push: NotRequired[bool | None]
    # Of a critical alert: `name` or `sound`, and `volume` from 0 to 1.
    apple_critical_alert_options: NotRequired[CriticalAlert | None]
    # Whether the sender has read the channel then.
    mark_as_read: NotRequired[bool]


class EditOptions(TypedDict):
    """Parameters of `messages.update`, but for what a method of the client says by itself."""

    # A text (`MESG`), files (`FILE`), or from the backend (`ADMM`).
    message_type: NotRequired[Literal["ADMM", "FILE", "MESG"]]
    # A text of your own, to tell kinds apart.
    custom_type: NotRequired[str | None]
    # A text of your own, which chatd does not read.
    data: NotRequired[str | None]
    # Whether those in `mentioned_user_ids` are mentioned, or all of the channel.
    mention_type: NotRequired[Literal["channel", "users"] | None]
    # Who is mentioned.
    mentioned_user_ids: NotRequired[Many[str] | None]
    # Lists of texts by their keys, in an order.
    sorted_metaarray: NotRequired[Many[MetaItem] | None]


class ChannelOptions(TypedDict):
    """Parameters of `channels.create`, but for what a method of the client says by itself."""

    # The same as `user_ids`, as objects with a `user_id`.
    users: NotRequired[Many[Mapping[str, Any]]]
    # What the channel is to be called; absent for a random one.
    channel_url: NotRequired[str | None]
    # The address of a picture.
    cover_url: NotRequired[str]
    # A text of your own, to tell kinds apart.
    custom_type: NotRequired[str]
    # A text of your own, which chatd does not read.
    data: NotRequired[str]
    # Whether who makes a channel of the same people again gets this one.
    is_distinct: NotRequired[bool]
    # Whether anybody may join.
    is_public: NotRequired[bool]
    # Whether it may have more than 100 members.
    is_super: NotRequired[bool]
    # Whether only operators write.
    is_broadcast: NotRequired[bool]
    # Whether only operators bring users in.
    is_exclusive: NotRequired[bool]
    # Whether messages are told and not kept.
    is_ephemeral: NotRequired[bool]
    # Whether a public channel is in lists of public channels.
    is_discoverable: NotRequired[bool]
    # What joining a public channel takes; empty for none.
    access_code: NotRequired[str]
    # Who else operates it.
    operator_ids: NotRequired[Many[str]]
    # By user id: who is asked in any case, and who is a member in any case.
    invitation_status: NotRequired[Mapping[str, Literal["invited_by_friend", "invited_by_non_friend", "joined"]]]
    # By user id: whether it is hidden for them from the beginning.
    hidden_status: NotRequired[Mapping[str, Literal["hidden_allow_auto_unhide", "hidden_prevent_auto_unhide", "unhidden"]]]


class ScheduleOptions(TypedDict):
    """Parameters of `scheduled_messages.create`, but for what a method of the client says by itself."""

    # A text (`MESG`), files (`FILE`), or from the backend (`ADMM`).
    message_type: NotRequired[Literal["ADMM", "FILE", "MESG"]]
    # A text of your own, to tell kinds apart.
    custom_type: NotRequired[str]
    # A text of your own, which chatd does not read.
    data: NotRequired[str]
    # Whether those in `mentioned_user_ids` are mentioned, or all of the channel.
    mention_type: NotRequired[Literal["channel", "users"]]
    # Who is mentioned.
    mentioned_user_ids: NotRequired[Many[str]]
    # Whether it counts as unread for nobody.
    is_silent: NotRequired[bool]
    # The message to reply to; 0 for none.
    parent_message_id: NotRequired[int]
    # Whether a reply is listed among the channel's messages too.
    reply_to_channel: NotRequired[bool]
    # Where a file is kept that was not uploaded.
    url: NotRequired[str]
    # What a file that is kept elsewhere is called.
    file_name: NotRequired[str]
    # The media type of a file that is kept elsewhere.
    file_type: NotRequired[str]
    # How large a file that is kept elsewhere is, in bytes.
    file_size: NotRequired[int]
    # After how many seconds it disappears; -1 for never.
    message_survival_seconds: NotRequired[int]
    # Lists of texts by their keys, in an order.
    sorted_metaarray: NotRequired[Many[MetaItem]]
    # Whether to pin it at once.
    pin_message: NotRequired[bool]
    # The poll that the message shows; 0 for none.
    poll_id: NotRequired[int]
    # 0: it is sent when it is due.
    created_at: NotRequired[int]
    # Whether devices are told; absent for true, but for admin messages.
    send_push: NotRequired[bool | None]
    # Of a critical alert: `name` or `sound`, and `volume` from 0 to 1.
    apple_critical_alert_options: NotRequired[CriticalAlert | None]
    # Whether the sender has read the channel then.
    mark_as_read: NotRequired[bool]


class ScheduledChange(TypedDict):
    """Parameters of `scheduled_messages.update`, but for what a method of the client says by itself."""

    # When to send it, in milliseconds.
    scheduled_at: NotRequired[int | None]
    # The text.
    message: NotRequired[str | None]
    # A text of your own, to tell kinds apart.
    custom_type: NotRequired[str | None]
    # A text of your own, which chatd does not read.
    data: NotRequired[str | None]
    # Whether those in `mentioned_user_ids` are mentioned, or all of the channel.
    mention_type: NotRequired[Literal["channel", "users"] | None]
    # Who is mentioned.
    mentioned_user_ids: NotRequired[Many[str] | None]
    # Whether it counts as unread for nobody.
    is_silent: NotRequired[bool | None]
    # Whether devices are told; absent for true, but for admin messages.
    send_push: NotRequired[bool | None]
    # Whether the sender has read the channel then.
    mark_as_read: NotRequired[bool | None]


class SearchFilters(TypedDict):
    """Parameters of `messages.search`, but for what a method of the client says by itself."""

    # Whether to show reactions.
    include_reactions: NotRequired[bool]
    # Whether to show how threads stand.
    include_thread_info: NotRequired[bool]
    # Whether to show of replies what they reply to.
    include_parent_message_info: NotRequired[bool]
    # Whether to show sorted meta arrays.
    with_sorted_meta_array: NotRequired[bool]
    # Whether to show polls.
    include_poll_details: NotRequired[bool]
    # Whether the words have to stand side by side, as they are written.
    exact_match: NotRequired[bool]
    # Only this channel; absent for all.
    channel_url: NotRequired[str]
    # Only these channels.
    channel_urls: NotRequired[Many[str]]
    # Sent by one of these users.
    sender_ids: NotRequired[Many[str] | None]
    # Of one of these custom types.
    custom_types: NotRequired[Many[str] | None]
    # Only messages with files, or only those without.
    has_files: NotRequired[bool | None]
    # Sent at this time or later, in milliseconds.
    message_ts_from: NotRequired[int | None]
    # Sent at this time or before, in milliseconds.
    message_ts_to: NotRequired[int | None]
    # The best first, or the newest.
    sort_field: NotRequired[Literal["score", "ts"]]
    # Whether the order is turned round.
    reverse: NotRequired[bool]
    # How many at most.
    limit: NotRequired[int]
    # A cursor of an earlier answer: what comes after that result.
    after: NotRequired[str]


class Call(Protocol):
    """Runs a command of the server: what it takes and what it answers, by its name."""

    @overload
    async def __call__(self, method: Literal["bans.add"], *, deadline: float = ..., **params: Unpack[BansAdd]) -> schema.Ban: ...

    @overload
    async def __call__(self, method: Literal["bans.list"], *, deadline: float = ..., **params: Unpack[BansList]) -> schema.Bans: ...

    @overload
    async def __call__(self, method: Literal["bans.list_channels"], *, deadline: float = ..., **params: Unpack[BansListChannels]) -> schema.BannedChannels: ...

    @overload
    async def __call__(self, method: Literal["bans.remove"], *, deadline: float = ..., **params: Unpack[BansRemove]) -> schema.Empty: ...

    @overload
    async def __call__(self, method: Literal["bans.update"], *, deadline: float = ..., **params: Unpack[BansUpdate]) -> schema.Ban: ...

    @overload
    async def __call__(self, method: Literal["bans.view"], *, deadline: float = ..., **params: Unpack[BansView]) -> schema.Ban: ...

    @overload
    async def __call__(self, method: Literal["blocks.add"], *, deadline: float = ..., **params: Unpack[BlocksAdd]) -> schema.Blocked: ...

    @overload
    async def __call__(self, method: Literal["blocks.list"], *, deadline: float = ..., **params: Unpack[BlocksList]) -> schema.BlockedUsers: ...

    @overload
    async def __call__(self, method: Literal["blocks.remove"], *, deadline: float = ..., **params: Unpack[BlocksRemove]) -> schema.Empty: ...

    @overload
    async def __call__(self, method: Literal["channel_metadata.create"], *, deadline: float = ..., **params: Unpack[ChannelMetadataCreate]) -> dict[str, str]: ...

    @overload
    async def __call__(self, method: Literal["channel_metadata.delete"], *, deadline: float = ..., **params: Unpack[ChannelMetadataDelete]) -> schema.Empty: ...

    @overload
    async def __call__(self, method: Literal["channel_metadata.update"], *, deadline: float = ..., **params: Unpack[ChannelMetadataUpdate]) -> dict[str, str]: ...

    @overload
    async def __call__(self, method: Literal["channel_metadata.view"], *, deadline: float = ..., **params: Unpack[ChannelMetadataView]) -> dict[str, str]: ...

    @overload
    async def __call__(self, method: Literal["channels.accept"], *, deadline: float = ..., **params: Unpack[ChannelsAccept]) -> schema.GroupChannel: ...

    @overload
    async def __call__(self, method: Literal["channels.changes"], *, deadline: float = ..., **params: Unpack[ChannelsChanges]) -> schema.ChannelChanges: ...

    @overload
    async def __call__(self, method: Literal["channels.count"], *, deadline: float = ..., **params: Unpack[ChannelsCount]) -> schema.ChannelCount: ...

    @overload
    async def __call__(self, method: Literal["channels.create"], *, deadline: float = ..., **params: Unpack[ChannelsCreate]) -> schema.GroupChannel: ...

    @overload
    async def __call__(self, method: Literal["channels.decline"], *, deadline: float = ..., **params: Unpack[ChannelsDecline]) -> schema.Empty: ...

    @overload
    async def __call__(self, method: Literal["channels.delete"], *, deadline: float = ..., **params: Unpack[ChannelsDelete]) -> schema.Empty: ...

    @overload
    async def __call__(self, method: Literal["channels.freeze"], *, deadline: float = ..., **params: Unpack[ChannelsFreeze]) -> schema.GroupChannel: ...

    @overload
    async def __call__(self, method: Literal["channels.hide"], *, deadline: float = ..., **params: Unpack[ChannelsHide]) -> schema.Empty: ...

    @overload
    async def __call__(self, method: Literal["channels.invite"], *, deadline: float = ..., **params: Unpack[ChannelsInvite]) -> schema.GroupChannel: ...

    @overload
    async def __call__(self, method: Literal["channels.join"], *, deadline: float = ..., **params: Unpack[ChannelsJoin]) -> schema.GroupChannel: ...

    @overload
    async def __call__(self, method: Literal["channels.leave"], *, deadline: float = ..., **params: Unpack[ChannelsLeave]) -> schema.Empty: ...

    @overload
    async def __call__(self, method: Literal["channels.leave_all"], *, deadline: float = ..., **params: Unpack[ChannelsLeaveAll]) -> schema.Empty: ...

    @overload
    async def __call__(self, method: Literal["channels.list"], *, deadline: float = ..., **params: Unpack[ChannelsList]) -> schema.GroupChannels: ...

    @overload
    async def __call__(self, method: Literal["channels.list_public"], *, deadline: float = ..., **params: Unpack[ChannelsListPublic]) -> schema.GroupChannels: ...

    @overload
    async def __call__(self, method: Literal["channels.mark_all_read"], *, deadline: float = ..., **params: Unpack[ChannelsMarkAllRead]) -> schema.Empty: ...

    @overload
    async def __call__(self, method: Literal["channels.mark_delivered"], *, deadline: float = ..., **params: Unpack[ChannelsMarkDelivered]) -> schema.Delivered: ...

    @overload
    async def __call__(self, method: Literal["channels.mark_read"], *, deadline: float = ..., **params: Unpack[ChannelsMarkRead]) -> schema.Empty: ...

    @overload
    async def __call__(self, method: Literal["channels.mark_unread"], *, deadline: float = ..., **params: Unpack[ChannelsMarkUnread]) -> schema.Empty: ...

    @overload
    async def __call__(self, method: Literal["channels.report"], *, deadline: float = ..., **params: Unpack[ChannelsReport]) -> schema.Report: ...

    @overload
    async def __call__(self, method: Literal["channels.reset_history"], *, deadline: float = ..., **params: Unpack[ChannelsResetHistory]) -> schema.MessageOffset: ...

    @overload
    async def __call__(self, method: Literal["channels.search"], *, deadline: float = ..., **params: Unpack[ChannelsSearch]) -> schema.GroupChannels: ...

    @overload
    async def __call__(self, method: Literal["channels.typing"], *, deadline: float = ..., **params: Unpack[ChannelsTyping]) -> schema.Empty: ...

    @overload
    async def __call__(self, method: Literal["channels.unhide"], *, deadline: float = ..., **params: Unpack[ChannelsUnhide]) -> schema.Empty: ...

    @overload
    async def __call__(self, method: Literal["channels.unread_count"], *, deadline: float = ..., **params: Unpack[ChannelsUnreadCount]) -> schema.UnreadByUser: ...

    @overload
    async def __call__(self, method: Literal["channels.update"], *, deadline: float = ..., **params: Unpack[ChannelsUpdate]) -> schema.GroupChannel: ...

    @overload
    async def __call__(self, method: Literal["channels.update_count_preference"], *, deadline: float = ..., **params: Unpack[ChannelsUpdateCountPreference]) -> schema.CountPreference: ...

    @overload
    async def __call__(self, method: Literal["channels.update_push_preference"], *, deadline: float = ..., **params: Unpack[ChannelsUpdatePushPreference]) -> schema.ChannelPushPreference: ...

    @overload
    async def __call__(self, method: Literal["channels.view"], *, deadline: float = ..., **params: Unpack[ChannelsView]) -> schema.GroupChannel: ...

    @overload
    async def __call__(self, method: Literal["channels.view_count_preference"], *, deadline: float = ..., **params: Unpack[ChannelsViewCountPreference]) -> schema.CountPreference: ...

    @overload
    async def __call__(self, method: Literal["channels.view_push_preference"], *, deadline: float = ..., **params: Unpack[ChannelsViewPushPreference]) -> schema.ChannelPushPreference: ...

    @overload
    async def __call__(self, method: Literal["connections.cut"], *, deadline: float = ..., **params: Unpack[ConnectionsCut]) -> schema.Closed: ...

    @overload
    async def __call__(self, method: Literal["connections.list"], *, deadline: float = ...) -> schema.Connections: ...

    @overload
    async def __call__(self, method: Literal["drafts.delete"], *, deadline: float = ..., **params: Unpack[DraftsDelete]) -> schema.Empty: ...

    @overload
    async def __call__(self, method: Literal["drafts.list"], *, deadline: float = ..., **params: Unpack[DraftsList]) -> schema.Drafts: ...

    @overload
    async def __call__(self, method: Literal["drafts.set"], *, deadline: float = ..., **params: Unpack[DraftsSet]) -> schema.Draft: ...

    @overload
    async def __call__(self, method: Literal["emoji_categories.list"], *, deadline: float = ...) -> schema.EmojiCategories: ...

    @overload
    async def __call__(self, method: Literal["emoji_categories.view"], *, deadline: float = ..., **params: Unpack[EmojiCategoriesView]) -> schema.EmojiCategory: ...

    @overload
    async def __call__(self, method: Literal["emojis.list"], *, deadline: float = ...) -> schema.Emojis: ...

    @overload
    async def __call__(self, method: Literal["emojis.view"], *, deadline: float = ..., **params: Unpack[EmojisView]) -> schema.Emoji: ...

    @overload
    async def __call__(self, method: Literal["files.list"], *, deadline: float = ..., **params: Unpack[FilesList]) -> schema.FileMessages: ...

    @overload
    async def __call__(self, method: Literal["incoming_webhooks.create"], *, deadline: float = ..., **params: Unpack[IncomingWebhooksCreate]) -> schema.NewIncomingWebhook: ...

    @overload
    async def __call__(self, method: Literal["incoming_webhooks.list"], *, deadline: float = ..., **params: Unpack[IncomingWebhooksList]) -> schema.IncomingWebhooks: ...

    @overload
    async def __call__(self, method: Literal["incoming_webhooks.revoke"], *, deadline: float = ..., **params: Unpack[IncomingWebhooksRevoke]) -> schema.Empty: ...

    @overload
    async def __call__(self, method: Literal["members.list"], *, deadline: float = ..., **params: Unpack[MembersList]) -> schema.Members: ...

    @overload
    async def __call__(self, method: Literal["members.view"], *, deadline: float = ..., **params: Unpack[MembersView]) -> schema.Membership: ...

    @overload
    async def __call__(self, method: Literal["messages.changes"], *, deadline: float = ..., **params: Unpack[MessagesChanges]) -> schema.MessageChanges: ...

    @overload
    async def __call__(self, method: Literal["messages.copy"], *, deadline: float = ..., **params: Unpack[MessagesCopy]) -> schema.Message: ...

    @overload
    async def __call__(self, method: Literal["messages.count"], *, deadline: float = ..., **params: Unpack[MessagesCount]) -> schema.Total: ...

    @overload
    async def __call__(self, method: Literal["messages.create_metaarray"], *, deadline: float = ..., **params: Unpack[MessagesCreateMetaarray]) -> schema.MetaArray: ...

    @overload
    async def __call__(self, method: Literal["messages.delete"], *, deadline: float = ..., **params: Unpack[MessagesDelete]) -> schema.Empty: ...

    @overload
    async def __call__(self, method: Literal["messages.delete_metaarray"], *, deadline: float = ..., **params: Unpack[MessagesDeleteMetaarray]) -> schema.Empty: ...

    @overload
    async def __call__(self, method: Literal["messages.list"], *, deadline: float = ..., **params: Unpack[MessagesList]) -> schema.Messages: ...

    @overload
    async def __call__(self, method: Literal["messages.pin"], *, deadline: float = ..., **params: Unpack[MessagesPin]) -> schema.GroupChannel: ...

    @overload
    async def __call__(self, method: Literal["messages.readers"], *, deadline: float = ..., **params: Unpack[MessagesReaders]) -> schema.Readers: ...

    @overload
    async def __call__(self, method: Literal["messages.report"], *, deadline: float = ..., **params: Unpack[MessagesReport]) -> schema.Report: ...

    @overload
    async def __call__(self, method: Literal["messages.search"], *, deadline: float = ..., **params: Unpack[MessagesSearch]) -> schema.SearchResults: ...

    @overload
    async def __call__(self, method: Literal["messages.send"], *, deadline: float = ..., **params: Unpack[MessagesSend]) -> schema.Message: ...

    @overload
    async def __call__(self, method: Literal["messages.translate"], *, deadline: float = ..., **params: Unpack[MessagesTranslate]) -> schema.Message: ...

    @overload
    async def __call__(self, method: Literal["messages.unpin"], *, deadline: float = ..., **params: Unpack[MessagesUnpin]) -> schema.GroupChannel: ...

    @overload
    async def __call__(self, method: Literal["messages.update"], *, deadline: float = ..., **params: Unpack[MessagesUpdate]) -> schema.Message: ...

    @overload
    async def __call__(self, method: Literal["messages.update_metaarray"], *, deadline: float = ..., **params: Unpack[MessagesUpdateMetaarray]) -> schema.MetaArray: ...

    @overload
    async def __call__(self, method: Literal["messages.view"], *, deadline: float = ..., **params: Unpack[MessagesView]) -> schema.Message: ...

    @overload
    async def __call__(self, method: Literal["metacounters.create"], *, deadline: float = ..., **params: Unpack[MetacountersCreate]) -> dict[str, int]: ...

    @overload
    async def __call__(self, method: Literal["metacounters.delete"], *, deadline: float = ..., **params: Unpack[MetacountersDelete]) -> schema.Empty: ...

    @overload
    async def __call__(self, method: Literal["metacounters.update"], *, deadline: float = ..., **params: Unpack[MetacountersUpdate]) -> dict[str, int]: ...

    @overload
    async def __call__(self, method: Literal["metacounters.view"], *, deadline: float = ..., **params: Unpack[MetacountersView]) -> dict[str, int]: ...

    @overload
    async def __call__(self, method: Literal["mutes.add"], *, deadline: float = ..., **params: Unpack[MutesAdd]) -> schema.Mute: ...

    @overload
    async def __call__(self, method: Literal["mutes.list"], *, deadline: float = ..., **params: Unpack[MutesList]) -> schema.MutedUsers: ...

    @overload
    async def __call__(self, method: Literal["mutes.list_channels"], *, deadline: float = ..., **params: Unpack[MutesListChannels]) -> schema.MutedChannels: ...

    @overload
    async def __call__(self, method: Literal["mutes.remove"], *, deadline: float = ..., **params: Unpack[MutesRemove]) -> schema.Empty: ...

    @overload
    async def __call__(self, method: Literal["mutes.view"], *, deadline: float = ..., **params: Unpack[MutesView]) -> schema.Mute: ...

    @overload
    async def __call__(self, method: Literal["open_channels.create"], *, deadline: float = ..., **params: Unpack[OpenChannelsCreate]) -> schema.OpenChannel: ...

    @overload
    async def __call__(self, method: Literal["open_channels.delete"], *, deadline: float = ..., **params: Unpack[OpenChannelsDelete]) -> schema.Empty: ...

    @overload
    async def __call__(self, method: Literal["open_channels.freeze"], *, deadline: float = ..., **params: Unpack[OpenChannelsFreeze]) -> schema.OpenChannel: ...

    @overload
    async def __call__(self, method: Literal["open_channels.list"], *, deadline: float = ..., **params: Unpack[OpenChannelsList]) -> schema.OpenChannels: ...

    @overload
    async def __call__(self, method: Literal["open_channels.participants"], *, deadline: float = ..., **params: Unpack[OpenChannelsParticipants]) -> schema.Participants: ...

    @overload
    async def __call__(self, method: Literal["open_channels.update"], *, deadline: float = ..., **params: Unpack[OpenChannelsUpdate]) -> schema.OpenChannel: ...

    @overload
    async def __call__(self, method: Literal["open_channels.view"], *, deadline: float = ..., **params: Unpack[OpenChannelsView]) -> schema.OpenChannel: ...

    @overload
    async def __call__(self, method: Literal["operators.add"], *, deadline: float = ..., **params: Unpack[OperatorsAdd]) -> schema.Operators: ...

    @overload
    async def __call__(self, method: Literal["operators.list"], *, deadline: float = ..., **params: Unpack[OperatorsList]) -> schema.Operators: ...

    @overload
    async def __call__(self, method: Literal["operators.remove"], *, deadline: float = ..., **params: Unpack[OperatorsRemove]) -> schema.Operators: ...

    @overload
    async def __call__(self, method: Literal["permissions.update"], *, deadline: float = ..., **params: Unpack[PermissionsUpdate]) -> schema.ChannelPermissions: ...

    @overload
    async def __call__(self, method: Literal["permissions.view"], *, deadline: float = ..., **params: Unpack[PermissionsView]) -> schema.ChannelPermissions: ...

    @overload
    async def __call__(self, method: Literal["pins.list"], *, deadline: float = ..., **params: Unpack[PinsList]) -> schema.PinnedMessages: ...

    @overload
    async def __call__(self, method: Literal["polls.add_option"], *, deadline: float = ..., **params: Unpack[PollsAddOption]) -> schema.PollOption: ...

    @overload
    async def __call__(self, method: Literal["polls.close"], *, deadline: float = ..., **params: Unpack[PollsClose]) -> schema.Poll: ...

    @overload
    async def __call__(self, method: Literal["polls.create"], *, deadline: float = ..., **params: Unpack[PollsCreate]) -> schema.Poll: ...

    @overload
    async def __call__(self, method: Literal["polls.delete"], *, deadline: float = ..., **params: Unpack[PollsDelete]) -> schema.Empty: ...

    @overload
    async def __call__(self, method: Literal["polls.delete_option"], *, deadline: float = ..., **params: Unpack[PollsDeleteOption]) -> schema.Empty: ...

    @overload
    async def __call__(self, method: Literal["polls.list"], *, deadline: float = ..., **params: Unpack[PollsList]) -> schema.Polls: ...

    @overload
    async def __call__(self, method: Literal["polls.list_voters"], *, deadline: float = ..., **params: Unpack[PollsListVoters]) -> schema.Voters: ...

    @overload
    async def __call__(self, method: Literal["polls.update"], *, deadline: float = ..., **params: Unpack[PollsUpdate]) -> schema.Poll: ...

    @overload
    async def __call__(self, method: Literal["polls.update_option"], *, deadline: float = ..., **params: Unpack[PollsUpdateOption]) -> schema.PollOption: ...

    @overload
    async def __call__(self, method: Literal["polls.view"], *, deadline: float = ..., **params: Unpack[PollsView]) -> schema.Poll: ...

    @overload
    async def __call__(self, method: Literal["polls.view_option"], *, deadline: float = ..., **params: Unpack[PollsViewOption]) -> schema.PollOption: ...

    @overload
    async def __call__(self, method: Literal["polls.vote"], *, deadline: float = ..., **params: Unpack[PollsVote]) -> schema.Poll: ...

    @overload
    async def __call__(self, method: Literal["presence.query"], *, deadline: float = ..., **params: Unpack[PresenceQuery]) -> schema.Presences: ...

    @overload
    async def __call__(self, method: Literal["presence.unwatch"], *, deadline: float = ..., **params: Unpack[PresenceUnwatch]) -> schema.Empty: ...

    @overload
    async def __call__(self, method: Literal["presence.watch"], *, deadline: float = ..., **params: Unpack[PresenceWatch]) -> schema.WatchedUsers: ...

    @overload
    async def __call__(self, method: Literal["push.choose_template"], *, deadline: float = ..., **params: Unpack[PushChooseTemplate]) -> schema.PushTemplateName: ...

    @overload
    async def __call__(self, method: Literal["push.web_key"], *, deadline: float = ...) -> schema.WebPushKey: ...

    @overload
    async def __call__(self, method: Literal["push_tokens.add"], *, deadline: float = ..., **params: Unpack[PushTokensAdd]) -> schema.PushToken: ...

    @overload
    async def __call__(self, method: Literal["push_tokens.list"], *, deadline: float = ..., **params: Unpack[PushTokensList]) -> schema.PushTokens: ...

    @overload
    async def __call__(self, method: Literal["push_tokens.remove"], *, deadline: float = ..., **params: Unpack[PushTokensRemove]) -> schema.RemovedPushTokens: ...

    @overload
    async def __call__(self, method: Literal["push_tokens.remove_all"], *, deadline: float = ...) -> schema.RemovedPushTokens: ...

    @overload
    async def __call__(self, method: Literal["reaction_settings.view"], *, deadline: float = ...) -> schema.ReactionSettings: ...

    @overload
    async def __call__(self, method: Literal["reactions.add"], *, deadline: float = ..., **params: Unpack[ReactionsAdd]) -> schema.ReactionChange: ...

    @overload
    async def __call__(self, method: Literal["reactions.list"], *, deadline: float = ..., **params: Unpack[ReactionsList]) -> dict[str, int | list[str]]: ...

    @overload
    async def __call__(self, method: Literal["reactions.remove"], *, deadline: float = ..., **params: Unpack[ReactionsRemove]) -> schema.ReactionChange: ...

    @overload
    async def __call__(self, method: Literal["reports.list"], *, deadline: float = ..., **params: Unpack[ReportsList]) -> schema.Reports: ...

    @overload
    async def __call__(self, method: Literal["saved.add"], *, deadline: float = ..., **params: Unpack[SavedAdd]) -> schema.SavedMessage: ...

    @overload
    async def __call__(self, method: Literal["saved.list"], *, deadline: float = ..., **params: Unpack[SavedList]) -> schema.SavedMessages: ...

    @overload
    async def __call__(self, method: Literal["saved.remove"], *, deadline: float = ..., **params: Unpack[SavedRemove]) -> schema.Empty: ...

    @overload
    async def __call__(self, method: Literal["scheduled_messages.cancel"], *, deadline: float = ..., **params: Unpack[ScheduledMessagesCancel]) -> schema.Empty: ...

    @overload
    async def __call__(self, method: Literal["scheduled_messages.count"], *, deadline: float = ..., **params: Unpack[ScheduledMessagesCount]) -> schema.ScheduledCount: ...

    @overload
    async def __call__(self, method: Literal["scheduled_messages.create"], *, deadline: float = ..., **params: Unpack[ScheduledMessagesCreate]) -> schema.ScheduledMessage: ...

    @overload
    async def __call__(self, method: Literal["scheduled_messages.list"], *, deadline: float = ..., **params: Unpack[ScheduledMessagesList]) -> schema.ScheduledMessages: ...

    @overload
    async def __call__(self, method: Literal["scheduled_messages.send_now"], *, deadline: float = ..., **params: Unpack[ScheduledMessagesSendNow]) -> schema.Message: ...

    @overload
    async def __call__(self, method: Literal["scheduled_messages.update"], *, deadline: float = ..., **params: Unpack[ScheduledMessagesUpdate]) -> schema.ScheduledMessage: ...

    @overload
    async def __call__(self, method: Literal["scheduled_messages.view"], *, deadline: float = ..., **params: Unpack[ScheduledMessagesView]) -> schema.ScheduledMessage: ...

    @overload
    async def __call__(self, method: Literal["server.time"], *, deadline: float = ...) -> schema.ServerTime: ...

    @overload
    async def __call__(self, method: Literal["slash_commands.list"], *, deadline: float = ...) -> schema.SlashCommands: ...

    @overload
    async def __call__(self, method: Literal["slash_commands.run"], *, deadline: float = ..., **params: Unpack[SlashCommandsRun]) -> schema.SlashAnswer: ...

    @overload
    async def __call__(self, method: Literal["slow_mode.update"], *, deadline: float = ..., **params: Unpack[SlowModeUpdate]) -> schema.SlowMode: ...

    @overload
    async def __call__(self, method: Literal["threads.list"], *, deadline: float = ..., **params: Unpack[ThreadsList]) -> schema.FollowedThreads: ...

    @overload
    async def __call__(self, method: Literal["threads.mark_read"], *, deadline: float = ..., **params: Unpack[ThreadsMarkRead]) -> schema.FollowedThread: ...

    @overload
    async def __call__(self, method: Literal["threads.subscribe"], *, deadline: float = ..., **params: Unpack[ThreadsSubscribe]) -> schema.FollowedThread: ...

    @overload
    async def __call__(self, method: Literal["threads.unsubscribe"], *, deadline: float = ..., **params: Unpack[ThreadsUnsubscribe]) -> schema.FollowedThread: ...

    @overload
    async def __call__(self, method: Literal["threads.view"], *, deadline: float = ..., **params: Unpack[ThreadsView]) -> schema.ThreadState: ...

    @overload
    async def __call__(self, method: Literal["user_metadata.create"], *, deadline: float = ..., **params: Unpack[UserMetadataCreate]) -> dict[str, str]: ...

    @overload
    async def __call__(self, method: Literal["user_metadata.delete"], *, deadline: float = ..., **params: Unpack[UserMetadataDelete]) -> schema.Empty: ...

    @overload
    async def __call__(self, method: Literal["user_metadata.update"], *, deadline: float = ..., **params: Unpack[UserMetadataUpdate]) -> dict[str, str]: ...

    @overload
    async def __call__(self, method: Literal["user_metadata.view"], *, deadline: float = ..., **params: Unpack[UserMetadataView]) -> dict[str, str]: ...

    @overload
    async def __call__(self, method: Literal["users.list"], *, deadline: float = ..., **params: Unpack[UsersList]) -> schema.Users: ...

    @overload
    async def __call__(self, method: Literal["users.me"], *, deadline: float = ...) -> schema.User: ...

    @overload
    async def __call__(self, method: Literal["users.report"], *, deadline: float = ..., **params: Unpack[UsersReport]) -> schema.Report: ...

    @overload
    async def __call__(self, method: Literal["users.reset_push_preference"], *, deadline: float = ...) -> schema.PushPreference: ...

    @overload
    async def __call__(self, method: Literal["users.set_status"], *, deadline: float = ..., **params: Unpack[UsersSetStatus]) -> schema.Status: ...

    @overload
    async def __call__(self, method: Literal["users.unread_channel_count"], *, deadline: float = ..., **params: Unpack[UsersUnreadChannelCount]) -> schema.UnreadCount: ...

    @overload
    async def __call__(self, method: Literal["users.unread_item_count"], *, deadline: float = ..., **params: Unpack[UsersUnreadItemCount]) -> schema.UnreadItems: ...

    @overload
    async def __call__(self, method: Literal["users.unread_message_count"], *, deadline: float = ..., **params: Unpack[UsersUnreadMessageCount]) -> schema.UnreadCount: ...

    @overload
    async def __call__(self, method: Literal["users.update"], *, deadline: float = ..., **params: Unpack[UsersUpdate]) -> schema.User: ...

    @overload
    async def __call__(self, method: Literal["users.update_invitation_preference"], *, deadline: float = ..., **params: Unpack[UsersUpdateInvitationPreference]) -> schema.InvitationPreference: ...

    @overload
    async def __call__(self, method: Literal["users.update_presence_preference"], *, deadline: float = ..., **params: Unpack[UsersUpdatePresencePreference]) -> schema.PresencePreference: ...

    @overload
    async def __call__(self, method: Literal["users.update_push_preference"], *, deadline: float = ..., **params: Unpack[UsersUpdatePushPreference]) -> schema.PushPreference: ...

    @overload
    async def __call__(self, method: Literal["users.view"], *, deadline: float = ..., **params: Unpack[UsersView]) -> schema.User: ...

    @overload
    async def __call__(self, method: Literal["users.view_invitation_preference"], *, deadline: float = ...) -> schema.InvitationPreference: ...

    @overload
    async def __call__(self, method: Literal["users.view_presence_preference"], *, deadline: float = ...) -> schema.PresencePreference: ...

    @overload
    async def __call__(self, method: Literal["users.view_push_preference"], *, deadline: float = ...) -> schema.PushPreference: ...
