"""How messages that are to be sent later come, change and end."""

from __future__ import annotations

from typing import Final

from msgspec.structs import replace

from chatd import events
from chatd.domain.fold.dispatch import apply
from chatd.model import Scheduled
from chatd.model.scheduled import FAILED, PENDING
from chatd.store import tables
from chatd.store.requests import remember
from chatd.store.transaction import Transaction

# Of so many that were sent or canceled it is kept that they were, for each sender.
KEPT: Final = 100


def bare(scheduled: Scheduled) -> Scheduled:
    """What remains when its contents are gone."""
    return replace(scheduled, params={}, mentioned=())


def forget_scheduled(txn: Transaction, sender: int) -> None:
    """Remove what a user who is no more was to send."""
    for (_, number), _ in list(txn.scan(tables.SCHEDULED_BY, sender)):
        _remove(txn, txn.require(tables.SCHEDULED, number))


@apply.register
def _(event: events.MessageScheduled, txn: Transaction, sequence: int, time: int) -> None:
    scheduled = replace(event.scheduled, number=sequence, created_at=time, edit=sequence)
    _put(txn, scheduled)
    txn.put(tables.DUE, scheduled.scheduled_at, sequence)
    if event.req_id:
        remember(txn, scheduled.sender, event.req_id, sequence)


@apply.register
def _(event: events.ScheduledChanged, txn: Transaction, sequence: int, time: int) -> None:
    scheduled = replace(event.scheduled, updated_at=time, edit=sequence)
    txn.delete(tables.DUE, txn.require(tables.SCHEDULED, scheduled.number).scheduled_at, scheduled.number)
    _put(txn, scheduled)
    txn.put(tables.DUE, scheduled.scheduled_at, scheduled.number)


@apply.register
def _(event: events.ScheduledEnded, txn: Transaction, sequence: int, time: int) -> None:
    before = txn.require(tables.SCHEDULED, event.number)
    txn.delete(tables.DUE, before.scheduled_at, event.number)
    ended = replace(before, status=event.status, message=event.message, ended_at=time, reason=event.reason)
    _put(txn, ended if event.status == FAILED else bare(ended))
    done = [number for (_, number), status in txn.scan(tables.SCHEDULED_BY, ended.sender) if _is_done(status)]
    for number in done[:-KEPT]:
        _remove(txn, txn.require(tables.SCHEDULED, number))


def _is_done(status: str) -> bool:
    return status not in (PENDING, FAILED)


def _put(txn: Transaction, scheduled: Scheduled) -> None:
    txn.put(tables.SCHEDULED, scheduled.number, value=scheduled)
    txn.put(tables.SCHEDULED_BY, scheduled.sender, scheduled.number, value=scheduled.status)


def _remove(txn: Transaction, scheduled: Scheduled) -> None:
    txn.delete(tables.SCHEDULED, scheduled.number)
    txn.delete(tables.SCHEDULED_BY, scheduled.sender, scheduled.number)
    txn.delete(tables.DUE, scheduled.scheduled_at, scheduled.number)
