"""Noticing that the disk takes writes again, also when nobody writes."""

from __future__ import annotations

import trio

from chatd.store.writer import Writer

INTERVAL_SECONDS = 0.5


async def probe_forever(writer: Writer) -> None:
    """Probe the disk at the start, and then while the last word on it was that it refused, until cancelled."""
    await writer.probe()
    while True:
        await trio.sleep(INTERVAL_SECONDS)
        if not writer.healthy:
            await writer.probe()
