"""Where acts of moderation are found: in the log, by an index of whom and what they concern."""

from __future__ import annotations

from chatd import events
from chatd.domain.fold.dispatch import apply
from chatd.store import tables
from chatd.store.transaction import Transaction


@apply.register
def _(event: events.ActNoted, txn: Transaction, sequence: int, time: int) -> None:
    for scope in {0, event.actor, event.user, event.channel}:
        txn.put(tables.ACTS, scope, sequence)
