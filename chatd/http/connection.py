"""HTTP connections: Hypercorn's HTTP/1.1 protocol on a transport of our own.

Hypercorn's own Trio worker sends without a deadline inside a shield, and an upgrade it does not expect can end the
whole worker. Here each send has a deadline, every upgrade is served as the plain request it also is, and whatever goes
wrong ends one connection.
"""

from __future__ import annotations

import logging
import math
from typing import Any

import h11
import trio
from hypercorn.app_wrappers import ASGIWrapper
from hypercorn.config import Config as HypercornConfig
from hypercorn.events import Closed, Event, RawData, Updated
from hypercorn.protocol.events import Request
from hypercorn.protocol.h11 import STREAM_ID, H11Protocol
from hypercorn.protocol.http_stream import HTTPStream
from hypercorn.trio.task_group import TaskGroup
from hypercorn.trio.worker_context import WorkerContext
from hypercorn.typing import ConnectionState, LifespanState
from hypercorn.utils import parse_socket_addr
from starlette.types import ASGIApp

from chatd.config import Config

READ_BYTES = 65_536
# After our last word, how long a peer may take to read it and hang up.
LINGER_SECONDS = 2.0
REQUESTS_PER_CONNECTION = 100_000

_BUSY = b"HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\nRetry-After: 5\r\nConnection: close\r\n\r\n"


class HttpServer:
    """Serves an ASGI application on connections that the listener hands over."""

    def __init__(self, config: Config, app: ASGIApp) -> None:
        self._config = config
        framework: Any = app
        self.app = ASGIWrapper(framework)
        self.settings = _settings(config)
        self.context = WorkerContext(None)
        self._connections: set[HttpConnection] = set()

    async def serve(self, stream: trio.SocketStream, head: bytes) -> None:
        """Serve one connection to its end. `head` is what was read from it already."""
        if len(self._connections) >= self._config.http.max_connections:
            with trio.move_on_after(LINGER_SECONDS):
                await stream.send_all(_BUSY)
            return
        connection = HttpConnection(self, stream, self._config)
        self._connections.add(connection)
        try:
            await connection.serve(head)
        finally:
            self._connections.discard(connection)

    async def drain(self) -> None:
        """Let requests end, close connections that have none, and let no new request begin."""
        await self.context.terminated.set()
        for connection in list(self._connections):
            connection.end_if_idle()

    def __len__(self) -> int:
        return len(self._connections)


class HttpConnection:
    """One connection: reads, feeds the protocol, sends, and knows how long each may take."""

    def __init__(self, server: HttpServer, stream: trio.SocketStream, config: Config) -> None:
        self._server = server
        self._stream = stream
        self._config = config.http
        self._head_seconds = config.gateway.handshake_seconds
        self._whole = trio.CancelScope()
        self._reading = trio.CancelScope()
        self._send_lock = trio.Lock()
        self._idle = False
        self._closing = False

    async def serve(self, head: bytes) -> None:
        """Serve requests until the peer hangs up, a deadline passes, or the server drains."""
        socket = self._stream.socket
        with self._whole:
            async with TaskGroup() as tasks:
                protocol = _Protocol(
                    self._server.app,
                    self._server.settings,
                    self._server.context,
                    tasks,
                    ConnectionState(LifespanState({})),
                    False,
                    parse_socket_addr(socket.family, socket.getpeername()),
                    parse_socket_addr(socket.family, socket.getsockname()),
                    self._send,
                )
                await protocol.handle(RawData(head))
                await self._read(protocol)
                await protocol.handle(Closed())

    def end_if_idle(self) -> None:
        """Hang up when no request is under way."""
        if self._idle:
            self._whole.cancel()

    async def _read(self, protocol: H11Protocol) -> None:
        """Feed the protocol until the end. A cancelled read means that its deadline has passed."""
        while True:
            with trio.CancelScope(deadline=self._read_deadline(protocol)) as self._reading:
                try:
                    data = await self._stream.receive_some(READ_BYTES)
                except (trio.BrokenResourceError, trio.ClosedResourceError):
                    return
            if self._reading.cancelled_caught or not data:
                return
            if not self._closing:
                await protocol.handle(RawData(bytes(data)))

    def _read_deadline(self, protocol: H11Protocol) -> float:
        """Until when the peer has to say something: it owes us a request, or the rest of one, or nothing now."""
        now = trio.current_time()
        if self._closing:
            return min(self._reading.deadline, now + LINGER_SECONDS)
        if self._idle:
            return self._reading.deadline
        if protocol.connection.their_state is h11.IDLE:
            return min(self._reading.deadline, now + self._head_seconds)
        if protocol.connection.their_state is h11.SEND_BODY:
            return now + self._config.send_seconds
        return math.inf

    async def _send(self, event: Event) -> None:
        """What the protocol wants of the transport."""
        if isinstance(event, RawData):
            await self._send_data(event.data)
        elif isinstance(event, Closed):
            await self._hang_up()
        elif isinstance(event, Updated):
            self._idle = event.idle
            seconds = self._config.keep_alive_seconds if event.idle else math.inf
            self._reading.deadline = trio.current_time() + seconds

    async def _send_data(self, data: bytes) -> None:
        with trio.move_on_after(self._config.send_seconds) as deadline:
            try:
                async with self._send_lock:
                    await self._stream.send_all(data)
            except (trio.BrokenResourceError, trio.ClosedResourceError):
                self._whole.cancel()
        if deadline.cancelled_caught:
            self._whole.cancel()

    async def _hang_up(self) -> None:
        """Say that nothing more comes, then give the peer a moment to read what did."""
        self._closing = True
        self._reading.deadline = trio.current_time() + LINGER_SECONDS
        try:
            async with self._send_lock:
                await self._stream.send_eof()
        except (trio.BrokenResourceError, trio.ClosedResourceError):
            self._whole.cancel()


class _Protocol(H11Protocol):
    """Hypercorn's HTTP/1.1, for which every request is a plain one."""

    async def _check_protocol(self, event: h11.Request) -> None:
        return None

    async def _create_stream(self, request: h11.Request) -> None:
        self.stream = HTTPStream(
            self.app,
            self.config,
            self.context,
            self.task_group,
            self.ssl,
            self.client,
            self.server,
            self.stream_send,
            STREAM_ID,
        )
        await self.stream.handle(
            Request(
                stream_id=STREAM_ID,
                headers=list(request.headers),
                http_version=request.http_version.decode(),
                method=request.method.decode("ascii").upper(),
                raw_path=request.target,
                state=self.connection_state,
            )
        )
        self.keep_alive_requests += 1


def _settings(config: Config) -> HypercornConfig:
    settings: Any = HypercornConfig()
    settings.h11_max_incomplete_size = config.gateway.max_head_bytes
    settings.keep_alive_max_requests = REQUESTS_PER_CONNECTION
    settings.include_server_header = False
    settings.accesslog = None
    settings.errorlog = logging.getLogger("chatd.http")
    found: HypercornConfig = settings
    return found
