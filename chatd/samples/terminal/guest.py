"""Trio beside Textual, which has an asyncio loop: Trio is its guest, in the same thread."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import outcome
import trio


class Guest:
    """Runs `main` under Trio as a guest of the running asyncio loop; `ended` is called with what came of it.

    Both are in one thread and take turns, so that code of either may call plain functions of the other.
    """

    def __init__(self, main: Callable[[], Awaitable[None]], ended: Callable[[outcome.Outcome[None]], None]) -> None:
        self._main = main
        self._ended = ended
        self._token: trio.lowlevel.TrioToken | None = None
        self._scope = trio.CancelScope()

    def start(self) -> None:
        """Begin, from code of the asyncio loop."""
        loop = asyncio.get_running_loop()
        trio.lowlevel.start_guest_run(
            self._run,
            run_sync_soon_threadsafe=loop.call_soon_threadsafe,
            run_sync_soon_not_threadsafe=loop.call_soon,
            done_callback=self._ended,
            host_uses_signal_set_wakeup_fd=True,
        )

    def tell(self, function: Callable[..., Any], *arguments: Any) -> None:
        """Have something done in Trio's turn, from code of the asyncio loop."""
        if self._token is not None:
            self._token.run_sync_soon(function, *arguments)

    def stop(self) -> None:
        """End it."""
        self.tell(self._scope.cancel)

    async def _run(self) -> None:
        self._token = trio.lowlevel.current_trio_token()
        with self._scope:
            await self._main()
