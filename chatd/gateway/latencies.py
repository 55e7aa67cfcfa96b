"""How long commands take, by name, in the last minutes."""

from __future__ import annotations

from bisect import bisect_left
from itertools import accumulate
from typing import Final, NamedTuple

# What is counted is of the current window and the one before: of the last one or two times as long.
WINDOW_SECONDS: Final = 300.0
# Each bound is a fifth above the one before: from 50 microseconds to more than a minute.
BOUNDS: Final = tuple(0.00005 * 1.2**step for step in range(78))

Counts = dict[str, list[int]]


class Latency(NamedTuple):
    """Of a command: how many calls, and what half of them, nine tenths and 99 of 100 did not exceed, in seconds."""

    name: str
    calls: int
    p50: float
    p90: float
    p99: float


class Latencies:
    """A histogram for each command that was called, with the commit or the thread it waited for."""

    def __init__(self) -> None:
        self._current: Counts = {}
        self._before: Counts = {}
        self._ends = 0.0

    def note(self, name: str, seconds: float, now: float) -> None:
        """A call has ended, at a time of the clock of the loop."""
        if now >= self._ends:
            self._turn(now)
        counts = self._current.get(name)
        if counts is None:
            counts = self._current[name] = [0] * (len(BOUNDS) + 1)
        counts[bisect_left(BOUNDS, seconds)] += 1

    def all(self, now: float) -> list[Latency]:
        """All commands that were called, the slowest first."""
        if now >= self._ends:
            self._turn(now)
        found = [_latency(name, self._together(name)) for name in self._current.keys() | self._before.keys()]
        return sorted(found, key=lambda latency: (-latency.p99, latency.name))

    def _turn(self, now: float) -> None:
        """A new window begins; the last one counts on unless nobody called for longer than it was."""
        self._before = self._current if now < self._ends + WINDOW_SECONDS else {}
        self._current = {}
        self._ends = now + WINDOW_SECONDS

    def _together(self, name: str) -> list[int]:
        none = [0] * (len(BOUNDS) + 1)
        return [one + two for one, two in zip(self._current.get(name, none), self._before.get(name, none), strict=True)]


def _latency(name: str, counts: list[int]) -> Latency:
    upto = list(accumulate(counts))
    return Latency(name, upto[-1], *(_part(upto, part) for part in (0.5, 0.9, 0.99)))


def _part(upto: list[int], part: float) -> float:
    """The bound that this part of the calls did not exceed; what is longer than all counts as the last.

    `upto` is how many calls took up to each bound, and how many there were.
    """
    return BOUNDS[min(bisect_left(upto, part * upto[-1]), len(BOUNDS) - 1)]
