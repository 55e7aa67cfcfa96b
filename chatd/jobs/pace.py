"""How background work leaves the writer and the loop to others."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import trio

from chatd.store.writer import Writer

# Messages that one transaction removes: a few milliseconds of work.
MESSAGES_AT_ONCE = 100
# After each piece of work it rests so many times as long as that took.
REST = 4
SHORTEST_REST_SECONDS = 0.01


async def repeat(writer: Writer, application: int, function: Callable[..., bool], *args: Any) -> None:
    """Run a function in transactions of its own, each with a rest after it, until it says that nothing is left."""
    is_left = True
    while is_left:
        began = trio.current_time()
        is_left = await writer.run(application, function, *args)
        await rest(began)


async def rest(began: float) -> None:
    """Wait for a multiple of the time since `began`."""
    await trio.sleep(max(SHORTEST_REST_SECONDS, REST * (trio.current_time() - began)))
