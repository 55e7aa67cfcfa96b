"""Who was active, by day.

A user is active on a day on which they were connected, did something by a session of their own, or a message was sent
in their name. Bots are not.
"""

from __future__ import annotations

from typing import Final

from pyroaring import BitMap

from chatd.domain.statistics.sets import Of, one_set, sets, unpacked
from chatd.store import tables
from chatd.store.transaction import Transaction

WEEK: Final = 7
# As many days as make a month, where it ends on any day.
MONTH: Final = 30


class ActiveUsers:
    """Who was active on each day from the first to the last, and on those before it that a month takes."""

    def __init__(self, txn: Transaction, first: int, last: int, before: int = MONTH - 1) -> None:
        self._begin = max(first - before, 0)
        self._days = [BitMap() for _ in range(self._begin, last + 1)]
        bots = one_set(txn, Of.BOTS)
        for (day,), raw in txn.scan(tables.ACTIVE_USERS, start=(self._begin,)):
            if day > last:
                break
            self._days[day - self._begin] = unpacked(raw) - bots
        for day, _, senders in sets(txn, Of.SENDERS, self._begin, last):
            self._days[day - self._begin] |= senders

    def of(self, days: range) -> BitMap:
        """Who was active on at least one of these days."""
        found = self._days[max(days.start - self._begin, 0) : days.stop - self._begin]
        return BitMap.union(*found) if found else BitMap()

    def until(self, day: int, days: int) -> int:
        """How many were active in so many days that end with `day`."""
        return len(self.of(range(day - days + 1, day + 1)))
