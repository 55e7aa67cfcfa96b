"""Run by the tests: the unmodified `centrifuge-python` in an open channel, line by line what it sees.

Usage: python python_open.py SERVER TOKEN
"""

from __future__ import annotations

import asyncio
import sys
from typing import Any

from centrifuge import Client, SubscriptionEventHandler

server, token = sys.argv[1:]
CHANNEL = "hall"


class Events(SubscriptionEventHandler):
    """Of a subscription, whose end is told with a word."""

    def __init__(self, end: str) -> None:
        self.end = end
        self.told: asyncio.Queue[tuple[str, Any, int]] = asyncio.Queue()
        self.left = asyncio.Event()

    async def on_subscribed(self, ctx: Any) -> None:
        whole = "recoverable" if ctx.recoverable and ctx.positioned else "lossy"
        print("entered", whole, str(ctx.recovered).lower() if ctx.was_recovering else "anew", flush=True)

    async def on_unsubscribed(self, ctx: Any) -> None:
        print(self.end, ctx.code, flush=True)
        self.left.set()

    async def on_publication(self, ctx: Any) -> None:
        data = ctx.pub.data
        await self.told.put((data["type"], data.get("message", {}).get("message"), ctx.pub.offset))

    async def until(self, kind: str, text: str | None) -> int:
        while True:
            found = await self.told.get()
            if found[:2] == (kind, text):
                return found[2]


async def main() -> None:
    client = Client(server.replace("http", "ws") + "/connection/websocket", token=token)
    await client.connect()
    await client.ready()
    await client.rpc("open_channels.create", {"channel_url": CHANNEL})
    nowhere, hall = Events("nowhere"), Events("left")
    await client.new_subscription("open:nowhere", nowhere).subscribe()
    await nowhere.left.wait()
    subscription = client.new_subscription(f"open:{CHANNEL}", hall, recoverable=True, positioned=True)
    await subscription.subscribe()
    await subscription.ready()
    await client.rpc("messages.send", {"channel_url": CHANNEL, "message": "one"})
    first = await hall.until("message.created", "one")
    stats = await subscription.presence_stats()
    print("clients", len((await subscription.presence()).clients), stats.num_users, flush=True)
    await client.disconnect()
    await client.connect()
    await client.ready()
    await client.rpc("messages.send", {"channel_url": CHANNEL, "message": "two"})
    second = await hall.until("message.created", "two")
    print("in order" if first < second else "out of order", flush=True)
    await client.rpc("open_channels.delete", {"channel_url": CHANNEL})
    await hall.until("channel.deleted", None)
    await hall.left.wait()
    await client.disconnect()


asyncio.run(main())
