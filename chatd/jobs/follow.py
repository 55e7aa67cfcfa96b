"""Following what other processes commit to the store: the operator's commands beside a running server."""

from __future__ import annotations

import trio

from chatd.gateway.hub import Hub
from chatd.store.writer import Writer

INTERVAL_SECONDS = 1.0


async def follow_forever(writer: Writer, hub: Hub) -> None:
    """Make foreign commits visible within about a second, until cancelled.

    While the writer has work under way, its next group does the same.
    """
    while True:
        await trio.sleep(INTERVAL_SECONDS)
        if writer.depth == 0:
            hub.catch_up()
