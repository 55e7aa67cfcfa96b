"""Writing down when users were last connected."""

from __future__ import annotations

import trio

from chatd.gateway.last_seen import LastSeen

SAVE_SECONDS = 5.0


async def save_forever(last_seen: LastSeen) -> None:
    """Save what is new every few seconds, until cancelled."""
    while True:
        await trio.sleep(SAVE_SECONDS)
        await last_seen.save()
