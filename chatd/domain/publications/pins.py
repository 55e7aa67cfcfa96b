"""What is told of pins."""

from __future__ import annotations

from chatd import events
from chatd.domain.fold.stored import current_message
from chatd.domain.publications.dispatch import render
from chatd.domain.resources.pins import pinned
from chatd.domain.resources.resource import Resource
from chatd.store import tables
from chatd.store.transaction import Transaction


@render.register
def _(event: events.MessagePinned, txn: Transaction, sequence: int, time: int) -> Resource | None:
    message = current_message(txn, event.message_id)
    if message is None or message.is_removed:
        return None
    return _told(txn, "message.pinned", event)


@render.register
def _(event: events.MessageUnpinned, txn: Transaction, sequence: int, time: int) -> Resource | None:
    return _told(txn, "message.unpinned", event)


def _told(txn: Transaction, kind: str, event: events.MessagePinned | events.MessageUnpinned) -> Resource | None:
    channel = txn.get(tables.CHANNELS, event.channel)
    if channel is None:
        return None
    user = txn.get(tables.USERS, event.user) if event.user else None
    data: Resource = {"type": kind, "channel_url": channel.channel_url, "message_id": event.message_id}
    if user is not None and user.user_id:
        data["user_id"] = user.user_id
    return data | pinned(txn, channel)
