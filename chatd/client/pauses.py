"""How long to wait before something is tried again."""

from __future__ import annotations

import random

# In seconds.
LEAST = 0.5
MOST = 20.0


class Pauses:
    """Each twice as long as the one before, and of that a part by chance, so that many do not come back at once."""

    def __init__(self, most: float = MOST) -> None:
        self._most = most
        self._count = 0

    def next(self) -> float:
        """The next one, in seconds."""
        longest = min(self._most, LEAST * 2**self._count)
        self._count = min(self._count + 1, 16)
        return random.uniform(0, longest)  # noqa: S311 - it is no secret

    def begin_anew(self) -> None:
        """It went well."""
        self._count = 0
