"""The one listener: every connection begins here, as a short task with a deadline."""

from __future__ import annotations

import logging
import socket
from collections.abc import Awaitable, Callable
from http import HTTPStatus
from urllib.parse import urlsplit

import trio

from chatd.config import Config
from chatd.errors import StartError
from chatd.gateway.connection import Connection
from chatd.gateway.counters import Counters
from chatd.gateway.poller import Poller
from chatd.wire.codecs import WEBSOCKET_JSON, WEBSOCKET_PROTOBUF, Codec
from chatd.wire.handshake import JSON, PROTOBUF, Handshake, HandshakeError, is_handshake, refusal

_log = logging.getLogger("chatd.gateway")

ServeHttp = Callable[[trio.SocketStream, bytes], Awaitable[None]]
Parked = Callable[[Connection], None]

CODECS: dict[str, Codec] = {JSON: WEBSOCKET_JSON, PROTOBUF: WEBSOCKET_PROTOBUF}
BACKLOG = 4096
READ_BYTES = 4096
# A peer that takes nothing for this long is cut off by the kernel, milliseconds.
USER_TIMEOUT_MS = 30_000
RETRY_AFTER_SECONDS = 5


async def open_listeners(host: str, port: int) -> list[trio.SocketListener]:
    """Listening sockets, with the options that accepted sockets inherit. Raises StartError."""
    try:
        listeners = await trio.open_tcp_listeners(port, host=host, backlog=BACKLOG)
    except OSError as error:
        raise StartError(f"cannot listen on {host} port {port}: {error}") from error
    for listener in listeners:
        listener.socket.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
        listener.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, USER_TIMEOUT_MS)
    return listeners


class Listener:
    """Reads the first request of each connection, parks WebSockets, and gives the rest to `serve_http`."""

    def __init__(
        self, config: Config, poller: Poller, counters: Counters, parked: Parked, serve_http: ServeHttp
    ) -> None:
        self._config = config
        self._poller = poller
        self._counters = counters
        self._parked = parked
        self._serve_http = serve_http
        self.draining = False

    async def handle(self, stream: trio.SocketStream) -> None:
        """Serve one connection. Never raises, but for cancellation: its failure concerns nobody else."""
        try:
            async with stream:
                await self._first_request(stream)
        except (trio.BrokenResourceError, trio.ClosedResourceError, OSError):
            return
        except Exception:
            _log.exception("a connection failed")

    async def _first_request(self, stream: trio.SocketStream) -> None:
        head = b""
        with trio.move_on_after(self._config.gateway.handshake_seconds) as deadline:
            head = await self._read_head(stream)
            if is_handshake(head):
                await self._upgrade(stream, head)
                return
        if deadline.cancelled_caught:
            await self._refuse(stream, HandshakeError(HTTPStatus.REQUEST_TIMEOUT, "the request took too long"))
        elif head:
            await self._serve_http(stream, head)

    async def _read_head(self, stream: trio.SocketStream) -> bytes:
        """What is needed to choose: the first line, and for a WebSocket all of the head. Empty at end of file."""
        head = b""
        while b"\n" not in head or (is_handshake(head) and b"\r\n\r\n" not in head):
            if len(head) > self._config.gateway.max_head_bytes:
                status = HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE
                await self._refuse(stream, HandshakeError(status, "the request head is too long"))
                return b""
            more = await stream.receive_some(READ_BYTES)
            if not more:
                return b""
            head += more
        return head

    async def _upgrade(self, stream: trio.SocketStream, head: bytes) -> None:
        try:
            self._admit()
            handshake = Handshake(head)
            self._check_origin(handshake)
            answer = handshake.accept()
        except HandshakeError as error:
            self._counters.refused += 1
            await self._refuse(stream, error)
            return
        await stream.send_all(answer)
        self._parked(self._poller.park(stream.socket.detach(), CODECS[handshake.encoding]))

    def _admit(self) -> None:
        full = self._counters.connections >= self._config.gateway.max_connections
        if full or self.draining:
            raise HandshakeError(HTTPStatus.SERVICE_UNAVAILABLE, "no room for more connections now")

    def _check_origin(self, handshake: Handshake) -> None:
        """Pages of this server may connect, and those allowed; what is no browser sends no Origin."""
        origin = handshake.origin
        server = self._config.server
        if origin is None or "*" in server.allowed_origins:
            return
        if origin in server.allowed_origins or origin == server.public_url:
            return
        try:
            host = urlsplit(origin).netloc
        except ValueError:
            host = ""
        if host != handshake.host:
            raise HandshakeError(HTTPStatus.FORBIDDEN, "this origin may not connect")

    async def _refuse(self, stream: trio.SocketStream, error: HandshakeError) -> None:
        """Answer, and give the peer a moment to read it before the connection ends."""
        busy = error.status == HTTPStatus.SERVICE_UNAVAILABLE
        with trio.move_on_after(self._config.gateway.close_seconds):
            await stream.send_all(refusal(error.status, error.reason, RETRY_AFTER_SECONDS if busy else None))
            await stream.send_eof()
            while await stream.receive_some(READ_BYTES):
                continue
