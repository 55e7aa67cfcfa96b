"""Old state + event = new state: one function for each kind of event."""

from __future__ import annotations

from functools import singledispatch

from chatd import events
from chatd.store.transaction import Transaction


@singledispatch
def apply(event: events.Event, txn: Transaction, sequence: int, time: int) -> None:
    """Change the state tables by one event that the log holds under `sequence` at `time` (ms)."""
    raise TypeError(f"no fold for {type(event).__name__}")
