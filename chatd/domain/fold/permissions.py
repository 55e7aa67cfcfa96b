"""How permissions change. Those of a channel go with it: see `fold.channels`."""

from __future__ import annotations

from chatd import events
from chatd.domain.fold.dispatch import apply
from chatd.store import tables
from chatd.store.transaction import Transaction


@apply.register
def _(event: events.PermissionsChanged, txn: Transaction, sequence: int, time: int) -> None:
    if event.permissions:
        txn.put(tables.PERMISSIONS, event.channel, value=event.permissions)
    else:
        txn.delete(tables.PERMISSIONS, event.channel)
