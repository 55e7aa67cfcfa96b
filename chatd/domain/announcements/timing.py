"""When announcements go on: from the time for which they are scheduled on, but for hours of rest."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from chatd.model import Announcement
from chatd.store import tables
from chatd.store.transaction import Transaction

MINUTE: Final = 60_000
DAY: Final = 24 * 60


def minutes_of(text: str) -> int:
    """The minute of the day that `HHMM` is; -1 for nothing."""
    return int(text[:2]) * 60 + int(text[2:]) if text else -1


def text_of(minutes: int) -> str:
    """A minute of the day as `HHMM`; nothing for -1."""
    return f"{minutes // 60:02}{minutes % 60:02}" if minutes >= 0 else ""


def rests(announcement: Announcement, now: int) -> bool:
    """Whether it rests at a time, in milliseconds."""
    if announcement.cease_at < 0:
        return False
    since = (now // MINUTE - announcement.cease_at) % DAY
    return since < (announcement.resume_at - announcement.cease_at) % DAY


def wakes_at(announcement: Announcement, now: int) -> int:
    """When it goes on, in milliseconds, while it rests."""
    minute = now // MINUTE
    return (minute + (announcement.resume_at - minute) % DAY) * MINUTE


def next_announcement(txn: Transaction) -> int | None:
    """When the next announcement begins or goes on, in milliseconds; None when there is none."""
    return min((_time(txn, each) for each in _coming(txn)), default=None)


def ready(txn: Transaction) -> Announcement | None:
    """The oldest announcement that is to go on now."""
    return next((each for each in _coming(txn) if _time(txn, each) <= txn.now), None)


def _coming(txn: Transaction) -> Iterator[Announcement]:
    """Those that are due, and the next one that will be."""
    for (due, number), _ in txn.scan(tables.ANNOUNCEMENTS_DUE):
        yield txn.require(tables.ANNOUNCEMENTS, number)
        if due > txn.now:
            return


def _time(txn: Transaction, announcement: Announcement) -> int:
    if announcement.scheduled_at <= txn.now and rests(announcement, txn.now):
        wakes = wakes_at(announcement, txn.now)
        return min(wakes, announcement.end_at or wakes)
    return announcement.scheduled_at
