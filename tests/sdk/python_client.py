"""Run by the tests: a sender or a receiver with the unmodified `centrifuge-python`.

Usage: python python_client.py ROLE SERVER TOKENS API_TOKEN CHANNEL. The session token comes from TOKENS, an address of
the Platform API. A sender sends one message after the other, each until it is acknowledged, from the first line of its
input to its end. A client ends when it receives the message "last". One JSON line each time the stream is there, per
acknowledgement, message and repeated send, when all is sent, and at the end of the connection.
"""

from __future__ import annotations

import asyncio
import json
import sys
import urllib.request

from centrifuge import (
    CentrifugeError,
    Client,
    ClientEventHandler,
    DisconnectedContext,
    PublicationContext,
    SubscribedContext,
    SubscriptionEventHandler,
)

role, server, tokens, api_token, channel = sys.argv[1:6]


def say(**line: object) -> None:
    print(json.dumps(line), flush=True)


def ask_for_token() -> str:
    request = urllib.request.Request(tokens, b"{}", {"Api-Token": api_token})
    with urllib.request.urlopen(request, timeout=10) as answer:
        token: str = json.load(answer)["token"]
        return token


async def get_token() -> str:
    return await asyncio.to_thread(ask_for_token)


class Watcher(ClientEventHandler):
    """Reports the end of the connection."""

    async def on_disconnected(self, ctx: DisconnectedContext) -> None:
        say(disconnected=ctx.code)


class Receiver(SubscriptionEventHandler):
    """Reports every message."""

    def __init__(self) -> None:
        self.done = asyncio.Event()

    async def on_subscribed(self, ctx: SubscribedContext) -> None:
        say(recovered=ctx.recovered)

    async def on_publication(self, ctx: PublicationContext) -> None:
        data = ctx.pub.data
        if data["type"] != "message.created":
            return
        message = data["message"]
        if message["message"] == "last":
            self.done.set()
        else:
            say(message_id=message["message_id"], req_id=message["req_id"], offset=ctx.pub.offset)


async def send(client: Client, message: str) -> None:
    """Until it is acknowledged; it has a `req_id` of its own, so that sending it again does no harm."""
    params = {"channel_url": channel, "message": message, "req_id": f"python {message}"}
    while True:
        try:
            answer = await client.rpc("messages.send", params)
            break
        except (TimeoutError, CentrifugeError):
            say(again=params["req_id"])
            await asyncio.sleep(0.05)
    say(acknowledged=answer.data["message_id"], req_id=params["req_id"])


async def send_until_told(client: Client) -> None:
    await asyncio.to_thread(sys.stdin.readline)
    told = asyncio.create_task(asyncio.to_thread(sys.stdin.read))
    number = 0
    while not told.done():
        await send(client, f"message {number}")
        number += 1
    say(sent="all")


async def main() -> None:
    url = server.replace("http", "ws") + "/connection/websocket"
    client = Client(url, Watcher(), get_token=get_token, min_reconnect_delay=0.05, max_reconnect_delay=0.3)
    receiver = Receiver()
    subscription = client.new_subscription("~", events=receiver, recoverable=True, positioned=True)
    await client.connect()
    await subscription.subscribe()
    await subscription.ready()
    if role == "send":
        await send_until_told(client)
    await receiver.done.wait()
    await client.disconnect()


asyncio.run(main())
