"""What the functions of a group have changed, before LMDB has it.

LMDB could undo one function of a group by a child transaction, but each child copies every page that it touches: half
of what a message costs. So changes are kept here, over a transaction that stays as it was until all functions have
run, and go into LMDB together, each table's keys in order and each key once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from heapq import merge
from operator import itemgetter
from typing import Any, Final

import lmdb

from chatd.store.memory import Memory

Item = tuple[bytes, bytes | None]

ABSENT: Final = object()


class Changes:
    """Changes of tables, by their numbers. `written` is what keys are to hold, None for those to be removed.

    `memory` is true with these changes.
    """

    __slots__ = ("before", "memory", "written")

    def __init__(self, memory: Memory | None = None) -> None:
        self.written: defaultdict[int, dict[bytes, bytes | None]] = defaultdict(dict)
        self.memory = Memory() if memory is None else memory
        self.before: list[tuple[dict[bytes, bytes | None], bytes, Any]] = []

    def begin(self) -> None:
        """What follows can be undone; what was before cannot any more."""
        self.before.clear()

    def set(self, number: int, key: bytes, raw: bytes | None) -> None:
        """A key is to hold a value, or with None to be removed."""
        written = self.written[number]
        self.before.append((written, key, written.get(key, ABSENT)))
        written[key] = raw

    def undo(self) -> None:
        """Everything is again as it was at `begin`."""
        if not self.before:
            return
        for written, key, before in reversed(self.before):
            if before is ABSENT:
                del written[key]
            else:
                written[key] = before
        self.before.clear()
        self.memory.forget()

    def items(self, number: int, stored: Iterable[Item], keys: Iterable[bytes], reverse: bool) -> Iterator[Item]:
        """The items of a table that LMDB has, changed where `keys` were written; both in order, both within a range."""
        written = self.written[number]
        own = ((key, written[key]) for key in sorted(keys, reverse=reverse))
        last = None
        # For equal keys `merge` gives ours first.
        for item in merge(own, stored, key=itemgetter(0), reverse=reverse):
            if item[0] != last:
                last = item[0]
                if item[1] is not None:
                    yield item

    def flush(self, raw: lmdb.Transaction, databases: dict[int, Any]) -> bool:
        """Give all changes to LMDB; whether there is anything to commit, more than what was there and is not."""
        has_written = False
        for number, written in self.written.items():
            database = databases[number]
            kept = []
            for key, value in sorted(written.items()):
                if value is None:
                    raw.delete(key, db=database)
                else:
                    kept.append((key, value))
            raw.cursor(db=database).putmulti(kept)
            has_written = has_written or bool(kept)
        return has_written
