"""Calls that somebody waited long for."""

from __future__ import annotations

from collections import deque
from typing import Final, NamedTuple

from chatd import ids

SLOW_SECONDS: Final = 0.1
KEPT: Final = 50


class Slow(NamedTuple):
    """A call: which command, when it ended in milliseconds, and how many milliseconds it took."""

    name: str
    time: int
    milliseconds: float


class Slowest:
    """The last calls that took longer than `SLOW_SECONDS`, with the commit they waited for."""

    def __init__(self) -> None:
        self._calls: deque[Slow] = deque(maxlen=KEPT)

    def note(self, name: str, seconds: float) -> None:
        """A call has ended."""
        if seconds > SLOW_SECONDS:
            self._calls.append(Slow(name, ids.now_ms(), round(seconds * 1000, 1)))

    def list(self) -> list[Slow]:
        """Those that are kept, the slowest first."""
        return sorted(self._calls, key=lambda call: -call.milliseconds)
