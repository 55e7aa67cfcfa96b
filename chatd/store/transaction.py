"""A transaction: what a plain function over the store sees and changes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TypeVar

import lmdb

from chatd import ids
from chatd.events import Event, LogEntry
from chatd.model import Head, Publication
from chatd.store import tables
from chatd.store.keys import after_prefix
from chatd.store.table import Table

V = TypeVar("V")


class Transaction:
    """The tables of one application, and those shared by all, at one moment.

    `now` is Unix milliseconds and never falls along the log. `publications` collects what is to be told after the
    commit. A transaction that only reads refuses changes with lmdb.ReadonlyError.
    """

    __slots__ = ("_databases", "_get", "_heads", "_raw", "application", "now", "publications")

    def __init__(
        self,
        application: int,
        raw: lmdb.Transaction,
        databases: dict[int, Any],
        publications: list[Publication],
        *,
        write: bool = False,
    ) -> None:
        self.application = application
        self.publications = publications
        self._raw = raw
        self._get = raw.get
        self._databases = databases
        self._heads: dict[int, Head] = {}  # of the applications that were asked for, moved by `append` alone
        self.now = ids.now_ms()
        if write:
            self.now = max(self.now, self.head.time)

    def bind(self, application: int) -> Transaction:
        """The same transaction, seen from another application."""
        bound = Transaction(application, self._raw, self._databases, self.publications)
        bound._heads = self._heads
        bound.now = max(self.now, bound.head.time)
        return bound

    @property
    def head(self) -> Head:
        """The end of the application's log; sequence 0 before its first event."""
        head = self._heads.get(self.application)
        if head is None:
            head = self._heads[self.application] = self.get(tables.HEAD) or Head(0, 0, "")
        return head

    def append(self, event: Event) -> int:
        """Write an event to the log; its sequence number."""
        head = self.head
        sequence = head.sequence + 1
        self.put(tables.LOG, sequence, value=LogEntry(self.now, event))
        head = self._heads[self.application] = Head(sequence, self.now, head.epoch or ids.new_epoch())
        self.put(tables.HEAD, value=head)
        return sequence

    def get(self, table: Table[V], *key: Any) -> V | None:
        """The value under a key, None when there is none."""
        packed = table.pack(0 if table.shared else self.application, *key)
        raw = self._get(packed, None, self._databases[table.number])
        return None if raw is None else table.decode(raw)

    def require(self, table: Table[V], *key: Any) -> V:
        """The value under a key that must be there; LookupError says that the store is inconsistent."""
        value = self.get(table, *key)
        if value is None:
            raise LookupError(f"{table} has no {key}")
        return value

    def put(self, table: Table[V], *key: Any, value: V | None = None) -> None:
        """Set the value under a key."""
        packed = table.pack(0 if table.shared else self.application, *key)
        self._raw.put(packed, table.encode(value), db=self._databases[table.number])

    def delete(self, table: Table[V], *key: Any) -> bool:
        """Remove a key; whether it was there."""
        packed = table.pack(0 if table.shared else self.application, *key)
        return bool(self._raw.delete(packed, db=self._databases[table.number]))

    def scan(
        self, table: Table[V], *prefix: Any, start: tuple[Any, ...] | None = None, reverse: bool = False
    ) -> Iterator[tuple[tuple[Any, ...], V]]:
        """Keys that begin with `prefix`, each with its value, ascending, or descending with `reverse`.

        `start` continues the prefix, whole or in part, and is included. Do not change the table while scanning it.
        """
        application = 0 if table.shared else self.application
        bounds = table.pack_prefix(application, *prefix)
        begin = bounds if start is None else table.pack_prefix(application, *prefix, *start)
        cursor = self._raw.cursor(db=self._databases[table.number])
        if reverse:
            is_whole = start is not None and len(prefix) + len(start) == len(table.key)
            found = _to_last(cursor, begin, is_whole)
        else:
            found = cursor.set_range(begin)
        items: Any = (cursor.iterprev() if reverse else cursor.iternext()) if found else ()
        decode, unpack = table.decode, table.unpack
        for raw_key, raw in items:
            if not raw_key.startswith(bounds):
                return
            yield unpack(raw_key), decode(raw)


def _to_last(cursor: Any, begin: bytes, is_whole: bool) -> bool:
    """Put the cursor on the last key at or before a whole key, or on the last with a prefix or before it."""
    if is_whole:
        if cursor.set_range(begin):
            return bool(cursor.key() == begin or cursor.prev())
        return bool(cursor.last())
    follower = after_prefix(begin)
    if follower is not None and cursor.set_range(follower):
        return bool(cursor.prev())
    return bool(cursor.last())
