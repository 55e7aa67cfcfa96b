"""Which connections want to hear of whom, and who has come or gone since they were told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import takewhile

from chatd.errors import LimitExceeded, Overloaded
from chatd.gateway.connection import Connection

MAX_PER_CONNECTION = 500
MAX_FOR_ALL = 1_000_000
# So long a change is waited out: it may undo itself, as when a client reconnects.
DELAY_SECONDS = 2.0

Key = tuple[int, int]


class Watched:
    """A user of whom connections want to hear."""

    __slots__ = ("connections", "user_id")

    def __init__(self, user_id: str) -> None:
        self.user_id = user_id
        self.connections: set[Connection] = set()


class Watches:
    """Users, by application and number, with those who watch them. A user nobody watches costs nothing.

    A change becomes due two seconds after the first one that was not told, however many follow: so each user is told
    of once in two seconds at most, and only when they are not as they were.
    """

    def __init__(self) -> None:
        self._watched: dict[Key, Watched] = {}
        self._watchers: dict[Connection, set[Key]] = {}
        # When it is due, and what watchers believe; None when they believe different things.
        self._changed: dict[Key, tuple[float, bool | None]] = {}
        self.count = 0

    def add(self, connection: Connection, users: dict[Key, str]) -> None:
        """A connection begins to watch users, ids by key. Raises LimitExceeded or Overloaded, and adds nothing then."""
        keys = self._watchers.get(connection, set())
        new = users.keys() - keys
        if len(keys) + len(new) > MAX_PER_CONNECTION:
            raise LimitExceeded(f"A connection watches {MAX_PER_CONNECTION} users at most.")
        if self.count + len(new) > MAX_FOR_ALL:
            raise Overloaded("The server watches as many users as it can; try again later.")
        for key in new:
            self._watched.setdefault(key, Watched(users[key])).connections.add(connection)
        for key in users.keys() & self._changed.keys():
            # Who asks now learns how it is now, the others believe otherwise: all are to be told.
            self._changed[key] = (self._changed[key][0], None)
        if new:
            self._watchers[connection] = keys | new
            self.count += len(new)

    def remove(self, connection: Connection, keys: Iterable[Key]) -> None:
        """A connection watches some users no more."""
        watches = self._watchers.get(connection, set())
        for key in watches.intersection(keys):
            watches.discard(key)
            self.count -= 1
            connections = self._watched[key].connections
            connections.discard(connection)
            if not connections:
                del self._watched[key]
        if not watches:
            self._watchers.pop(connection, None)

    def forget(self, connection: Connection) -> None:
        """A connection watches nobody any more."""
        watches = self._watchers.get(connection)
        if watches is not None:
            self.remove(connection, list(watches))

    def of(self, key: Key) -> Watched | None:
        """A user, with those who watch; None when nobody does."""
        return self._watched.get(key)

    def change(self, key: Key, was_online: bool, now: float) -> None:
        """A user has come or gone."""
        if key in self._watched and key not in self._changed:
            self._changed[key] = (now + DELAY_SECONDS, was_online)

    def due(self, now: float) -> Iterator[tuple[Key, bool | None, Watched]]:
        """Changes that have become due, each with what watchers believe and with who they are."""
        ripe = list(takewhile(lambda item: item[1][0] <= now, self._changed.items()))
        for key, _ in ripe:
            del self._changed[key]
        for key, (_, believed) in ripe:
            watched = self._watched.get(key)
            if watched is not None:
                yield key, believed, watched
