"""Messages that are to be sent later, as they look from outside."""

from __future__ import annotations

from typing import Any

from chatd.domain.resources.resource import Resource
from chatd.domain.resources.users import basic_user
from chatd.model import Scheduled
from chatd.store import tables
from chatd.store.transaction import Transaction


def scheduled_resource(txn: Transaction, scheduled: Scheduled) -> Resource:
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
        "send_push": params.get("send_push", bool(scheduled.sender)) and not params.get("is_silent", False),
        "is_silent": params.get("is_silent", False),
        "mark_as_read": params.get("mark_as_read", True),
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
