"""How bots change."""

from __future__ import annotations

from chatd import events
from chatd.domain.fold.dispatch import apply
from chatd.store import tables
from chatd.store.transaction import Transaction


@apply.register
def _(event: events.BotChanged, txn: Transaction, sequence: int, time: int) -> None:
    txn.put(tables.BOTS, event.user, value=event.bot)
