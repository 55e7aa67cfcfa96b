"""Of announcements nobody is told: they are told of the messages."""

from __future__ import annotations

from chatd import events
from chatd.domain.publications.dispatch import render
from chatd.domain.resources.resource import Resource
from chatd.store.transaction import Transaction


@render.register(events.AnnouncementCreated)
@render.register(events.AnnouncementUpdated)
@render.register(events.AnnouncementProgressed)
@render.register(events.AnnouncementMoved)
def _(event: events.Event, txn: Transaction, sequence: int, time: int) -> Resource | None:
    return None
