"""Users and members."""

from __future__ import annotations

from typing import NotRequired, TypedDict

from chatd.domain.shapes.exports import ExportFile


class BasicUser(TypedDict):
    """A user as mentioned inside another resource; `role` in a channel."""

    user_id: str
    nickname: str
    profile_url: str
    require_auth_for_profile_image: bool
    metadata: dict[str, str]
    is_active: bool
    role: NotRequired[str]
    is_bot: NotRequired[bool]


class Presence(TypedDict):
    """Whether a user is online; 0 as `last_seen_at` while they are, -1 when that is not known."""

    user_id: str
    is_online: NotRequired[bool]
    last_seen_at: NotRequired[int]


class Status(TypedDict):
    """What a user says of the moment: empty for nothing; until `expires_at`, which is 0 for as long as they do."""

    text: str
    emoji: str
    expires_at: int


class User(TypedDict):
    """A user on its own."""

    user_id: str
    nickname: str
    profile_url: str
    require_auth_for_profile_image: bool
    access_token: str
    has_ever_logged_in: bool
    is_active: bool
    is_online: NotRequired[bool]
    last_seen_at: NotRequired[int]
    created_at: int
    discovery_keys: list[str]
    preferred_languages: list[str]
    metadata: dict[str, str]
    status: Status
    is_bot: bool
    locale: str
    phone_number: str
    is_hide_me_from_friends: bool
    is_shadow_blocked: bool
    is_created: bool
    unread_message_count: NotRequired[int]
    unread_channel_count: NotRequired[int]


class Users(TypedDict):
    """A page of users."""

    users: list[User]
    next: str


class PresencePreference(TypedDict):
    """Who may see a user's presence: `everybody`, `contacts` or `nobody`."""

    visible_to: str


class UserDiscovery(TypedDict):
    """Whether users find each other."""

    is_allowed: bool


class Presences(TypedDict):
    """Who is online."""

    users: list[Presence]


class WatchedUser(BasicUser):
    """A user as one who watches them sees them at first."""

    is_online: NotRequired[bool]
    last_seen_at: NotRequired[int]
    status: Status


class WatchedUsers(TypedDict):
    """Who is watched from now on."""

    users: list[WatchedUser]


class Member(BasicUser):
    """A user as a member of a channel. `state` is `joined` or `invited`, `role` is `operator` or empty."""

    is_online: NotRequired[bool]
    last_seen_at: NotRequired[int]
    state: str
    joined_ts: int
    invited_at: NotRequired[int]
    is_muted: bool
    muted_end_at: int
    muted_description: str
    read_ts: NotRequired[int]
    delivered_ts: NotRequired[int]
    is_blocking_me: NotRequired[bool]
    is_blocked_by_me: NotRequired[bool]
    push_enabled: NotRequired[bool]
    push_trigger_option: NotRequired[str]
    do_not_disturb: NotRequired[bool]


class Members(TypedDict):
    """A page of members."""

    members: list[Member]
    next: str


class Membership(TypedDict):
    """Whether somebody is a member: `state` is `joined`, `invited` or `none`."""

    is_member: bool
    state: str


class Reader(BasicUser):
    """A member to whom a message was sent: up to when they have read, and messages have reached them."""

    read_ts: int
    delivered_ts: int


class Readers(TypedDict):
    """A page of those who have read a message, or have not."""

    users: list[Reader]
    total_count: NotRequired[int]
    next: str


class Delivered(TypedDict):
    """Up to when messages have reached a member."""

    ts: int


class UnreadCount(TypedDict):
    """How much is unread."""

    unread_count: int


class UnreadItems(TypedDict):
    """How much is unread, and open invitations: in all group channels, in those that are super channels, in others."""

    group_channel_unread_message_count: NotRequired[int]
    non_super_group_channel_unread_message_count: NotRequired[int]
    super_group_channel_unread_message_count: NotRequired[int]
    group_channel_unread_mention_count: NotRequired[int]
    non_super_group_channel_unread_mention_count: NotRequired[int]
    super_group_channel_unread_mention_count: NotRequired[int]
    group_channel_invitation_count: NotRequired[int]
    non_super_group_channel_invitation_count: NotRequired[int]
    super_group_channel_invitation_count: NotRequired[int]


class UnreadByUser(TypedDict):
    """How much is unread, by user id."""

    unread: dict[str, int]


class Token(TypedDict):
    """A session token, which expires."""

    user_id: str
    token: str
    expires_at: int


class Connection(TypedDict):
    """One connection of a user."""

    client_id: str
    connected_at: int
    address: str
    transport: str
    encoding: str
    software: str


class Connections(TypedDict):
    """The connections of a user, oldest first."""

    connections: list[Connection]


class Closed(TypedDict):
    """How many connections were closed."""

    closed: int


class PrivacyRequest(TypedDict):
    """That somebody is to be forgotten, or to have a file; `status`: `scheduled`, `in_progress`, `done`, `canceled`."""

    request_id: str
    action: str
    status: str
    user_ids: list[str]
    erased_users: int
    channel_delete_option: str
    files: ExportFile | None
    created_at: int


class PrivacyRequests(TypedDict):
    """A page of requests, oldest first."""

    requests: list[PrivacyRequest]
    next: str
