"""HTTP connections: Hypercorn's HTTP/1.1 protocol on a transport of our own.

Hypercorn's own Trio worker sends without a deadline inside a shield, and an upgrade it does not expect can end the
whole worker. Here each send has a deadline, every upgrade is served as the plain request it also is, and whatever goes
wrong ends one connection.
"""

from __future__ import annotations

import math

import trio
from hypercorn.events import Closed, Event, RawData, Updated
from hypercorn.trio.worker_context import WorkerContext
from starlette.types import ASGIApp

from chatd.config import Config
from chatd.gateway.opening import Stream, begins_client
from chatd.http.protocol import Protocol, settings

READ_BYTES = 65_536
# A peer that takes fewer bytes than these within `send_seconds` has stalled.
SEND_BYTES = 65_536
# After our last word, how long a peer may take to read it and hang up.
LINGER_SECONDS = 2.0
# What a body has to keep up after its first `send_seconds`; slower ones only hold a connection.
SLOWEST_BODY = 1024

_BUSY = b"HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\nRetry-After: 5\r\nConnection: close\r\n\r\n"


class HttpServer:
    """Serves an ASGI application on connections that the listener hands over."""

    def __init__(self, config: Config, app: ASGIApp) -> None:
        self.config = config
        self.app = app
        self.settings = settings(config)
        self.context = WorkerContext(None)
        self._connections: set[HttpConnection] = set()

    async def serve(self, stream: Stream, head: bytes, peer: str) -> bytes:
        """Serve one connection. `head` is what was read from it already, `peer` the address behind it.

        Empty at its end; else what came instead of a further request, and begins a client's connection.
        """
        if len(self._connections) >= self.config.http.max_connections:
            with trio.move_on_after(LINGER_SECONDS):
                await stream.send_all(_BUSY)
            return b""
        connection = HttpConnection(self, stream, peer)
        self._connections.add(connection)
        try:
            return await connection.serve(head)
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

    def __init__(self, server: HttpServer, stream: Stream, peer: str) -> None:
        self._server = server
        self._stream = stream
        self._peer = peer
        self._config = server.config.http
        self._whole = trio.CancelScope()
        self._reading = trio.CancelScope(deadline=trio.current_time() + server.config.gateway.handshake_seconds)
        self._send_lock = trio.Lock()
        self._idle = True
        self._answered = trio.Event()
        self._closing = False
        self._request_began = 0.0
        self._body_bytes = 0

    async def serve(self, head: bytes) -> bytes:
        """Serve requests until the peer hangs up, becomes a client, a deadline passes, or the server drains."""
        server = self._server
        client = b""
        with self._whole:
            async with trio.open_nursery() as nursery:
                protocol = Protocol(server.app, server.settings, server.context, nursery, self._peer, self._send)
                await protocol.handle(RawData(head))
                client = await self._read(protocol)
                await protocol.handle(Closed())
        return client

    def end_if_idle(self) -> None:
        """Hang up when no request is under way."""
        if self._idle:
            self._whole.cancel()

    async def _read(self, protocol: Protocol) -> bytes:
        """Feed the protocol until the end, or until a client begins: its first bytes.

        A cancelled read means that its deadline has passed.
        """
        while True:
            data = b""
            with trio.CancelScope(deadline=self._read_deadline(protocol)) as self._reading:
                try:
                    data = await self._receive(protocol)
                except (trio.BrokenResourceError, trio.ClosedResourceError):
                    return b""
            if self._reading.cancelled_caught and protocol.is_incomplete and not self._closing:
                await protocol.give_up()
            elif not data:
                return b""
            elif self._is_next(protocol) and begins_client(data):
                return data
            elif not self._closing:
                self._body_bytes += len(data)
                await protocol.handle(RawData(data))

    async def _receive(self, protocol: Protocol) -> bytes:
        """Some bytes. What follows a request waits until that is answered, and has a whole line then."""
        data = bytes(await self._stream.receive_some(READ_BYTES))
        if data and protocol.is_answering:
            await self._answered.wait()
        while data and b"\n" not in data and len(data) < READ_BYTES and self._is_next(protocol):
            more = bytes(await self._stream.receive_some(READ_BYTES))
            if not more:
                break
            data += more
        return data

    def _is_next(self, protocol: Protocol) -> bool:
        """Whether what comes now begins another request."""
        return self._idle and not protocol.is_incomplete

    def _read_deadline(self, protocol: Protocol) -> float:
        """Until when the peer has to say something: it owes us a request, the rest of one, its end, or nothing now."""
        if self._idle or self._closing:
            return self._reading.deadline
        if protocol.is_receiving_body:
            return self._request_began + self._config.send_seconds + self._body_bytes / SLOWEST_BODY
        return math.inf

    async def _send(self, event: Event) -> None:
        """What the protocol wants of the transport."""
        if isinstance(event, RawData):
            await self._send_data(event.data)
        elif isinstance(event, Closed):
            await self._hang_up()
        elif isinstance(event, Updated) and event.idle:
            self._idle = True
            self._answered.set()
            self._reading.deadline = trio.current_time() + self._config.keep_alive_seconds
        elif isinstance(event, Updated):
            self._idle = False
            self._answered = trio.Event()
            self._request_began = trio.current_time()
            self._body_bytes = 0

    async def _send_data(self, data: bytes) -> None:
        """Send, or end the connection when the peer stalls or is gone."""
        whole = memoryview(data)
        try:
            async with self._send_lock:
                for start in range(0, len(whole), SEND_BYTES):
                    with trio.fail_after(self._config.send_seconds):
                        await self._stream.send_all(whole[start : start + SEND_BYTES])
        except (trio.BrokenResourceError, trio.ClosedResourceError, trio.TooSlowError):
            self._whole.cancel()

    async def _hang_up(self) -> None:
        """Say that nothing more comes, then give the peer a moment to read what did."""
        self._closing = True
        self._answered.set()
        self._reading.deadline = trio.current_time() + LINGER_SECONDS
        try:
            async with self._send_lock:
                await self._stream.send_eof()
        except (trio.BrokenResourceError, trio.ClosedResourceError):
            self._whole.cancel()
