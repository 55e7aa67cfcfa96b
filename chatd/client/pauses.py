"""How long to wait before something is tried again."""

from __future__ import annotations

import random

# In seconds.
LEAST = 0.5
MOST = 20.0
# A connection that has stood so long went well.
STEADY = 10.0


class Pauses:
    """Each twice as long as the one before, and of that a part by chance, so that many do not come back at once."""

    def __init__(self, most: float = MOST) -> None:
        self._most = most
        self._count = 0
        # Connections that stood shorter, one after the other.
        self._short = 0

    def next(self) -> float:
        """The next one, in seconds."""
        longest = min(self._most, LEAST * 2**self._count)
        self._count = min(self._count + 1, 16)
        return random.uniform(0, longest)  # noqa: S311 - it is no secret

    def after(self, stood: float) -> None:
        """A connection is over that stood so many seconds; negative, when it never did.

        The tries that led to it no longer count, but those before that ended as soon do: a server that ends all
        connections is left in peace more and more.
        """
        if stood >= 0:
            self._short = 0 if stood >= STEADY else self._short + 1
            self._count = min(self._count, self._short)
