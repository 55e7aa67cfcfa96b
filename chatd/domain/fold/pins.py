"""How pins come and go. That of a removed message goes with it: see `fold.messages.forget_parts`."""

from __future__ import annotations

from chatd import events
from chatd.domain.fold.dispatch import apply
from chatd.model import Pin
from chatd.store import tables
from chatd.store.transaction import Transaction


@apply.register
def _(event: events.MessagePinned, txn: Transaction, sequence: int, time: int) -> None:
    txn.put(tables.PINS, event.channel, event.message_id, value=Pin(sequence, time, event.user))


@apply.register
def _(event: events.MessageUnpinned, txn: Transaction, sequence: int, time: int) -> None:
    txn.delete(tables.PINS, event.channel, event.message_id)
