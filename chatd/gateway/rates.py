"""How fast clients may send commands."""

from __future__ import annotations

import enum
from collections.abc import Callable, Hashable

from chatd.gateway.connection import Connection

# An allowance may be used up at once for so many seconds' worth; who overdraws it by as many times this is closed.
BURST_SECONDS = 2.0
PATIENCE = 5.0


class Verdict(enum.Enum):
    """What becomes of a command."""

    FINE = 0
    TOO_MANY = 1
    ENOUGH = 2  # the client does not slow down


class Rate:
    """So many per second for each key. Only keys that were lately active are remembered.

    The generic cell rate algorithm (ITU-T I.371, annex A): for each key, until when its allowance is used.
    """

    def __init__(self, per_second: int) -> None:
        self._interval = 1 / per_second
        self._used: dict[Hashable, float] = {}
        self._older: dict[Hashable, float] = {}
        self._turn = 0.0

    def ahead(self, key: Hashable, now: float) -> float:
        """Count one more; the seconds by which a key is now ahead of an even pace."""
        if now >= self._turn:
            # Nobody gets further ahead than patience lasts, so whoever is in the older half is not ahead any more.
            self._older, self._used = self._used, {}
            self._turn = now + BURST_SECONDS * PATIENCE * 2
        used = self._used.get(key) or self._older.get(key, 0.0)
        ahead = min(max(used, now) + self._interval - now, BURST_SECONDS * PATIENCE + self._interval)
        self._used[key] = now + ahead
        return ahead

    def __len__(self) -> int:
        return len(self._used) + len(self._older)


class CommandRates:
    """Judges each command by what its connection and its user have sent lately. `clock` tells seconds."""

    def __init__(self, per_connection: int, per_user: int, clock: Callable[[], float]) -> None:
        self._connections = Rate(per_connection)
        self._users = Rate(per_user)
        self._clock = clock

    def judge(self, connection: Connection) -> Verdict:
        """Count a command of a connection."""
        now = self._clock()
        ahead = self._connections.ahead(connection, now)
        actor = connection.actor
        if actor is not None:
            ahead = max(ahead, self._users.ahead((actor.application, actor.user), now))
        if ahead <= BURST_SECONDS:
            return Verdict.FINE
        return Verdict.TOO_MANY if ahead <= BURST_SECONDS * PATIENCE else Verdict.ENOUGH
