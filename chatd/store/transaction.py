"""A transaction: what a plain function over the store sees and changes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, TypeVar, TypeVarTuple

import lmdb

from chatd import ids
from chatd.events import Event, LogEntry
from chatd.model import Head, Publication
from chatd.store import tables
from chatd.store.changes import ABSENT, Changes, Item
from chatd.store.keys import MAX_KEY, after_prefix
from chatd.store.search import Search
from chatd.store.table import Table

V = TypeVar("V")
Args = TypeVarTuple("Args")


class Transaction:
    """The tables of one application, and those shared by all, at one moment.

    `now` is Unix milliseconds and never falls along the log. `publications` collects what is to be told after the
    commit. `search` is there for what reads in a thread. This one only reads: changing raises lmdb.ReadonlyError.
    """

    __slots__ = ("_databases", "_get", "_raw", "application", "now", "publications", "search")

    def __init__(
        self, application: int, raw: lmdb.Transaction, databases: dict[int, Any], search: Search | None = None
    ) -> None:
        self.application = application
        self.search = search
        self.publications: list[Publication] = []
        self.now = ids.now_ms()
        self._raw = raw
        self._get: Any = raw.get
        self._databases = databases

    def bind(self, application: int) -> Transaction:
        """The same transaction, seen from another application."""
        return Transaction(application, self._raw, self._databases)

    @property
    def head(self) -> Head:
        """The end of the application's log; sequence 0 before its first event."""
        return self.get(tables.HEAD) or Head(0, 0, "")

    def append(self, event: Event) -> int:
        """Write an event to the log; its sequence number."""
        head = self.head
        sequence = head.sequence + 1
        self.put(tables.LOG, sequence, value=LogEntry(self.now, event))
        self.put(tables.HEAD, value=Head(sequence, self.now, head.epoch or ids.new_epoch()))
        return sequence

    def get(self, table: Table[V], *key: Any) -> V | None:
        """The value under a key, None when there is none."""
        packed = table.pack(0 if table.shared else self.application, *key)
        raw = self._get(packed, None, self._databases[table.number])
        return None if raw is None else table.decode(raw)

    def once(self, function: Callable[[Transaction, *Args], V], *args: *Args) -> V:
        """What `function(txn, *args)` returns, which depends on nothing else: where many read one after the other it
        runs once. Nobody changes what it returns."""
        return function(self, *args)

    def has(self, table: Table[Any]) -> bool:
        """Whether the file has a table; an older one that is only read lacks those that are newer."""
        return table.number in self._databases

    def require(self, table: Table[V], *key: Any) -> V:
        """The value under a key that must be there; LookupError says that the store is inconsistent."""
        value = self.get(table, *key)
        if value is None:
            raise LookupError(f"{table} has no {key}")
        return value

    def require_all(self, table: Table[V], keys: Iterable[tuple[Any, ...]]) -> list[V]:
        """The values under keys that must all be there, as `require`, in their order and with one look at the table."""
        application = 0 if table.shared else self.application
        packed = [table.pack(application, *key) for key in keys]
        cursor: Any = self._raw.cursor(db=self._databases[table.number])
        found = [table.decode(raw) for _, raw in cursor.getmulti(packed)]
        if len(found) < len(packed):
            raise LookupError(f"{table} lacks some of {len(packed)} keys")
        return found

    def put(self, table: Table[V], *key: Any, value: V | None = None) -> None:
        """Set the value under a key."""
        raise lmdb.ReadonlyError(f"{table} is only read here")

    def delete(self, table: Table[V], *key: Any) -> bool:
        """Remove a key; whether it was there."""
        raise lmdb.ReadonlyError(f"{table} is only read here")

    def scan(
        self, table: Table[V], *prefix: Any, start: tuple[Any, ...] | None = None, reverse: bool = False
    ) -> Iterator[tuple[tuple[Any, ...], V]]:
        """Keys that begin with `prefix`, each with its value, ascending, or descending with `reverse`.

        `start` continues the prefix, whole or in part, and is included. What is changed in the table during the scan
        may be seen by it or not.
        """
        application = 0 if table.shared else self.application
        bounds = table.pack_prefix(application, *prefix)
        begin = bounds if start is None else table.pack_prefix(application, *prefix, *start)
        items: Iterator[Any]
        if reverse:
            # A start in part stands for every key that begins with it.
            is_whole = start is not None and len(prefix) + len(start) == len(table.key)
            items = self._descending(table.number, bounds, begin + b"\0" if is_whole else after_prefix(begin))
        else:
            items = self._ascending(table.number, bounds, begin)
        decode, unpack = table.decode, table.unpack
        for key, raw in items:
            yield unpack(key), decode(raw)

    def stored(self, table: Table[Any]) -> Iterator[tuple[bytes, bytes]]:
        """Keys and values of the application, ascending, as they are stored."""
        bounds = table.pack_prefix(0 if table.shared else self.application)
        items: Iterator[Any] = self._ascending(table.number, bounds, bounds)
        return items

    def _ascending(self, number: int, bounds: bytes, begin: bytes) -> Iterator[Item]:
        """What is stored under keys from `begin` on that begin with `bounds`."""
        cursor: Any = self._raw.cursor(db=self._databases[number])
        if cursor.set_range(begin):
            for item in cursor.iternext():
                if not item[0].startswith(bounds):
                    return
                yield item

    def _descending(self, number: int, bounds: bytes, end: bytes | None) -> Iterator[Item]:
        """What is stored under keys before `end` that begin with `bounds`, from the last one."""
        cursor: Any = self._raw.cursor(db=self._databases[number])
        found = cursor.prev() if end is not None and cursor.set_range(end) else cursor.last()
        if found:
            for item in cursor.iterprev():
                if not item[0].startswith(bounds):
                    return
                yield item


class WriteTransaction(Transaction):
    """A transaction that also changes. What it changes is kept in `changes`, which somebody flushes or undoes."""

    __slots__ = ("_changes", "_seen")

    def __init__(
        self,
        application: int,
        raw: lmdb.Transaction,
        databases: dict[int, Any],
        changes: Changes,
        publications: list[Publication],
    ) -> None:
        super().__init__(application, raw, databases)
        self.publications = publications
        self._changes = changes
        self._seen = changes.memory.seen(application)
        self.now = max(self.now, self.head.time)

    def renew(self) -> None:
        """It is used once more, by what comes after what used it: that is another moment."""
        self.now = max(ids.now_ms(), self.head.time)

    def bind(self, application: int) -> Transaction:
        """The same transaction, seen from another application."""
        bound = WriteTransaction(application, self._raw, self._databases, self._changes, self.publications)
        bound.now = max(self.now, bound.now)
        return bound

    def get(self, table: Table[V], *key: Any) -> V | None:
        """The value under a key, None when there is none."""
        seen = self._seen[table]
        try:
            value: V | None = seen[key]
        except KeyError:
            raw = self._held(table.number, table.pack(0 if table.shared else self.application, *key))
            value = seen[key] = None if raw is None else table.decode(raw)
        return value

    def require(self, table: Table[V], *key: Any) -> V:
        """The value under a key that must be there, as `Transaction.require`."""
        value = self._seen[table].get(key)
        return super().require(table, *key) if value is None else value

    def require_all(self, table: Table[V], keys: Iterable[tuple[Any, ...]]) -> list[V]:
        """The values under keys that must all be there; what was changed is in no table yet."""
        return [self.require(table, *key) for key in keys]

    def put(self, table: Table[V], *key: Any, value: V | None = None) -> None:
        """Set the value under a key."""
        packed = table.pack(0 if table.shared else self.application, *key)
        if len(packed) > MAX_KEY:
            raise ValueError(f"a key of {table} has {len(packed)} bytes")
        # What `Changes.set` does, without a call: every message takes this way six times.
        written = self._changes.written[table.number]
        self._changes.before.append((written, packed, written.get(packed, ABSENT)))
        written[packed] = table.encode(value)
        self._seen[table][key] = value

    def delete(self, table: Table[V], *key: Any) -> bool:
        """Remove a key; whether it was there."""
        packed = table.pack(0 if table.shared else self.application, *key)
        if self._held(table.number, packed) is None:
            return False
        self._changes.set(table.number, packed, None)
        self._seen[table][key] = None
        return True

    def _held(self, number: int, key: bytes) -> bytes | None:
        written = self._changes.written[number]
        if key in written:
            return written[key]
        found: bytes | None = self._get(key, None, self._databases[number])
        return found

    def _ascending(self, number: int, bounds: bytes, begin: bytes) -> Iterator[Item]:
        stored = super()._ascending(number, bounds, begin)
        keys = [key for key in self._changes.written[number] if key >= begin and key.startswith(bounds)]
        return self._changes.items(number, stored, keys, reverse=False) if keys else stored

    def _descending(self, number: int, bounds: bytes, end: bytes | None) -> Iterator[Item]:
        stored = super()._descending(number, bounds, end)
        written = self._changes.written[number]
        keys = [key for key in written if key.startswith(bounds) and (end is None or key < end)]
        return self._changes.items(number, stored, keys, reverse=True) if keys else stored
