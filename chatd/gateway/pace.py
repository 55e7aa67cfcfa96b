"""How many messages of an open channel are shown: the others are stored, and their readers are told that they are."""

from __future__ import annotations

from collections import deque
from typing import NamedTuple

WINDOW_SECONDS = 1.0


class Skipped(NamedTuple):
    """Messages in a row that were not shown: the first and the last of them, and how many."""

    first: int
    last: int
    number: int


class Pace:
    """Shows up to `rate` messages in any second, and remembers which it did not."""

    __slots__ = ("_rate", "_shown", "skipped")

    def __init__(self, rate: int) -> None:
        self._rate = rate
        # None until the first message, so that a quiet channel has none.
        self._shown: deque[float] | None = None
        self.skipped: Skipped | None = None

    def shows(self, message: int, now: float) -> bool:
        """Whether a message is shown at `now`, in seconds; if not, it is remembered."""
        if self._shown is None:
            self._shown = deque(maxlen=self._rate)
        if len(self._shown) < self._rate or now - self._shown[0] >= WINDOW_SECONDS:
            self._shown.append(now)
            return True
        first, _, count = self.skipped or (message, 0, 0)
        self.skipped = Skipped(first, message, count + 1)
        return False

    def take(self) -> Skipped | None:
        """What was not shown since this was asked last."""
        skipped, self.skipped = self.skipped, None
        return skipped
