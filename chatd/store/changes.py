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

from chatd.store.table import Table

Item = tuple[bytes, bytes | None]
Key = tuple[Any, ...]

_ABSENT: Final = object()


class Seen(dict[Table[Any], dict[Key, Any]]):
    """Values of one application, and those that all share, which were read or written: by table and by key.

    Who asks next need neither pack the key nor decode the value. They are shared: records are frozen.
    """

    __slots__ = ("_shared",)

    def __init__(self, shared: defaultdict[Table[Any], dict[Key, Any]]) -> None:
        super().__init__()
        self._shared = shared

    def __missing__(self, table: Table[Any]) -> dict[Key, Any]:
        found = self[table] = self._shared[table] if table.shared else {}
        return found


class Changes:
    """Changes of tables, by their numbers. `written` is what keys are to hold, None for those to be removed."""

    __slots__ = ("_before", "_seen", "_shared", "written")

    def __init__(self) -> None:
        self.written: defaultdict[int, dict[bytes, bytes | None]] = defaultdict(dict)
        self._shared: defaultdict[Table[Any], dict[Key, Any]] = defaultdict(dict)
        self._seen: dict[int, Seen] = {}
        self._before: list[tuple[dict[bytes, bytes | None], bytes, Any]] = []

    def seen(self, application: int) -> Seen:
        """What was seen of an application; who changes a value notes it there too."""
        if application not in self._seen:
            self._seen[application] = Seen(self._shared)
        return self._seen[application]

    def begin(self) -> None:
        """What follows can be undone; what was before cannot any more."""
        self._before.clear()

    def set(self, number: int, key: bytes, raw: bytes | None) -> None:
        """A key is to hold a value, or with None to be removed."""
        written = self.written[number]
        self._before.append((written, key, written.get(key, _ABSENT)))
        written[key] = raw

    def undo(self) -> None:
        """Everything is again as it was at `begin`."""
        if not self._before:
            return
        for written, key, before in reversed(self._before):
            if before is _ABSENT:
                del written[key]
            else:
                written[key] = before
        self._before.clear()
        for seen in self._seen.values():
            for values in seen.values():
                values.clear()

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

    def flush(self, raw: lmdb.Transaction, databases: dict[int, Any]) -> None:
        """Give all changes to LMDB."""
        for number, written in self.written.items():
            database = databases[number]
            kept = []
            for key, value in sorted(written.items()):
                if value is None:
                    raw.delete(key, db=database)
                else:
                    kept.append((key, value))
            raw.cursor(db=database).putmulti(kept)
