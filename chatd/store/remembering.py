"""A transaction over a snapshot that many read one after the other: what was decoded once is not decoded again."""

from __future__ import annotations

from typing import Any, Final

import lmdb

from chatd.store.table import Table
from chatd.store.transaction import Transaction, V

# Values of one snapshot that are remembered; more begin anew, which takes a quarter of a millisecond for so many.
MOST = 1_000

_UNKNOWN: Final = object()

Seen = dict[tuple[Any, ...], Any]


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
        value: Any = self._seen.get(place, _UNKNOWN)
        if value is _UNKNOWN:
            value = super().get(table, *key)
            if len(self._seen) >= MOST:
                self._seen.clear()
            self._seen[place] = value
        return value  # type: ignore[no-any-return]
