"""How long something took the last times."""

from __future__ import annotations

from collections import deque

KEPT = 1000


class Durations:
    """The last `KEPT` of them, in seconds. They are sorted once for all who ask before the next one."""

    __slots__ = ("_last", "_sorted")

    def __init__(self) -> None:
        self._last: deque[float] = deque(maxlen=KEPT)
        self._sorted: list[float] = []

    def add(self, seconds: float) -> None:
        """It took so long once more."""
        self._last.append(seconds)
        self._sorted = []

    def part(self, part: float) -> float:
        """What this part of them did not exceed; 0 while there are none."""
        found = self._sorted = self._sorted or sorted(self._last)
        return found[min(int(part * len(found)), len(found) - 1)] if found else 0.0
