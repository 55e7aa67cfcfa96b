"""How long something took the last times."""

from __future__ import annotations

from collections import deque

KEPT = 1000


class Durations:
    """The last `KEPT` of them, in seconds."""

    __slots__ = ("_last",)

    def __init__(self) -> None:
        self._last: deque[float] = deque(maxlen=KEPT)

    def add(self, seconds: float) -> None:
        """It took so long once more."""
        self._last.append(seconds)

    def part(self, part: float) -> float:
        """What this part of them did not exceed; 0 while there are none."""
        found = sorted(self._last)
        return found[min(int(part * len(found)), len(found) - 1)] if found else 0.0
