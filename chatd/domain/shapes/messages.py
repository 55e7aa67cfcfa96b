"""Messages and what hangs on them."""

from __future__ import annotations

from typing import Any, NotRequired, TypedDict

from chatd.domain.shapes.users import BasicUser


class MessageEvents(TypedDict):
    """What a message sets in motion."""

    send_push_notification: str
    update_unread_count: bool
    update_mention_count: bool
    update_last_message: bool


class Reaction(TypedDict):
    """One reaction to a message, with its users."""

    key: str
    user_ids: list[str]
    updated_at: int


class ThreadInfo(TypedDict):
    """The replies to a message."""

    reply_count: int
    most_replies: list[BasicUser]
    last_replied_at: int
    updated_at: int


class Thumbnail(TypedDict):
    """A smaller picture of a file, as large as fits into `width` and `height`."""

    url: str
    plain_url: str
    width: int
    height: int
    real_width: int
    real_height: int


class MetaItem(TypedDict):
    """A key of a sorted meta array, with its values."""

    key: str
    value: list[str]


class Message(TypedDict):
    """A message; one of type `ADMM` has no `user`. `file` is empty but for a message with one file."""

    message_id: int
    type: str
    channel_url: str
    channel_type: str
    user: NotRequired[BasicUser]
    message: str
    data: str
    custom_type: str
    created_at: int
    updated_at: int
    mention_type: str
    mentioned_users: list[BasicUser]
    is_removed: bool
    is_op_msg: bool
    silent: bool
    translations: dict[str, str]
    file: dict[str, Any]
    thumbnails: NotRequired[list[Thumbnail]]
    files: NotRequired[list[dict[str, Any]]]
    message_survival_seconds: int
    message_retention_hour: int
    message_events: MessageEvents
    is_apple_critical_alert: NotRequired[bool]
    req_id: NotRequired[str]
    parent_message_id: NotRequired[int]
    parent_message_info: NotRequired[dict[str, Any]]
    is_reply_to_channel: NotRequired[bool]
    reactions: NotRequired[list[Reaction]]
    thread_info: NotRequired[ThreadInfo]
    sorted_metaarray: NotRequired[list[MetaItem]]
    forwarded_from: NotRequired[BasicUser]
    poll: NotRequired[dict[str, Any]]
    og_tag: NotRequired[dict[str, Any]]


class Messages(TypedDict):
    """Messages in the order that was asked for.

    Who asked for some of many goes on from `prev_message_id` or `next_message_id` when that is there.
    """

    messages: list[Message]
    prev_message_id: NotRequired[int]
    next_message_id: NotRequired[int]


class FileMessages(TypedDict):
    """A page of messages with files, the newest first."""

    messages: list[Message]
    next: str


class Total(TypedDict):
    """How many there are."""

    total: int


class ReactionChange(TypedDict):
    """What came of adding or removing a reaction: `operation` is `ADD` or `DELETE`."""

    user_id: str
    operation: str
    success: bool
    reaction: str
    msg_id: int
    updated_at: int


Reactions = dict[str, int | list[str]]
"""By reaction how many users, or their ids."""


class MessageRetention(TypedDict):
    """How long messages are kept, in hours, and how many of a channel; -1 for ever and for all."""

    message_retention_hours: int
    message_retention_count: int


class FoundMessage(Message):
    """A message that a search found; `highlights` are where its text matches, each from and to a character."""

    highlights: list[list[int]]


class SearchResults(TypedDict):
    """A page of what was found."""

    results: list[FoundMessage]
    total_count: NotRequired[int]
    has_prev: bool
    has_next: bool
    next: str
    start_cursor: str
    end_cursor: str
