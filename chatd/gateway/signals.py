"""Signals are told at a bearable rate."""

from __future__ import annotations

from chatd.model import Publication

REPEAT_SECONDS = 2.0
MAX_REMEMBERED = 10_000

Key = tuple[int, int, str]


class Signals:
    """Remembers what was signalled last, so that repetitions within two seconds are not told again."""

    def __init__(self) -> None:
        self._last: dict[Key, tuple[float, bool]] = {}

    def due(self, publications: list[Publication], now: float) -> list[Publication]:
        """Those of the publications that say something new, or again after a while."""
        found = []
        for publication in publications:
            key = (publication.application, publication.channel, publication.data["user_id"])
            typing: bool = publication.data["typing"]
            told_at, told = self._last.get(key, (-REPEAT_SECONDS, False))
            if typing == told and (not typing or now - told_at < REPEAT_SECONDS):
                continue
            self._remember(key, now, typing)
            found.append(publication)
        return found

    def _remember(self, key: Key, now: float, typing: bool) -> None:
        self._last.pop(key, None)
        if typing:
            self._last[key] = (now, True)
        if len(self._last) > MAX_REMEMBERED:
            del self._last[next(iter(self._last))]
