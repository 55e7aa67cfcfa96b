"""A WebSocket that carries texts."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from urllib.parse import urlsplit

import trio
from trio_websocket import ConnectionClosed, WebSocketConnection

from chatd.client.failures import Unreachable, only
from chatd.client.opening import websocket_to

DIAL_SECONDS = 10.0
CLOSE_SECONDS = 2.0


class SocketClosed(Exception):
    """The other side has closed, with this code; 1006 when only the network has."""

    def __init__(self, code: int, reason: str) -> None:
        super().__init__(reason)
        self.code = code
        self.reason = reason


@dataclass(frozen=True)
class Socket:
    """An open one. Both calls raise SocketClosed."""

    send: Callable[[str], Awaitable[None]]
    receive: Callable[[], Awaitable[str]]


Dial = Callable[[], AbstractAsyncContextManager[Socket]]


def dial_to(endpoint: str) -> Dial:
    """What opens a WebSocket to this address; that raises Unreachable."""
    return lambda: _open(endpoint)


@asynccontextmanager
async def _open(endpoint: str) -> AsyncIterator[Socket]:
    is_open = False
    try:
        async with trio.open_nursery() as nursery:
            with trio.fail_after(DIAL_SECONDS):
                websocket = await websocket_to(urlsplit(endpoint), nursery)
            is_open = True
            try:
                yield Socket(lambda text: _send(websocket, text), lambda: _receive(websocket))
            finally:
                await _close(websocket)
                nursery.cancel_scope.cancel()
    except BaseExceptionGroup as group:
        error = only(group)
        if is_open or not isinstance(error, Exception):
            raise error from None
        raise Unreachable(f"The server cannot be reached: {error or type(error).__name__}") from error


async def _close(websocket: WebSocketConnection) -> None:
    with trio.move_on_after(CLOSE_SECONDS):
        await websocket.aclose()


async def _send(websocket: WebSocketConnection, text: str) -> None:
    try:
        await websocket.send_message(text)
    except ConnectionClosed as closed:
        raise _closed(closed) from None


async def _receive(websocket: WebSocketConnection) -> str:
    try:
        message = await websocket.get_message()
    except ConnectionClosed as closed:
        raise _closed(closed) from None
    return message if isinstance(message, str) else message.decode()


def _closed(error: ConnectionClosed) -> SocketClosed:
    code, reason = (error.reason.code, error.reason.reason) if error.reason else (1006, "")
    return SocketClosed(code, reason or "")
