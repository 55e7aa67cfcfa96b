"""What is counted, and how it can be broken."""

from __future__ import annotations

from typing import Any, Final

from pyroaring import BitMap

from chatd.domain.statistics.checking import COUNTED, MEMBERS
from chatd.domain.statistics.sets import packed
from chatd.store import tables

STATISTICS: Final = {
    *(tables.COUNTING, tables.GENERATIONS, tables.COUNTED_USERS, tables.COUNTED_CHANNELS, tables.DAYS),
    *(tables.DAY_SETS, tables.TALLIES, tables.ACTIVE_USERS, tables.PLATFORM_USERS, tables.DAY_COUNTERS),
    *(tables.ANNOUNCED, tables.ANNOUNCED_IN, tables.OPENED, tables.OPEN_HOURS),
}

# What is done to a store, what is not so then, and words that say where.
BROKEN_STATISTICS: Final[list[tuple[Any, str, str]]] = [
    (lambda hand: hand.delete(tables.GENERATIONS, 1), COUNTED, "generation 1"),
    (lambda hand: hand.delete_first(tables.DAYS), COUNTED, "messages"),
    (
        lambda hand: hand.put(tables.ACTIVE_USERS, 1, value=packed(BitMap([9999]))),
        MEMBERS,
        "9999",
    ),
    (
        lambda hand: hand.put(tables.PLATFORM_USERS, 1, 1, value=packed(BitMap([9999]))),
        MEMBERS,
        "platform",
    ),
    (
        lambda hand: hand.put(tables.DAY_SETS, 1, 1, 1, 0, value=b"nothing"),
        MEMBERS,
        "no set",
    ),
]
