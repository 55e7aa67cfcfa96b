"""A power cut, simulated: of what was written since the last sync, the disk has kept some."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Callable, Iterator
from random import Random

from journal import FAILED, SECTOR, WRITE, Record, read
from place import Place

PAGE = 4096


class Unsynced:
    """What may be on disk, from a journal: for each sector that is not certain, what it held before each write."""

    def __init__(self, records: Iterator[Record]) -> None:
        self.before: defaultdict[int, list[bytes]] = defaultdict(list)
        self.length: int | None = None  # of the file at its last sync
        self._lost: set[int] = set()
        for record in records:
            if record.kind == WRITE:
                self._write(record)
            else:
                self._settle(record)

    def _write(self, record: Record) -> None:
        if self.length is None:
            self.length = record.length
        sectors = range(record.offset // SECTOR, (record.offset + record.size) // SECTOR)
        self._lost.difference_update(sectors)
        for number, sector in enumerate(sectors):
            piece = record.before[number * SECTOR : (number + 1) * SECTOR]
            self.before[sector].append(piece.ljust(SECTOR, b"\0"))

    def _settle(self, record: Record) -> None:
        inside = [each for each in self.before if record.offset <= each * SECTOR < record.offset + record.size]
        if record.kind == FAILED:
            self._lost.update(inside)
            return
        for sector in inside:
            if sector not in self._lost:
                del self.before[sector]
        if not self.before:
            self.length = None


def cut(place: Place, chance: Random, *, is_new: bool) -> int:
    """Undo some of what was written; how many sectors were."""
    _spoil_lock(place, chance)
    if is_new and not place.named.exists() and chance.random() < 0.5:
        place.data.unlink(missing_ok=True)
    if not place.data.exists() or not place.journal.exists():
        return 0
    unsynced = Unsynced(read(place.journal))
    keeps = _keeper(chance)
    undone = 0
    with place.data.open("r+b") as file:
        last_kept = length if (length := unsynced.length) is not None else os.fstat(file.fileno()).st_size
        for sector, versions in sorted(unsynced.before.items()):
            if keeps(sector):
                last_kept = max(last_kept, (sector + 1) * SECTOR)
                continue
            undone += 1
            file.seek(sector * SECTOR)
            file.write(chance.choice(versions))
        _shorten(file.fileno(), last_kept, chance)
    return undone


def _spoil_lock(place: Place, chance: Random) -> None:
    """The lock file is never synced: it may hold anything."""
    if place.lock.exists():
        whole = place.lock.read_bytes()
        place.lock.write_bytes(chance.choice((whole, b"", whole[: len(whole) // 2], bytes(len(whole)))))


def _keeper(chance: Random) -> Callable[[int], bool]:
    """Which sectors the disk has kept: none, some, whole pages of them, or nearly all."""
    share = chance.choice((0.0, 0.1, 0.5, 0.9))
    unit = chance.choice((SECTOR, PAGE)) // SECTOR
    drawn: dict[int, bool] = {}

    def keeps(sector: int) -> bool:
        return drawn.setdefault(sector // unit, chance.random() < share)

    return keeps


def _shorten(handle: int, shortest: int, chance: Random) -> None:
    """How long the file is, too, is only certain after a sync."""
    length = os.fstat(handle).st_size
    if shortest < length:
        os.ftruncate(handle, chance.choice((shortest, length, chance.randint(shortest, length))))
