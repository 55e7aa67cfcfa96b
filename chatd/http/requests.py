"""Requests under way: how a connection runs the application, and how the application hears of the peer."""

from __future__ import annotations

import logging
from collections import deque
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
    Only the last part is a turn of the loop for who puts and who takes it: a turn costs more than a part.
    """

    __slots__ = ("_changed", "_is_ended", "_parts")

    def __init__(self) -> None:
        self._parts: deque[Message] = deque()
        self._changed = trio.lowlevel.ParkingLot()
        self._is_ended = False

    async def put(self, message: Message) -> None:
        """Add a part, waiting for room; after the end it is dropped."""
        if message["type"] == "http.disconnect":
            self._is_ended = True
        while len(self._parts) == WAITING_PARTS and not self._is_ended:
            await self._changed.park()
        if not self._is_ended:
            self._parts.append(message)
        self._changed.unpark_all()
        if not self._is_ended and not message["more_body"]:
            await trio.lowlevel.checkpoint()

    async def receive(self) -> Message:
        """The next message (ASGI); after the end always `http.disconnect`."""
        while not self._parts and not self._is_ended:
            await self._changed.park()
        if not self._parts or not self._parts[0]["more_body"]:
            await trio.lowlevel.checkpoint()
        self._changed.unpark_all()
        return self._parts.popleft() if self._parts else {"type": "http.disconnect"}


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
