"""Of what the server will say nobody is told."""

from __future__ import annotations

from chatd import events
from chatd.domain.publications.dispatch import render
from chatd.domain.resources.resource import Resource
from chatd.store.transaction import Transaction


@render.register
def _(event: events.AutoMessagesChanged, txn: Transaction, sequence: int, time: int) -> Resource | None:
    return None
