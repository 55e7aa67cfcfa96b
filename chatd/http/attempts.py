"""Counting failed attempts, so that passwords cannot be guessed at speed."""

from __future__ import annotations

from chatd.errors import RateLimited

WINDOW_SECONDS = 60.0
MAX_KEYS = 10_000


class Attempts:
    """Failures by key (an address, a login) within the last minute; the oldest keys are forgotten first."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._failures: dict[str, list[float]] = {}

    def check(self, key: str, now: float) -> None:
        """Raise RateLimited when there were too many failures under a key."""
        recent = [at for at in self._failures.get(key, ()) if now - at < WINDOW_SECONDS]
        if len(recent) >= self._limit:
            raise RateLimited("Too many attempts; wait a moment.", WINDOW_SECONDS - (now - recent[0]))

    def fail(self, key: str, now: float) -> None:
        """Count a failure."""
        recent = [at for at in self._failures.pop(key, ()) if now - at < WINDOW_SECONDS]
        self._failures[key] = [*recent[-self._limit :], now]
        if len(self._failures) > MAX_KEYS:
            del self._failures[next(iter(self._failures))]
