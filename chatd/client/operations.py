"""What operations of the Platform API take. Made by scripts/reference of its description. Do not edit."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, NotRequired, TypedDict

from chatd.client.commands import CriticalAlert, Many, MetaItem, Sent


class PushText(TypedDict):
    """What devices are told in the place of a template's text."""

    title: NotRequired[str]
    body: NotRequired[str]


class UserOptions(TypedDict):
    """What `POST /users` takes beside what its method says."""

    # Texts by their keys.
    metadata: NotRequired[Mapping[str, str]]
    # Texts by which your product looks the user up.
    discovery_keys: NotRequired[Many[str]]
    # Languages of the user, the best first.
    preferred_languages: NotRequired[Many[str]]


class UserChange(TypedDict):
    """What `PUT /users/{user_id}` takes beside what its method says."""

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
    # For backends: whether the user may do anything.
    is_active: NotRequired[bool | None]
    # Whether who is deactivated leaves all channels.
    leave_all_when_deactivated: NotRequired[bool]


class UserFilters(TypedDict):
    """What `GET /users` takes beside what its method says."""

    # How many at most.
    limit: NotRequired[int]
    # Users who are `activated`, `deactivated`, or `all`.
    active_mode: NotRequired[Literal["activated", "all", "deactivated"]]
    # Whether to show bots.
    show_bot: NotRequired[bool]
    # Only these users.
    user_ids: NotRequired[Many[str]]
    # Who is called exactly so.
    nickname: NotRequired[str]
    # Whose nickname begins so, in whatever case.
    nickname_startswith: NotRequired[str]
    # Whose id, nickname, or another word of it begins so, in whatever case.
    search: NotRequired[str]
    # Who has an item of metadata under this key.
    metadatakey: NotRequired[str]
    # Whose item under `metadatakey` has one of these values.
    metadatavalues_in: NotRequired[Many[str]]
    # Who has one of these keys.
    discovery_keys: NotRequired[Many[str]]
    # `user_id_alphabetical`, `nickname_alphabetical` or `newest`, without such filters.
    order: NotRequired[Literal["newest", "nickname_alphabetical", "user_id_alphabetical"]]


class GroupChannelOptions(TypedDict):
    """What `POST /group_channels` takes beside what its method says."""

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
    # For backends: who invites the others.
    inviter_id: NotRequired[str]
    # By user id: who is asked in any case, and who is a member in any case.
    invitation_status: NotRequired[Mapping[str, Literal["invited_by_friend", "invited_by_non_friend", "joined"]]]
    # By user id: whether it is hidden for them from the beginning.
    hidden_status: NotRequired[Mapping[str, Literal["hidden_allow_auto_unhide", "hidden_prevent_auto_unhide", "unhidden"]]]
    # For backends: whether users that do not exist are an error, or are passed over.
    strict: NotRequired[bool]


class GroupChannelDetails(TypedDict):
    """What `GET /group_channels/{channel_url}` takes beside what its method says."""

    # Whether to show the members.
    show_member: NotRequired[bool]
    # Whether to show how far members have read.
    show_read_receipt: NotRequired[bool]
    # Whether to show up to when messages have reached members.
    show_delivery_receipt: NotRequired[bool]
    # Whether to show the metadata.
    show_metadata: NotRequired[bool]
    # For backends: the user for whom to act. A client acts for itself.
    user_id: NotRequired[str]


class GroupChannelChange(TypedDict):
    """What `PUT /group_channels/{channel_url}` takes beside what its method says."""

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


class GroupChannelFilters(TypedDict):
    """What `GET /group_channels` takes beside what its method says."""

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
    channel_urls: NotRequired[Many[str]]
    # Of one of these custom types.
    custom_types: NotRequired[Many[str]]
    # Whose custom type begins so.
    custom_type_startswith: NotRequired[str]
    # Which are called exactly so.
    name: NotRequired[str]
    # Which have this in their name, in whatever case.
    name_contains: NotRequired[str]
    # Whose name begins so, in whatever case.
    name_startswith: NotRequired[str]
    # Made after this time, in milliseconds.
    created_after: NotRequired[int]
    # Made before this time, in milliseconds.
    created_before: NotRequired[int]
    # With these members and no others.
    members_exactly_in: NotRequired[Many[str]]
    # With these members, see `query_type`.
    members_include_in: NotRequired[Many[str]]
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
    metadata_values: NotRequired[Many[str]]
    # Whose item begins so.
    metadata_value_startswith: NotRequired[str]
    # The counter that the filters below are about.
    metacounter_key: NotRequired[str]
    # Whose counter is one of these.
    metacounter_values: NotRequired[Many[int]]
    # Whose counter is above this.
    metacounter_value_gt: NotRequired[int]
    # Whose counter is this or above.
    metacounter_value_gte: NotRequired[int]
    # Whose counter is below this.
    metacounter_value_lt: NotRequired[int]
    # Whose counter is this or below.
    metacounter_value_lte: NotRequired[int]


class MemberFilters(TypedDict):
    """What `GET /group_channels/{channel_url}/members` takes beside what its method says."""

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
    user_ids: NotRequired[Many[str]]
    # Whether to show how far members have read.
    show_read_receipt: NotRequired[bool]
    # Whether to show up to when messages have reached members.
    show_delivery_receipt: NotRequired[bool]
    # For backends: whether to show how members are notified.
    include_push_preference: NotRequired[bool]
    # Whose blocks to show, of and by each member; a client can only name itself.
    user_id: NotRequired[str]


class AdminMessageOptions(TypedDict):
    """What `POST /group_channels/{channel_url}/messages` takes beside what its method says."""

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
    # After how many seconds it disappears; -1 for never.
    message_survival_seconds: NotRequired[int]
    # Lists of texts by their keys, in an order.
    sorted_metaarray: NotRequired[Many[MetaItem]]
    # Whether to pin it at once.
    pin_message: NotRequired[bool]
    # For backends: when it was sent, in milliseconds, in the past; 0 for now.
    created_at: NotRequired[int]
    # Whether devices are told; absent for true, but for admin messages.
    send_push: NotRequired[bool | None]
    # For backends: `default`, `alternative`, or what to say: `title` and `body`.
    push_message_template: NotRequired[Literal["alternative", "default"] | PushText | None]
    # For backends: of apps of Apple, only the one with this bundle id is told.
    apns_bundle_id: NotRequired[str]
    # Of a critical alert: `name` or `sound`, and `volume` from 0 to 1.
    apple_critical_alert_options: NotRequired[CriticalAlert | None]


class MessageOptions(AdminMessageOptions):
    """What `POST /group_channels/{channel_url}/messages` takes beside what its method says."""

    # The message to reply to; 0 for none.
    parent_message_id: NotRequired[int]
    # Whether a reply is listed among the channel's messages too.
    reply_to_channel: NotRequired[bool]
    # Files that were uploaded, or are kept elsewhere.
    files: NotRequired[Many[Sent]]
    # For backends: whether to filter the text, as that of a client is.
    apply_filters: NotRequired[bool]
    # The poll that the message shows; 0 for none.
    poll_id: NotRequired[int]
    # Whether the sender has read the channel then.
    mark_as_read: NotRequired[bool]


class MessageDetails(TypedDict):
    """What `GET /group_channels/{channel_url}/messages/{message_id}` takes beside what its method says."""

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


class MessageChange(TypedDict):
    """What `PUT /group_channels/{channel_url}/messages/{message_id}` takes beside what its method says."""

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


class MessageFilters(TypedDict):
    """What `GET /group_channels/{channel_url}/messages` takes beside what its method says."""

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
    # The time around which to list, in milliseconds.
    message_ts: NotRequired[int]
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
    sender_ids: NotRequired[Many[str]]
    # Of one of these custom types.
    custom_types: NotRequired[Many[str]]
    # A text (`MESG`), files (`FILE`), or from the backend (`ADMM`).
    message_type: NotRequired[Literal["", "ADMM", "FILE", "MESG"]]
    # The message whose replies to list; 0 for the channel's messages.
    parent_message_id: NotRequired[int]
    # Whether replies are listed: `NONE`, `ALL`, or those that were sent to the channel too.
    include_reply_type: NotRequired[Literal["ALL", "NONE", "ONLY_REPLY_TO_CHANNEL"]]
