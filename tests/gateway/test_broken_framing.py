"""Whoever breaks the framing is told so and cut off; a peer that is only slow to hang up loses nothing by it."""

from __future__ import annotations

from tests.gateway.client import Client, masked
from tests.gateway.conftest import Start

BROKEN = b"\x83\x80mask"


async def test_our_side_ends_at_once(start: Start) -> None:
    running = await start(close_seconds=3600)
    client = await Client.upgraded(running.port)
    await client.send(BROKEN)
    assert await client.closed() == 1002
    assert await client.rest() == b""


async def test_what_the_peer_still_sends_takes_nothing_from_it(start: Start) -> None:
    """A socket that is closed with bytes unread is reset, and a reset takes from the peer what it has not read yet."""
    running = await start(close_seconds=3600)
    client = await Client.upgraded(running.port)
    await client.send(BROKEN + bytes(1_000_000))
    assert await client.closed() == 1002
    assert await client.rest() == b""
    await client.send(masked(1, b"{}"))
    await client.stream.aclose()
