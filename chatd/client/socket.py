"""A WebSocket that carries texts."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass

from trio_websocket import ConnectionClosed, HandshakeError, WebSocketConnection, open_websocket_url

from chatd.client.failures import Unreachable

DIAL_SECONDS = 10.0
CLOSE_SECONDS = 2.0
# What is recovered comes in one message.
MOST_BYTES = 64 * 1024 * 1024
BUFFER_BYTES = 64 * 1024


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
        async with open_websocket_url(
            endpoint,
            max_message_size=MOST_BYTES,
            receive_buffer_size=BUFFER_BYTES,
            connect_timeout=DIAL_SECONDS,
            disconnect_timeout=CLOSE_SECONDS,
        ) as websocket:
            is_open = True
            yield Socket(lambda text: _send(websocket, text), lambda: _receive(websocket))
    except HandshakeError as error:
        raise Unreachable(f"The server cannot be reached: {error or type(error).__name__}") from error
    except Exception as error:  # groups with errors of the protocol
        if is_open:
            raise
        raise Unreachable(f"What answers is no WebSocket: {error!r}") from error


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
