"""Run by the tests: a sender or a receiver with the unmodified `centrifuge-python`.

Usage: python python_client.py ROLE WEBSOCKET TOKEN CHANNEL COUNT. A sender sends COUNT messages, each until it is
acknowledged; a receiver waits for COUNT messages. One JSON line per acknowledgement or message.
"""

from __future__ import annotations

import asyncio
import json
import sys
from typing import Any

from centrifuge import CentrifugeError, Client, PublicationContext, SubscriptionEventHandler

role, url, token, channel, count = sys.argv[1:6]


def say(**line: Any) -> None:
    print(json.dumps(line), flush=True)


class Receiver(SubscriptionEventHandler):
    """Reports every message."""

    def __init__(self) -> None:
        self.left = int(count)
        self.done = asyncio.Event()

    async def on_publication(self, ctx: PublicationContext) -> None:
        data = ctx.pub.data
        if data["type"] == "message.created":
            say(message_id=data["message"]["message_id"], req_id=data["message"]["req_id"], offset=ctx.pub.offset)
            self.left -= 1
            if self.left == 0:
                self.done.set()


async def send_all(client: Client) -> None:
    """Each message has a `req_id` of its own, so that sending it again does no harm."""
    for number in range(int(count)):
        params = {"channel_url": channel, "message": f"message {number}", "req_id": f"python-{number}"}
        while True:
            try:
                answer = await client.rpc("messages.send", params)
                break
            except (TimeoutError, CentrifugeError):
                await asyncio.sleep(0.05)
        say(message_id=answer.data["message_id"], req_id=params["req_id"])


async def main() -> None:
    client = Client(url, token=token, min_reconnect_delay=0.05, max_reconnect_delay=0.3)
    receiver = Receiver()
    subscription = client.new_subscription("~", events=receiver, recoverable=True, positioned=True)
    await client.connect()
    await subscription.subscribe()
    await subscription.ready()
    say(ready=True)
    if role == "send":
        await send_all(client)
    await receiver.done.wait()
    await client.disconnect()


asyncio.run(main())
