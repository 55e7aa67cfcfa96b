"""Of reports, and of what becomes of them, nobody is told: moderators look for them."""

from __future__ import annotations

from chatd import events
from chatd.domain.publications.dispatch import render
from chatd.domain.resources.resource import Resource
from chatd.store.transaction import Transaction


@render.register
def _(event: events.ReportMade, txn: Transaction, sequence: int, time: int) -> Resource | None:
    return None


@render.register
def _(event: events.ReportsMoved, txn: Transaction, sequence: int, time: int) -> Resource | None:
    return None
