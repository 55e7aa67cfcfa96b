"""How fast clients may send commands."""

from __future__ import annotations

import enum
from collections.abc import Hashable

import trio

from chatd.gateway.connection import Connection
from chatd.model import Actor

# Commands are counted over so many seconds, so that a client may be quick for a moment.
WINDOW_SECONDS = 2
# Who sends this many times what is allowed is closed.
PATIENCE = 5


class Verdict(enum.Enum):
    """What becomes of a command."""

    FINE = 0
    TOO_MANY = 1
    ENOUGH = 2  # the client does not slow down


class Rate:
    """Counts by key, over the current window. Only keys that are active in it take memory."""

    def __init__(self, per_second: int) -> None:
        self._allowed = per_second * WINDOW_SECONDS
        self._counts: dict[Hashable, int] = {}

    def judge(self, key: Hashable) -> Verdict:
        """Count one more."""
        count = self._counts[key] = self._counts.get(key, 0) + 1
        if count <= self._allowed:
            return Verdict.FINE
        return Verdict.TOO_MANY if count <= self._allowed * PATIENCE else Verdict.ENOUGH

    def turn(self) -> None:
        """A new window begins."""
        self._counts = {}

    def __len__(self) -> int:
        return len(self._counts)


class CommandRates:
    """Judges each command by what its connection and its user have sent in this window."""

    def __init__(self, per_connection: int, per_user: int) -> None:
        self._connections = Rate(per_connection)
        self._users = Rate(per_user)

    def judge(self, connection: Connection) -> Verdict:
        """Count a command of a connection."""
        verdict = self._connections.judge(connection)
        if connection.actor is None or verdict is not Verdict.FINE:
            return verdict
        return self.judge_user(connection.actor)

    def judge_user(self, actor: Actor) -> Verdict:
        """Count a command of a user, however it came."""
        return self._users.judge((actor.application, actor.user))

    async def turn_forever(self) -> None:
        """Begin a new window whenever one is over, until cancelled."""
        while True:
            await trio.sleep(WINDOW_SECONDS)
            self._connections.turn()
            self._users.turn()
