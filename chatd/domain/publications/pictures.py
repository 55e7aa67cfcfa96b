"""What is told of pictures."""

from __future__ import annotations

from chatd import events
from chatd.domain.fold.stored import current_message
from chatd.domain.messages.details import whole
from chatd.domain.publications.dispatch import render
from chatd.domain.resources.resource import Resource
from chatd.store import tables
from chatd.store.transaction import Transaction


@render.register
def _(event: events.ThumbnailsMade, txn: Transaction, sequence: int, time: int) -> Resource | None:
    message = current_message(txn, event.message_id)
    channel = txn.get(tables.CHANNELS, event.channel)
    if channel is None or message is None or message.is_removed:
        return None
    return {"type": "message.updated", "channel_url": channel.channel_url, "message": whole(txn, message, channel)}


@render.register
def _(event: events.PictureChanged, txn: Transaction, sequence: int, time: int) -> Resource | None:
    return None
