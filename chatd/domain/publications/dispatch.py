"""What clients are told of each event."""

from __future__ import annotations

from functools import singledispatch

from chatd import events
from chatd.domain.resources.resource import Resource
from chatd.store.transaction import Transaction


@singledispatch
def render(event: events.Event, txn: Transaction, sequence: int, time: int) -> Resource | None:
    """What clients are told of an event; None when what it was about is no longer there."""
    raise TypeError(f"no publication for {type(event).__name__}")
