"""That something is different now."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable

import trio


class Change:
    """Marked whenever something changed; several marks may be seen as one. `async for _ in change` never ends."""

    def __init__(self, beside: Callable[[], None] | None = None) -> None:
        self._count = 0
        self._next = trio.Event()
        self._beside = beside

    def mark(self) -> None:
        """It is different now."""
        self._count += 1
        event, self._next = self._next, trio.Event()
        event.set()
        if self._beside:
            self._beside()

    async def wait(self) -> None:
        """Until it is different from now."""
        await self._next.wait()

    async def until(self, condition: Callable[[], bool]) -> None:
        """Until it is so."""
        while not condition():
            await self._next.wait()

    async def __aiter__(self) -> AsyncIterator[None]:
        seen = self._count
        while True:
            while self._count == seen:
                await self._next.wait()
            seen = self._count
            yield
