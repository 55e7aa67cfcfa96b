"""How announcements come, go on and end."""

from __future__ import annotations

from typing import Final

from msgspec.structs import replace

from chatd import events
from chatd.domain.fold.dispatch import apply
from chatd.model import Announcement
from chatd.model.announcements import CANCELED, COMPLETED, INCOMPLETED, RUNNING, SCHEDULED, STOPPED
from chatd.store import tables
from chatd.store.transaction import Transaction

ENDED: Final = (CANCELED, COMPLETED, INCOMPLETED, STOPPED)


@apply.register
def _(event: events.AnnouncementCreated, txn: Transaction, sequence: int, time: int) -> None:
    _put(txn, replace(event.announcement, number=sequence, created_at=time, edit=sequence))
    txn.put(tables.ANNOUNCEMENT_IDS, event.announcement.unique_id, value=sequence)
    txn.put(tables.ANNOUNCEMENT_TARGETS, sequence, value=event.targets)


@apply.register
def _(event: events.AnnouncementUpdated, txn: Transaction, sequence: int, time: int) -> None:
    _put(txn, replace(event.announcement, edit=sequence))
    txn.put(tables.ANNOUNCEMENT_TARGETS, event.announcement.number, value=event.targets)


@apply.register
def _(event: events.AnnouncementProgressed, txn: Transaction, sequence: int, time: int) -> None:
    before = txn.require(tables.ANNOUNCEMENTS, event.announcement)
    channels, users = before.sent_channels + event.channels, before.sent_users + event.users
    _put(txn, replace(before, cursor=event.cursor, sent_channels=channels, sent_users=users))


@apply.register
def _(event: events.AnnouncementMoved, txn: Transaction, sequence: int, time: int) -> None:
    before = txn.require(tables.ANNOUNCEMENTS, event.announcement)
    is_over = event.status in ENDED
    _put(txn, replace(before, status=event.status, ended_at=time if is_over else 0))
    if is_over:
        txn.delete(tables.ANNOUNCEMENT_TARGETS, event.announcement)


def _put(txn: Transaction, announcement: Announcement) -> None:
    """Keep it, and find it when it is due while it is to go on."""
    before = txn.get(tables.ANNOUNCEMENTS, announcement.number)
    if before is not None:
        txn.delete(tables.ANNOUNCEMENTS_DUE, before.scheduled_at, before.number)
    txn.put(tables.ANNOUNCEMENTS, announcement.number, value=announcement)
    if announcement.status in (SCHEDULED, RUNNING):
        txn.put(tables.ANNOUNCEMENTS_DUE, announcement.scheduled_at, announcement.number)
