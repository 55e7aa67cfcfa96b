"""Messages that are to be sent later."""

from __future__ import annotations

from typing import Any, TypedDict

from chatd.domain.shapes.users import BasicUser


class ScheduledMessage(TypedDict):
    """A message to send at `scheduled_at`. All times are milliseconds, 0 for what has not happened.

    `scheduled_status` is `pending`, `sent`, `failed` or `canceled`. `message_id` is what was sent, 0 before; `reason`
    says why it has failed. One that was sent or canceled has no contents any more.
    """

    scheduled_message_id: int
    type: str
    channel_url: str
    channel_type: str
    sender_id: str
    scheduled_status: str
    scheduled_at: int
    created_at: int
    updated_at: int
    sent_at: int
    message_id: int
    reason: str
    message: str
    custom_type: str
    data: str
    send_push: bool
    is_silent: bool
    mark_as_read: bool
    mention_type: str
    mentioned_users: list[BasicUser]
    parent_message_id: int
    files: list[dict[str, Any]]
    sorted_metaarray: list[dict[str, Any]]


class ScheduledMessages(TypedDict):
    """A page of scheduled messages."""

    scheduled_messages: list[ScheduledMessage]
    next: str


class ScheduledCount(TypedDict):
    """How many scheduled messages there are."""

    count: int
