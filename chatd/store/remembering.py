"""Transactions over a snapshot that many read one after the other: what was decoded once is not decoded again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Final, TypeVarTuple

import lmdb

from chatd.store.changes import Item
from chatd.store.table import Table
from chatd.store.transaction import Transaction, V

# Values of one snapshot that are remembered; more begin anew, which takes a quarter of a millisecond for so many.
MOST = 1_000

Args = TypeVarTuple("Args")

UNKNOWN: Final = object()

Seen = dict[tuple[Any, ...], Any]


def remember(seen: Seen, place: tuple[Any, ...], value: Any) -> None:
    """Keep a value with those of the same snapshot."""
    if len(seen) >= MOST:
        seen.clear()
    seen[place] = value


class Remembering(Transaction):
    """A transaction that only reads. `seen` is what others have read of the same snapshot; nobody changes values."""

    __slots__ = ("_seen",)

    def __init__(self, application: int, raw: lmdb.Transaction, databases: dict[int, Any], seen: Seen) -> None:
        super().__init__(application, raw, databases)
        self._seen = seen

    def bind(self, application: int) -> Transaction:
        """The same transaction, seen from another application."""
        return Remembering(application, self._raw, self._databases, self._seen)

    def get(self, table: Table[V], *key: Any) -> V | None:
        """The value under a key, None when there is none."""
        place = (table.number, self.application, *key)
        value: Any = self._seen.get(place, UNKNOWN)
        if value is UNKNOWN:
            value = super().get(table, *key)
            remember(self._seen, place, value)
        return value  # type: ignore[no-any-return]

    def once(self, function: Callable[[Transaction, *Args], V], *args: *Args) -> V:
        """What `function` returns, as `Transaction.once`, remembered."""
        place = (function, self.application, *args)
        value: Any = self._seen.get(place, UNKNOWN)
        if value is UNKNOWN:
            value = function(self, *args)
            remember(self._seen, place, value)
        return value  # type: ignore[no-any-return]


class TooMuch(Exception):
    """What a function looks through is more than may be looked through at once."""


class Brief(Remembering):
    """The same for what may look through as many rows as are `left`. Raises TooMuch at the next one.

    Only rows count: what is looked up is bounded by them, or by what the caller names.
    """

    __slots__ = ("_left",)

    def __init__(
        self, application: int, raw: lmdb.Transaction, databases: dict[int, Any], seen: Seen, left: Iterator[int]
    ) -> None:
        super().__init__(application, raw, databases, seen)
        self._left = left

    def bind(self, application: int) -> Transaction:
        """The same transaction, seen from another application."""
        return Brief(application, self._raw, self._databases, self._seen, self._left)

    def _ascending(self, number: int, bounds: bytes, begin: bytes) -> Iterator[Item]:
        return self._counted(super()._ascending(number, bounds, begin))

    def _descending(self, number: int, bounds: bytes, end: bytes | None) -> Iterator[Item]:
        return self._counted(super()._descending(number, bounds, end))

    def _counted(self, items: Iterator[Item]) -> Iterator[Item]:
        for item in items:
            if next(self._left, None) is None:
                raise TooMuch
            yield item
