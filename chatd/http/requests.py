"""Requests under way: how a connection runs the application, and how the application hears of the peer."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from typing import Any

import trio

Message = dict[str, Any]
Put = Callable[[Message], Awaitable[None]]

# Parts of a request body that wait to be read; then the peer has to.
WAITING_PARTS = 10

_log = logging.getLogger("chatd.http")


class Inbox:
    """What a request hears: parts of its body, then that the peer is gone or has been answered.

    That end never waits for room, and frees whoever does: an application may answer without reading the body.
    """

    def __init__(self) -> None:
        self._parts, self._waiting = trio.open_memory_channel[Message](WAITING_PARTS)

    async def put(self, message: Message) -> None:
        """Add a part, waiting for room; after the end it is dropped."""
        if message["type"] == "http.disconnect":
            self._parts.close()
            return
        try:
            await self._parts.send(message)
        except trio.ClosedResourceError:
            return

    async def receive(self) -> Message:
        """The next message (ASGI); after the end always `http.disconnect`."""
        try:
            return await self._waiting.receive()
        except trio.EndOfChannel:
            return {"type": "http.disconnect"}


class Requests:
    """The tasks of one connection's requests, in the form in which Hypercorn's streams start them."""

    def __init__(self, nursery: trio.Nursery) -> None:
        self._nursery = nursery

    async def spawn_app(self, app: Any, config: object, scope: Message, send: Callable[[Any], Awaitable[None]]) -> Put:
        """Run `app` for one request; what is returned takes the messages for it."""
        # 2.4: a peer that is gone is learnt from `send`, here by cancellation. Nobody has to listen for it meanwhile.
        scope["asgi"] = {"version": "3.0", "spec_version": "2.4"}
        inbox = Inbox()
        self._nursery.start_soon(_run, app, scope, inbox, send)
        return inbox.put


async def _run(app: Any, scope: Message, inbox: Inbox, send: Callable[[Any], Awaitable[None]]) -> None:
    try:
        await app(scope, inbox.receive, send)
    except Exception:
        _log.exception("the application failed")
    await send(None)
