"""Generations of counts: one answers, and a new one may be made of the log beside it.

Of messages that were removed the log does not say any more what kind they were. So a new generation takes that from the
one that answers, for days on which both have as many messages, before it is put in its place.
"""

from __future__ import annotations

from itertools import islice
from typing import Any, Final

from msgspec.structs import replace

from chatd.domain.statistics.counting import REMOVED
from chatd.domain.statistics.days import day_of
from chatd.domain.statistics.sets import Of
from chatd.domain.statistics.tallying import TALLY_DAYS, Counted
from chatd.model import Counting, Day, Generation
from chatd.store import tables
from chatd.store.table import Table
from chatd.store.transaction import Transaction

DAYS_AT_ONCE: Final = 20
ROWS_AT_ONCE: Final = 500

_OF_GENERATIONS: tuple[Table[Any], ...] = (
    tables.COUNTED_CHANNELS,
    tables.DAYS,
    tables.DAY_SETS,
    tables.TALLIES,
    tables.GENERATIONS,
)


def begin(txn: Transaction) -> None:
    """Begin to count an application, if nobody has."""
    if txn.get(tables.COUNTING) is None:
        txn.put(tables.COUNTING, value=Counting())
        txn.put(tables.GENERATIONS, 1, value=Generation())


def begin_anew(txn: Transaction) -> None:
    """Have everything that follows from the log counted anew, unless that has begun."""
    begin(txn)
    counting = txn.require(tables.COUNTING)
    if not counting.coming:
        coming = counting.live + 1
        txn.put(tables.COUNTING, value=replace(counting, coming=coming))
        txn.put(tables.GENERATIONS, coming, value=Generation())


def keep(txn: Transaction, counted: Counted) -> None:
    """Write what was counted, unless that was done."""
    if txn.get(tables.GENERATIONS, counted.number) != counted.before:
        return
    for table, key, value in counted.rows:
        if value is None:
            txn.delete(table, *key)
        else:
            txn.put(table, *key, value=value)


def mend(txn: Transaction) -> bool:
    """Bring a new generation that has come as far as the one that answers into its place; False when that is done."""
    counting = txn.require(tables.COUNTING)
    coming = txn.require(tables.GENERATIONS, counting.coming)
    days = list(islice(txn.scan(tables.DAYS, counting.coming, start=(coming.mended,)), DAYS_AT_ONCE))
    for (_, number), day in days:
        _mend_day(txn, counting, number, day)
    if len(days) == DAYS_AT_ONCE:
        txn.put(tables.GENERATIONS, counting.coming, value=replace(coming, mended=days[-1][0][1] + 1))
        return True
    txn.put(tables.COUNTING, value=Counting(live=counting.coming))
    return False


def _mend_day(txn: Transaction, counting: Counting, number: int, day: Day) -> None:
    """Take from the generation that answers what the log says no more of a day."""
    old = txn.get(tables.DAYS, counting.live, number)
    if old is None:
        return
    day = replace(day, deactivated=max(day.deactivated, old.deactivated))
    if _lost(day) > _lost(old) and _total(day) == _total(old):
        day = replace(day, messages=old.messages)
        keys = [key for key, _ in txn.scan(tables.DAY_SETS, counting.coming, int(Of.SENDERS), number)]
        for key in keys:
            txn.delete(tables.DAY_SETS, *key)
        for (_, *rest), raw in txn.scan(tables.DAY_SETS, counting.live, int(Of.SENDERS), number):
            txn.put(tables.DAY_SETS, counting.coming, *rest, value=raw)
    txn.put(tables.DAYS, counting.coming, number, value=day)


def is_unclean(txn: Transaction) -> bool:
    """Whether something is of no use any more: old generations, and old tallies."""
    return _useless(txn) is not None


def clear(txn: Transaction) -> bool:
    """Remove some of what is of no use any more. False when nothing was left."""
    found = _useless(txn)
    if found is None:
        return False
    table, prefix = found
    for key in [key for key, _ in islice(txn.scan(table, *prefix), ROWS_AT_ONCE)]:
        txn.delete(table, *key)
    return True


def _useless(txn: Transaction) -> tuple[Table[Any], tuple[int, ...]] | None:
    """A table, and the beginning of keys in it that nobody needs."""
    found = txn.get(tables.COUNTING)
    live = 0 if found is None else found.live
    for table in _OF_GENERATIONS:
        first = next(txn.scan(table), None)
        if first is not None and first[0][0] < live:
            return table, first[0][:1]
    oldest = day_of(txn.now) - TALLY_DAYS + 1
    for of in (Of.SENDERS, Of.CHANNELS):
        first = next(txn.scan(tables.TALLIES, live, int(of)), None)
        if first is not None and first[0][2] < oldest:
            return tables.TALLIES, first[0][:3]
    return None


def _total(day: Day) -> int:
    return sum(each.messages for each in day.messages)


def _lost(day: Day) -> int:
    """How many messages of a day are known to have been sent, and not of which kind."""
    return sum(each.messages for each in day.messages if each.message_type == REMOVED)
