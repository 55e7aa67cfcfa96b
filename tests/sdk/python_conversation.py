"""Run by the tests: says what the unmodified `centrifuge-python` sees of the server's answers, line by line.

Usage: python python_conversation.py SERVER TOKEN [NEXT_TOKEN]
"""

from __future__ import annotations

import asyncio
import sys
from typing import Any

from centrifuge import CentrifugeError, Client, ClientEventHandler, SubscriptionEventHandler

server, token, *next_tokens = sys.argv[1:]


def say(*words: object) -> None:
    print(*words, flush=True)


class Events(ClientEventHandler):
    """Of the connection, and of the stream that the server subscribes to."""

    def __init__(self) -> None:
        self.typing = asyncio.Event()
        self.disconnected = asyncio.Event()

    async def on_connected(self, ctx: Any) -> None:
        say("connected", ctx.data["user"]["user_id"])

    async def on_disconnected(self, ctx: Any) -> None:
        say("disconnected", ctx.code)
        self.disconnected.set()

    async def on_subscribed(self, ctx: Any) -> None:
        say("stream", ctx.channel, "recoverable" if ctx.recoverable else "lossy")

    async def on_publication(self, ctx: Any) -> None:
        if ctx.pub.data.get("typing"):
            say("typing", "with offset" if ctx.pub.offset else "without offset")
            self.typing.set()


class Other(SubscriptionEventHandler):
    """Of a channel that does not exist."""

    def __init__(self) -> None:
        self.refused = asyncio.Event()

    async def on_unsubscribed(self, ctx: Any) -> None:
        say("other", ctx.code)
        self.refused.set()


async def get_token() -> str:
    say("asked for a token")
    return next_tokens[0]


async def talk(client: Client, events: Events) -> None:
    other = Other()
    await client.new_subscription("other", events=other).subscribe()
    await asyncio.wait_for(other.refused.wait(), 5)
    for method in ("nothing.here", "users.create", "messages.send"):
        try:
            await client.rpc(method, {})
        except CentrifugeError as error:
            say(method, error.code)
    await client.rpc("channels.typing", {"channel_url": "kitchen"})
    await asyncio.wait_for(events.typing.wait(), 5)
    await client.rpc("channels.typing", {"channel_url": "kitchen", "typing": False})
    await client.disconnect()


async def main() -> None:
    events = Events()
    asks = {"get_token": get_token} if next_tokens else {}
    url = server.replace("http", "ws") + "/connection/websocket"
    client = Client(url, token=token, data={"stream": True}, events=events, **asks)
    await client.connect()
    try:
        await client.ready(5)
    except CentrifugeError:
        await asyncio.wait_for(events.disconnected.wait(), 5)
        return
    await talk(client, events)


asyncio.run(main())
