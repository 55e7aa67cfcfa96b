"""How late the event loop is: whatever holds it up, everybody waits for."""

from __future__ import annotations

from bisect import bisect_left

import trio

# Often enough to see a stall that people would notice, seldom enough to cost nothing.
TICK_SECONDS = 0.02
# The worst of so many ticks counts as the lag of now.
TICKS = 50
BOUNDS = (0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5)


class LoopLag:
    """Measures it. `now` is the worst of the last second, `longest` the worst since the start, both in seconds.

    `counts` holds how many ticks were late by up to each of `BOUNDS`, and by more; `total` the sum of their seconds.
    """

    def __init__(self) -> None:
        self.now = 0.0
        self.longest = 0.0
        self.total = 0.0
        self.counts = [0] * (len(BOUNDS) + 1)
        self._worst = 0.0
        self._ticks = 0

    async def measure_forever(self) -> None:
        """Wake up in time, or see how late it was, until cancelled."""
        while True:
            due = trio.current_time() + TICK_SECONDS
            await trio.sleep_until(due)
            self.record(trio.current_time() - due)

    def record(self, late: float) -> None:
        """Take one measurement, in seconds."""
        self.counts[bisect_left(BOUNDS, late)] += 1
        self.total += late
        self.longest = max(self.longest, late)
        self._worst = max(self._worst, late)
        # A stall is known at once; that it is over, when a second has passed without one.
        self.now = max(self.now, late)
        self._ticks += 1
        if self._ticks == TICKS:
            self.now, self._worst, self._ticks = self._worst, 0.0, 0
