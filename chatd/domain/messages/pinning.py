"""Pinning a message: whether it may be, and that it is."""

from __future__ import annotations

from typing import Final

from chatd import events
from chatd.domain.stream import emit
from chatd.errors import LimitExceeded, Unacceptable
from chatd.model import Actor, Channel
from chatd.store import tables
from chatd.store.transaction import Transaction

MAX_PINS: Final = 10


def pin_message(txn: Transaction, actor: Actor, channel: Channel, message_id: int) -> None:
    """Pin a message of a channel that the caller may change; one that is pinned stays where it is.

    Raises Unacceptable for channels that have no pins, LimitExceeded when there are ten.
    """
    if channel.is_super or channel.is_ephemeral:
        raise Unacceptable("Super and ephemeral channels have no pinned messages.")
    if txn.get(tables.PINS, channel.number, message_id) is not None:
        return
    if sum(1 for _ in txn.scan(tables.PINS, channel.number)) >= MAX_PINS:
        raise LimitExceeded(f"A channel has at most {MAX_PINS} pinned messages; unpin one first.")
    emit(txn, events.MessagePinned(channel.number, message_id, actor.user or 0))
