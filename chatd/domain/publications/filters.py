"""Of filters nobody is told."""

from __future__ import annotations

from chatd import events
from chatd.domain.publications.dispatch import render
from chatd.domain.resources.resource import Resource
from chatd.store.transaction import Transaction


@render.register(events.ModerationChanged)
@render.register(events.ModerationRemoved)
@render.register(events.FilterHit)
def _(event: events.Event, txn: Transaction, sequence: int, time: int) -> Resource | None:
    return None
