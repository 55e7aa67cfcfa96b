"""How fast the backends of an application may call: token buckets, in memory."""

from __future__ import annotations

import math
from typing import Final

from chatd.config import Http
from chatd.errors import RateLimited
from chatd.model import Application

# What was not used for so long may be used at once.
BURST_SECONDS: Final = 1

NO_LIMIT: Final = 0


class Bucket:
    """Calls that may be made now, of `rate` a second; full at the beginning."""

    __slots__ = ("_at", "_left", "rate")

    def __init__(self, rate: int, now: float) -> None:
        self.rate = rate
        self._left = float(rate * BURST_SECONDS)
        self._at = now

    def take(self, now: float) -> None:
        """Make one call at `now`, in seconds. Raises RateLimited, and then takes nothing."""
        capacity = self.rate * BURST_SECONDS
        self._left = min(capacity, self._left + (now - self._at) * self.rate)
        self._at = now
        if self._left < 1:
            missing = (1 - self._left) / self.rate
            full = math.ceil((capacity - self._left) / self.rate)
            raise RateLimited("Too many requests of this application; wait a moment.", missing, self.rate, full)
        self._left -= 1


class Limits:
    """A bucket for what each application reads, and one for what it changes."""

    def __init__(self, settings: Http) -> None:
        self._settings = settings
        self._buckets: dict[tuple[int, bool], Bucket] = {}

    def judge(self, application: Application, method: str, now: float) -> None:
        """Count a call at `now`, in seconds. Raises RateLimited."""
        is_read = method == "GET"
        rate = self._rate(application, is_read)
        if rate == NO_LIMIT:
            return
        key = (application.number, is_read)
        bucket = self._buckets.get(key)
        if bucket is None or bucket.rate != rate:
            bucket = self._buckets[key] = Bucket(rate, now)
        bucket.take(now)

    def _rate(self, application: Application, is_read: bool) -> int:
        """What the application is allowed, or else everybody."""
        if is_read:
            own, usual = application.reads_per_second, self._settings.reads_per_second
        else:
            own, usual = application.writes_per_second, self._settings.writes_per_second
        return usual if own is None else own
