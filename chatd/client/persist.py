"""To ask until there is an answer."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TypeVar

import trio

from chatd.client.failures import Failure
from chatd.client.pauses import Pauses

LONGEST_PAUSE = 8.0

T = TypeVar("T")


async def persist(work: Callable[[], Awaitable[T]]) -> T:
    """Ask the server until it answers or refuses for good: what is asked may be done twice."""
    pauses = Pauses(LONGEST_PAUSE)
    while True:
        try:
            return await work()
        except Failure as failure:
            if not failure.temporary:
                raise
        await trio.sleep(pauses.next())
