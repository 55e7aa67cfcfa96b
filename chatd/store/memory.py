"""What the writer remembers from one group of functions to the next, so that they need not decode the same again."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from chatd.store import tables
from chatd.store.table import Table

Values = dict[tuple[Any, ...], Any]

# What most functions look at. The rest is forgotten after each group.
KEPT: frozenset[Table[Any]] = frozenset(
    {
        tables.HEAD,
        tables.USERS,
        tables.USER_IDS,
        tables.CHANNELS,
        tables.CHANNEL_URLS,
        tables.CHANNEL_STATES,
        tables.MEMBERS,
        tables.MODERATION,
        tables.PACE,
        tables.PERMISSIONS,
        tables.RETENTION,
    }
)
# Beyond so many values, of a few hundred bytes each, or applications everything is forgotten.
MAX_VALUES = 50_000
MAX_APPLICATIONS = 100


class Seen(dict[Table[Any], Values]):
    """Values of one application, and those that all share, which were read or written: by table and by key.

    Who asks next need neither pack the key nor decode the value. They are shared: records are frozen.
    """

    __slots__ = ("_shared",)

    def __init__(self, shared: defaultdict[Table[Any], Values]) -> None:
        super().__init__()
        self._shared = shared

    def __missing__(self, table: Table[Any]) -> Values:
        found = self[table] = self._shared[table] if table.shared else {}
        return found


class Memory:
    """Values by application, true in the transaction that began last.

    LMDB numbers the transactions that write. While numbers follow each other nobody else has written, in no process.
    """

    __slots__ = ("_next", "_seen", "_shared")

    def __init__(self) -> None:
        self._shared: defaultdict[Table[Any], Values] = defaultdict(dict)
        self._seen: dict[int, Seen] = {}
        self._next = 0

    def seen(self, application: int) -> Seen:
        """What was seen of an application; who changes a value notes it there too."""
        if application not in self._seen:
            self._seen[application] = Seen(self._shared)
        return self._seen[application]

    def begin(self, number: int) -> None:
        """Transaction `number` begins. Until it is known to be committed, nothing is worth remembering."""
        if number != self._next:
            self.forget()
        self._next = 0

    def committed(self, number: int) -> None:
        """Transaction `number` has written something and was committed."""
        self._next = number + 1
        self._shared.clear()
        for seen in self._seen.values():
            for table in seen.keys() - KEPT:
                del seen[table]
        values = sum(len(values) for seen in self._seen.values() for values in seen.values())
        if values > MAX_VALUES or len(self._seen) > MAX_APPLICATIONS:
            self.forget()

    def forget(self) -> None:
        """Values may be wrong now. Who holds what `seen` gave may go on with it."""
        for seen in self._seen.values():
            for values in seen.values():
                values.clear()
        if len(self._seen) > MAX_APPLICATIONS:
            self._seen.clear()
