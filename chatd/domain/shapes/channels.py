"""Channels."""

from __future__ import annotations

from typing import Any, NotRequired, TypedDict

from chatd.domain.shapes.messages import Message
from chatd.domain.shapes.users import BasicUser, Member


class DisappearingMessage(TypedDict):
    """How long messages of a channel last."""

    is_triggered_by_message_read: bool
    message_survival_seconds: int


class GroupChannel(TypedDict):
    """A group channel; from `member_state` on as one of its members sees it."""

    channel_url: str
    id: int
    name: str
    cover_url: str
    custom_type: str
    data: str
    created_at: int
    created_by: BasicUser | None
    is_distinct: bool
    is_public: bool
    is_super: bool
    is_ephemeral: bool
    is_broadcast: bool
    is_exclusive: bool
    is_discoverable: bool
    is_access_code_required: bool
    freeze: bool
    slow_mode_seconds: int
    ignore_profanity_filter: bool
    is_created: bool
    member_count: int
    joined_member_count: int
    unread_message_count: int
    unread_mention_count: int
    max_length_message: int
    message_survival_seconds: int
    message_survival_count: int
    disappearing_message: DisappearingMessage
    sms_fallback: dict[str, Any]
    last_message: Message | None
    channel: dict[str, Any]
    members: NotRequired[list[Member]]
    operators: NotRequired[list[BasicUser]]
    read_receipt: NotRequired[dict[str, int]]
    delivery_receipt: NotRequired[dict[str, int]]
    pinned_message_ids: NotRequired[list[int]]
    latest_pinned_message: NotRequired[Message | None]
    member_state: NotRequired[str]
    my_role: NotRequired[str]
    hidden_state: NotRequired[str]
    is_hidden: NotRequired[bool]
    is_muted: NotRequired[bool]
    is_push_enabled: NotRequired[bool]
    count_preference: NotRequired[str]
    push_trigger_option: NotRequired[str]
    joined_ts: NotRequired[int]
    invited_at: NotRequired[int]
    inviter: NotRequired[BasicUser]
    user_last_read: NotRequired[int]
    ts_message_offset: NotRequired[int]
    metadata: NotRequired[dict[str, str]]


class GroupChannels(TypedDict):
    """A page of channels; `ts` is the time of the server."""

    channels: list[GroupChannel]
    next: str
    ts: int
