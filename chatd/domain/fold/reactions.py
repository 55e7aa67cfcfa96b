"""How reactions come and go."""

from __future__ import annotations

from chatd import events
from chatd.domain.fold.dispatch import apply
from chatd.store import tables
from chatd.store.transaction import Transaction


@apply.register
def _(event: events.ReactionAdded, txn: Transaction, sequence: int, time: int) -> None:
    # An erased user's reactions have no key any more, neither in the event that made one nor in that which took it.
    # Nor do those to a message that is gone.
    txn.put(tables.REACTED, event.message_id, sequence)
    at = event.created_at or time
    if event.key:
        txn.put(tables.REACTIONS, event.message_id, event.key, event.user, value=at)


@apply.register
def _(event: events.ReactionRemoved, txn: Transaction, sequence: int, time: int) -> None:
    txn.put(tables.REACTED, event.message_id, sequence)
    if event.key:
        txn.delete(tables.REACTIONS, event.message_id, event.key, event.user)
