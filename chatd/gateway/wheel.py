"""A timing wheel: the next moment at which each connection needs a look, for all of them at once."""

from __future__ import annotations

import math
import random
from collections.abc import Iterator

from chatd.gateway.connection import Connection, State


class Wheel:
    """Connections by the second in which they are due. Moving one is cheap: its old entry is passed over."""

    def __init__(self, now: float) -> None:
        self._now = int(now)
        self._ticks: dict[int, list[Connection]] = {}

    def set(self, connection: Connection, seconds: float) -> None:
        """Have `connection` looked at in `seconds`, rounded up to whole ones."""
        connection.tick = self._now + max(1, math.ceil(seconds))
        self._ticks.setdefault(connection.tick, []).append(connection)

    def spread(self, connection: Connection, seconds: float) -> None:
        """The same at a random moment up to `seconds`, so that a crowd does not stay one."""
        self.set(connection, random.uniform(0, seconds))  # noqa: S311

    def advance(self, now: float) -> Iterator[Connection]:
        """The connections that have become due until `now`, each once."""
        while self._now < int(now):
            self._now += 1
            for connection in self._ticks.pop(self._now, ()):
                if connection.tick == self._now and connection.state is not State.CLOSED:
                    yield connection
