"""What the server says by itself, as the application has it."""

from __future__ import annotations

from chatd import events
from chatd.domain.fold.dispatch import apply
from chatd.store import tables
from chatd.store.transaction import Transaction


@apply.register
def _(event: events.AutoMessagesChanged, txn: Transaction, sequence: int, time: int) -> None:
    txn.put(tables.AUTO_MESSAGES, value=event.messages)
