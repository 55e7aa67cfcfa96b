"""Counted places: how many of those noted lie behind another one, without looking at each of them.

A place stands in a row of its own, and is counted in the rows of the blocks that it lies in: of 128 places, and of 128
such blocks. A table for it ends its keys with the level of the row, 0 for places, and the number at that level.
"""

from __future__ import annotations

from itertools import islice
from typing import Any, Final

from chatd.store.keys import TALLY_BITS, TALLY_TOP, tally_rows
from chatd.store.table import Table
from chatd.store.transaction import Transaction

_BLOCK: Final = 1 << TALLY_BITS


def count(txn: Transaction, table: Table[int], *prefix: Any, place: int, change: int = 1) -> None:
    """Note a place that was not noted, or with -1 forget one that was."""
    for level, number in tally_rows(place):
        key = (*prefix, level, number)
        total = (txn.get(table, *key) or 0) + change
        if total:
            txn.put(table, *key, value=total)
        else:
            txn.delete(table, *key)


def count_behind(txn: Transaction, table: Table[int], *prefix: Any, place: int) -> int:
    """How many of the noted places are greater than one. Reads at most 254 rows, and one for 16384 places."""
    total, start = 0, place + 1
    for level in range(TALLY_TOP + 1):
        end = (start | _BLOCK - 1) + 1
        for key, counted in txn.scan(table, *prefix, level, start=(start,)):
            if key[-1] >= end and level < TALLY_TOP:
                break
            total += counted
        else:
            return total
        start = end >> TALLY_BITS
    return total


def remove_some(txn: Transaction, table: Table[int], *prefix: Any, limit: int) -> None:
    """Remove up to `limit` rows of places that are of no use any more."""
    for key, _ in list(islice(txn.scan(table, *prefix), limit)):
        txn.delete(table, *key)
