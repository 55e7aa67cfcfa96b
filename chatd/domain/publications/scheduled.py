"""What is told of messages that are to be sent later."""

from __future__ import annotations

from chatd import events
from chatd.domain.publications.dispatch import render
from chatd.domain.resources.resource import Resource
from chatd.domain.resources.scheduled import scheduled_resource
from chatd.model.scheduled import FAILED, PENDING
from chatd.store import tables
from chatd.store.transaction import Transaction


@render.register
def _(event: events.MessageScheduled, txn: Transaction, sequence: int, time: int) -> Resource | None:
    return _waiting(txn, "scheduled_message.created", sequence)


@render.register
def _(event: events.ScheduledChanged, txn: Transaction, sequence: int, time: int) -> Resource | None:
    return _waiting(txn, "scheduled_message.updated", event.scheduled.number)


@render.register
def _(event: events.ScheduledEnded, txn: Transaction, sequence: int, time: int) -> Resource | None:
    data: Resource = {"type": f"scheduled_message.{event.status}", "scheduled_message_id": event.number}
    if event.message:
        data["message_id"] = event.message
    if event.reason:
        data["reason"] = event.reason
    return data


def _waiting(txn: Transaction, kind: str, number: int) -> Resource | None:
    """What is told of one that is still to be sent, or has failed and can be."""
    scheduled = txn.get(tables.SCHEDULED, number)
    if scheduled is None or scheduled.status not in (PENDING, FAILED):
        return None
    return {"type": kind, "scheduled_message": scheduled_resource(txn, scheduled)}
