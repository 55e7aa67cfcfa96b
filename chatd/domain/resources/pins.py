"""Pins, as they look from outside."""

from __future__ import annotations

from chatd.domain.fold.stored import current_message
from chatd.domain.resources.messages import message_resource
from chatd.domain.resources.resource import Resource
from chatd.model import Channel, Pin
from chatd.store import tables
from chatd.store.transaction import Transaction


def pins_of(txn: Transaction, channel: int) -> list[tuple[int, Pin]]:
    """The pinned messages of a channel, those pinned first first."""
    found = [(key[1], pin) for key, pin in txn.scan(tables.PINS, channel)]
    return sorted(found, key=lambda each: each[1].sequence)


def pinned(txn: Transaction, channel: Channel) -> Resource:
    """What a channel shows of its pins: their ids, those pinned first first, and the message pinned last."""
    ids = [message_id for message_id, _ in pins_of(txn, channel.number)]
    latest = current_message(txn, ids[-1]) if ids else None
    return {
        "pinned_message_ids": ids,
        "latest_pinned_message": message_resource(txn, latest, channel) if latest else None,
    }
