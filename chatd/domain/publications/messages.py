"""What is told of messages."""

from __future__ import annotations

from chatd import events
from chatd.domain.fold.stored import current_message, placed
from chatd.domain.messages.details import thread_info, whole
from chatd.domain.publications.dispatch import render
from chatd.domain.resources.resource import Resource
from chatd.store import tables
from chatd.store.transaction import Transaction


@render.register
def _(event: events.MessageSent, txn: Transaction, sequence: int, time: int) -> Resource | None:
    message = event.message
    channel = txn.get(tables.CHANNELS, message.channel)
    if channel is None or message.is_removed:
        return None
    data: Resource = {
        "type": "message.created",
        "channel_url": channel.channel_url,
        "message": whole(txn, placed(message, sequence, time), channel),
    }
    if message.parent:
        data["thread_info"] = thread_info(txn, message.parent)
    if message.leaves_unread:
        data["leaves_unread"] = True
    return data


@render.register
def _(event: events.MessageUpdated, txn: Transaction, sequence: int, time: int) -> Resource | None:
    message = current_message(txn, event.message.message_id)
    channel = txn.get(tables.CHANNELS, event.message.channel)
    if channel is None or message is None or message.is_removed:
        return None
    return {"type": "message.updated", "channel_url": channel.channel_url, "message": whole(txn, message, channel)}


@render.register
def _(event: events.MessageDeleted, txn: Transaction, sequence: int, time: int) -> Resource | None:
    channel = txn.get(tables.CHANNELS, event.channel)
    if channel is None:
        return None
    data: Resource = {
        "type": "message.deleted",
        "channel_url": channel.channel_url,
        "message_id": event.message_id,
    }
    message = current_message(txn, event.message_id)
    if message is not None and message.parent:
        data |= {"parent_message_id": message.parent, "thread_info": thread_info(txn, message.parent)}
    return data


@render.register
def _(event: events.ReactionAdded, txn: Transaction, sequence: int, time: int) -> Resource | None:
    return _reaction(txn, "reaction.added", event, event.created_at or time)


@render.register
def _(event: events.ReactionRemoved, txn: Transaction, sequence: int, time: int) -> Resource | None:
    return _reaction(txn, "reaction.removed", event, time)


def _reaction(
    txn: Transaction, kind: str, event: events.ReactionAdded | events.ReactionRemoved, time: int
) -> Resource | None:
    channel = txn.get(tables.CHANNELS, event.channel)
    message = current_message(txn, event.message_id)
    if channel is None or message is None or message.is_removed or not event.key:
        return None
    return {
        "type": kind,
        "channel_url": channel.channel_url,
        "message_id": event.message_id,
        "reaction": event.key,
        "user_id": txn.require(tables.USERS, event.user).user_id,
        "updated_at": time,
    }


@render.register
def _(event: events.RetentionChanged, txn: Transaction, sequence: int, time: int) -> Resource | None:
    return None


@render.register
def _(event: events.PaceChanged, txn: Transaction, sequence: int, time: int) -> Resource | None:
    return None


@render.register
def _(event: events.MessagesExpired, txn: Transaction, sequence: int, time: int) -> Resource | None:
    channel = txn.get(tables.CHANNELS, event.channel)
    if channel is None:
        return None
    return {
        "type": "messages.expired",
        "channel_url": channel.channel_url,
        "message_id": event.message_id,
        "created_at": event.created_at,
    }


@render.register
def _(event: events.MessagesErased, txn: Transaction, sequence: int, time: int) -> Resource | None:
    channel = txn.get(tables.CHANNELS, event.channel)
    if channel is None:
        return None
    return {"type": "messages.erased", "channel_url": channel.channel_url, "message_ids": list(event.messages)}
