"""How fast users may write, and what they wrote last where that matters."""

from __future__ import annotations

from typing import Final

from chatd import events
from chatd.domain.fold.dispatch import apply
from chatd.store import tables
from chatd.store.transaction import Transaction

# What is looked back on; a pace cannot allow more.
LAST: Final = 20


@apply.register
def _(event: events.PaceChanged, txn: Transaction, sequence: int, time: int) -> None:
    txn.put(tables.PACE, value=event.pace)


def note_last(txn: Transaction, user: int, message: int) -> None:
    """A user has written a message."""
    pace = txn.get(tables.PACE)
    if pace is not None and (pace.messages or pace.repeats):
        last = txn.get(tables.LAST_MESSAGES, user) or ()
        txn.put(tables.LAST_MESSAGES, user, value=(*last, message)[-LAST:])
