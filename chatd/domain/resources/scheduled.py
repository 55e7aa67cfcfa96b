"""Messages that are to be sent later, as they look from outside."""

from __future__ import annotations

from typing import Any, TypedDict

from chatd.domain.resources.resource import Resource
from chatd.domain.resources.users import basic_user
from chatd.model import Scheduled
from chatd.store import tables
from chatd.store.transaction import Transaction


class ScheduledMessage(TypedDict):
    """A message to send at `scheduled_at`. All times are milliseconds, 0 for what has not happened.

    `message_id` is what was sent, 0 before; `reason` says why it has failed. One that was sent or canceled has no
    contents any more.
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
    mentioned_users: list[Resource]
    parent_message_id: int
    files: list[Resource]
    sorted_metaarray: list[Resource]


def scheduled_resource(txn: Transaction, scheduled: Scheduled) -> ScheduledMessage:
    """A scheduled message, pending or ended."""
    params: dict[str, Any] = scheduled.params
    channel = txn.get(tables.CHANNELS, scheduled.channel)
    sender = txn.get(tables.USERS, scheduled.sender) if scheduled.sender else None
    return {
        "scheduled_message_id": scheduled.number,
        "type": type_of(scheduled),
        "channel_url": channel.channel_url if channel is not None else "",
        "channel_type": "open" if channel is not None and channel.is_open else "group",
        "sender_id": sender.user_id if sender is not None else "",
        "scheduled_status": scheduled.status,
        "scheduled_at": scheduled.scheduled_at,
        "created_at": scheduled.created_at,
        "updated_at": scheduled.updated_at,
        "sent_at": scheduled.ended_at if scheduled.message else 0,
        "message_id": scheduled.message,
        "reason": scheduled.reason,
        "message": params.get("message", ""),
        "custom_type": params.get("custom_type", ""),
        "data": params.get("data", ""),
        "send_push": not params.get("is_silent", False),
        "is_silent": params.get("is_silent", False),
        "mark_as_read": True,
        "mention_type": params.get("mention_type", "users"),
        "mentioned_users": [basic_user(txn.require(tables.USERS, number)) for number in scheduled.mentioned],
        "parent_message_id": params.get("parent_message_id", 0),
        "files": params.get("files", []),
        "sorted_metaarray": params.get("sorted_metaarray", []),
    }


def type_of(scheduled: Scheduled) -> str:
    """What kind of message it will be."""
    if not scheduled.sender:
        return "ADMM"
    return "FILE" if scheduled.params.get("files") or scheduled.params.get("url") else "MESG"
