"""Joins what was loaded with what was told meanwhile."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TypeVar

from chatd.client.schema import Publication

T = TypeVar("T")


class Journal:
    """An event may or may not be part of what is loaded. So all that came meanwhile are applied to it again, in order.

    Applying an event twice has the effect of applying it once, so the result is the state after the last of them.
    """

    def __init__(self) -> None:
        self._open: dict[int, list[Publication]] = {}
        self._count = 0

    def note(self, event: Publication) -> None:
        """It was told."""
        for noted in self._open.values():
            noted.append(event)

    async def join(
        self, fetch: Callable[[], Awaitable[T]], merge: Callable[[T], object], apply: Callable[[Publication], object]
    ) -> None:
        """Fetch something, merge it, apply what came meanwhile. When `fetch` raises, nothing is changed."""
        self._count += 1
        number, noted = self._count, list[Publication]()
        self._open[number] = noted
        try:
            merge(await fetch())
            for event in noted:
                apply(event)
        finally:
            del self._open[number]
