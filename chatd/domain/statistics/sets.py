"""Sets of users and channels, of each day: roaring bitmaps of their places."""

from __future__ import annotations

import enum
from collections.abc import Iterator

from pyroaring import BitMap

from chatd.store import tables
from chatd.store.transaction import Transaction


class Of(enum.IntEnum):
    """What a set is of. Numbers are frozen: they are keys. Those of no day are under day 0."""

    SENDERS = 1  # who sent messages, by segment of messages
    READERS = 2  # who read, by segment of channels
    CHANNELS = 3  # in which messages were sent, by segment of channels
    NEW_USERS = 4  # who were made
    BOTS = 5  # all that ever were
    INACTIVE = 6  # who are deactivated


def packed(places: BitMap) -> bytes:
    """A set as it is stored."""
    places.run_optimize()
    found: bytes = places.serialize()
    return found


def unpacked(raw: bytes | None) -> BitMap:
    """A set that was stored; empty for None."""
    return BitMap() if raw is None else BitMap.deserialize(raw)


def live(txn: Transaction) -> int:
    """The generation that answers."""
    found = txn.get(tables.COUNTING)
    return 0 if found is None else found.live


def sets(txn: Transaction, of: Of, first: int, last: int) -> Iterator[tuple[int, int, BitMap]]:
    """The sets from the first day to the last: day, index and members."""
    for (_, _, day, index), raw in txn.scan(tables.DAY_SETS, live(txn), int(of), start=(first,)):
        if day > last:
            return
        yield day, index, unpacked(raw)


def one_set(txn: Transaction, of: Of) -> BitMap:
    """A set of no day."""
    return unpacked(txn.get(tables.DAY_SETS, live(txn), int(of), 0, 0))
