"""Counting attempts to sign in, so that passwords cannot be guessed at speed."""

from __future__ import annotations

from chatd.errors import RateLimited

WINDOW_SECONDS = 60.0
MAX_KEYS = 10_000


class Attempts:
    """Attempts by key (an address, a login) within the last minute; the oldest keys are forgotten first.

    An attempt counts from its beginning, so that many at once are no way around the limit; one that succeeds is
    taken back.
    """

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._times: dict[str, list[float]] = {}

    def begin(self, key: str, now: float) -> None:
        """Count an attempt. Raise RateLimited, and count nothing, when there were too many under a key."""
        recent = [at for at in self._times.get(key, ()) if now - at < WINDOW_SECONDS]
        if len(recent) >= self._limit:
            raise RateLimited("Too many attempts; wait a moment.", WINDOW_SECONDS - (now - recent[0]))
        self._times.pop(key, None)
        self._times[key] = [*recent, now]
        if len(self._times) > MAX_KEYS:
            del self._times[next(iter(self._times))]

    def succeed(self, key: str, now: float) -> None:
        """Take the attempt back that began at `now`."""
        times = self._times.get(key, [])
        if now in times:
            times.remove(now)
