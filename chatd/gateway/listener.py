"""The one listener: every connection begins here, as a short task with a deadline."""

from __future__ import annotations

import logging
import random
import socket
import ssl
from collections.abc import Awaitable, Callable
from http import HTTPStatus

import trio

from chatd.config import Config
from chatd.gateway.admission import Admission, too_many
from chatd.gateway.connection import Connection
from chatd.gateway.counters import Counters
from chatd.gateway.poller import Poller
from chatd.gateway.proxies import read_proxy_header
from chatd.gateway.tls import Certificate, TlsStream
from chatd.wire.codecs import WEBSOCKET_JSON, WEBSOCKET_PROTOBUF, Codec
from chatd.wire.handshake import JSON, PROTOBUF, Handshake, HandshakeError, is_handshake, refusal
from chatd.wire.proxy_protocol import ProxyError
from chatd.wire.stream_request import StreamRequest, is_stream_request

_log = logging.getLogger("chatd.gateway")

Stream = trio.SocketStream | TlsStream
ServeHttp = Callable[[Stream, bytes, str], Awaitable[None]]
Parked = Callable[[Connection], None]
Streaming = Callable[[Connection, bytes], None]

CODECS: dict[str, Codec] = {JSON: WEBSOCKET_JSON, PROTOBUF: WEBSOCKET_PROTOBUF}
READ_BYTES = 4096
# Those sent away come back after a random time up to this, so that they do not stay a crowd.
RETRY_AFTER_SECONDS = 10
_BUSY = frozenset({HTTPStatus.SERVICE_UNAVAILABLE, HTTPStatus.TOO_MANY_REQUESTS})


class Listener:
    """Reads the first request of each connection. Clients are parked, the rest goes to `serve_http`.

    `parked(connection)` is called for each client, and for one on an endless answer `streaming(connection, commands)`
    with what it said first.
    """

    def __init__(
        self,
        config: Config,
        poller: Poller,
        counters: Counters,
        admission: Admission,
        certificate: Certificate | None,
        *,
        parked: Parked,
        streaming: Streaming,
        serve_http: ServeHttp,
    ) -> None:
        self._config = config
        self._poller = poller
        self._counters = counters
        self._admission = admission
        self._certificate = certificate
        self._parked = parked
        self._streaming = streaming
        self._serve_http = serve_http
        self._opening = 0

    async def handle(self, stream: trio.SocketStream) -> None:
        """Serve one connection. Never raises, but for cancellation: its failure concerns nobody else."""
        try:
            async with stream:
                await self._admit(stream)
        except (trio.BrokenResourceError, trio.ClosedResourceError, trio.TooSlowError, OSError):
            return
        except ProxyError as error:
            _log.warning("no PROXY header from a proxy", extra={"error": str(error)})
        except Exception:
            _log.exception("a connection failed")

    async def _admit(self, stream: trio.SocketStream) -> None:
        """Find out who calls, and count them while they are here."""
        deadline = trio.current_time() + self._config.gateway.handshake_seconds
        peer = await self._peer(stream, deadline)
        if not self._admission.enter(peer):
            await self._turn_away(stream, too_many())
            return
        is_parked = False
        try:
            if self._opening >= self._config.gateway.max_handshakes:
                busy = HandshakeError(HTTPStatus.SERVICE_UNAVAILABLE, "too many connections at the same time")
                await self._turn_away(stream, busy)
            elif self._certificate is None:
                is_parked = await self._first_request(stream, peer, deadline)
            else:
                is_parked = await self._encrypted(stream, self._certificate.context, peer, deadline)
        finally:
            if not is_parked:
                self._admission.leave(peer)

    async def _peer(self, stream: trio.SocketStream, deadline: float) -> str:
        """The address at the other end, or that which a proxy there names."""
        peer = _address(stream.socket)
        if not (self._config.server.proxy_protocol and self._admission.proxies.trusts(peer)):
            return peer
        with trio.fail_at(deadline):
            return await read_proxy_header(stream.socket) or peer

    async def _encrypted(self, stream: trio.SocketStream, context: ssl.SSLContext, peer: str, deadline: float) -> bool:
        raw = socket.socket(fileno=stream.socket.detach())
        raw.setblocking(False)
        async with TlsStream(raw, context) as encrypted:
            return await self._first_request(encrypted, peer, deadline)

    async def _first_request(self, stream: Stream, peer: str, deadline: float) -> bool:
        """Serve the first request, and for HTTP those that follow it. Whether the connection was parked."""
        head = b""
        self._opening += 1
        try:
            with trio.move_on_at(deadline) as scope:
                if isinstance(stream, TlsStream):
                    await stream.handshake()
                head = await self._read_head(stream)
                if is_handshake(head):
                    return await self._upgrade(stream, head, peer)
                if is_stream_request(head):
                    return await self._begin_stream(stream, head, peer)
            if scope.cancelled_caught:
                raise HandshakeError(HTTPStatus.REQUEST_TIMEOUT, "the request took too long")
        except HandshakeError as error:
            self._counters.refused += 1
            await self._refuse(stream, error)
            return False
        finally:
            self._opening -= 1
        if head:
            await self._serve_http(stream, head, peer)
        return False

    async def _read_head(self, stream: Stream) -> bytes:
        """What is needed to choose: the first line, and for a WebSocket all of the head. Empty at end of file."""
        head = b""
        while b"\n" not in head or (is_handshake(head) and b"\r\n\r\n" not in head):
            if len(head) > self._config.gateway.max_head_bytes:
                raise HandshakeError(HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE, "the request head is too long")
            more = await stream.receive_some(READ_BYTES)
            if not more:
                return b""
            head += more
        return head

    async def _upgrade(self, stream: Stream, head: bytes, peer: str) -> bool:
        self._admission.check_room()
        handshake = Handshake(head)
        self._admission.check_origin(handshake.origin, handshake.host)
        answer = handshake.accept()
        address = self._client(peer, handshake.forwarded)
        await stream.send_all(answer)
        self._parked(self._park(stream, CODECS[handshake.encoding], address))
        return True

    async def _begin_stream(self, stream: Stream, head: bytes, peer: str) -> bool:
        gateway = self._config.gateway
        request = StreamRequest(gateway.max_head_bytes, gateway.max_message_bytes)
        request.feed(head)
        while not request.complete:
            more = await stream.receive_some(READ_BYTES)
            if not more:
                return False
            request.feed(bytes(more))
        self._admission.check_room()
        self._admission.check_origin(request.origin, request.host)
        address = self._client(peer, request.forwarded)
        await stream.send_all(request.accept())
        connection = self._park(stream, request.codec, address)
        self._parked(connection)
        self._streaming(connection, request.commands)
        return True

    def _client(self, peer: str, forwarded: list[str]) -> str:
        """Whose connection this is, counted. Raises HandshakeError, 429, when they have too many."""
        address = self._admission.proxies.client(peer, forwarded)
        if address != peer and not self._admission.enter(address):
            raise too_many()
        return address

    def _park(self, stream: Stream, codec: Codec, address: str) -> Connection:
        taken = stream.detach() if isinstance(stream, TlsStream) else stream.socket.detach()
        return self._poller.park(taken, codec, address)

    async def _turn_away(self, stream: trio.SocketStream, error: HandshakeError) -> None:
        """Refuse before anything is read; who expects TLS could not read the answer."""
        self._counters.refused += 1
        if self._certificate is None:
            await self._refuse(stream, error)

    async def _refuse(self, stream: Stream, error: HandshakeError) -> None:
        """Answer, and give the peer a moment to read it before the connection ends."""
        retry_after = random.randint(1, RETRY_AFTER_SECONDS) if error.status in _BUSY else None  # noqa: S311
        with trio.move_on_after(self._config.gateway.close_seconds):
            await stream.send_all(refusal(error.status, error.reason, retry_after))
            await stream.send_eof()
            while await stream.receive_some(READ_BYTES):
                continue


def _address(socket: trio.socket.SocketType) -> str:
    """The peer's IP address; empty for a Unix socket."""
    name = socket.getpeername()
    return str(name[0]) if isinstance(name, tuple) else ""
