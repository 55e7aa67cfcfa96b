"""Looking through acts and reports, which an index finds in the log, from either end."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from chatd.domain.command import Input
from chatd.domain.fields import Milliseconds, PageLimit, PageToken
from chatd.domain.paging import Page
from chatd.domain.positions import last_before
from chatd.events import LogEntry
from chatd.store import tables
from chatd.store.table import Table
from chatd.store.transaction import Transaction

# So many are looked at for a page, whatever of them is wanted.
LOOKED_AT: Final = 1000
# Looking at one costs as much as passing over so many by what an index says.
_LOOK: Final = 20

# Whether an event is to be looked at, by its sequence number.
Wanted = Callable[[int], bool]


def _everything(sequence: int) -> bool:
    return True


class Between(Input, frozen=True):
    """A page of what happened between two times, the last first. `start_ts` is included, `end_ts` is not."""

    start_ts: Milliseconds = 0
    end_ts: Milliseconds | None = None
    token: PageToken = ""
    limit: PageLimit = 20

    def page(self) -> Page:
        """The page, empty."""
        return Page(self.token, self.limit, (int,))


def latest(
    txn: Transaction, table: Table[None], scope: int, page: Page, times: Between, is_wanted: Wanted = _everything
) -> Iterator[tuple[int, LogEntry]]:
    """Events that an index has under a scope, with their sequence numbers, descending; those that are wanted.

    When there are many, the page is cut: it goes on there with the next one.
    """
    rows = txn.scan(table, scope, start=_last(txn, page, times), reverse=True)
    return _back(txn, (key[1] for key, _ in rows), page, times, is_wanted)


def latest_settled(txn: Transaction, page: Page, times: Between, is_wanted: Wanted) -> Iterator[tuple[int, LogEntry]]:
    """The same of the reports that are not open, of which there may be few among many."""
    rows = txn.scan(tables.REPORT_STATES, start=_last(txn, page, times), reverse=True)
    return _back(txn, (key[0] for key, _ in rows), page, times, is_wanted)


def _last(txn: Transaction, page: Page, times: Between) -> tuple[int] | None:
    if page.start is None and times.end_ts is not None:
        return (last_before(txn, times.end_ts),)
    return page.start


def _back(
    txn: Transaction, found: Iterator[int], page: Page, times: Between, is_wanted: Wanted
) -> Iterator[tuple[int, LogEntry]]:
    cost = 0
    for sequence in found:
        is_enough = cost >= LOOKED_AT * _LOOK
        if not is_enough and not is_wanted(sequence):
            cost += 1
            continue
        entry = txn.require(tables.LOG, sequence)
        if entry.time < times.start_ts:
            return
        if is_enough:
            page.cut((sequence,))
            return
        cost += _LOOK
        yield sequence, entry


def earliest(
    txn: Transaction, table: Table[None], scope: int, page: Page, times: Between
) -> Iterator[tuple[int, LogEntry]]:
    """The same from the first one on: ascending."""
    start = page.start or (last_before(txn, times.start_ts) + 1,)
    for count, ((_, sequence), _) in enumerate(txn.scan(table, scope, start=start)):
        entry = txn.require(tables.LOG, sequence)
        if times.end_ts is not None and entry.time >= times.end_ts:
            return
        if count == LOOKED_AT:
            page.cut((sequence,))
            return
        yield sequence, entry
