"""First requests that take a task: behind TLS or a PROXY header, with a body, or for the HTTP server."""

from __future__ import annotations

import logging
import socket
import ssl
from collections.abc import Awaitable, Callable
from http import HTTPStatus
from typing import NamedTuple

import trio

from chatd.config import Config
from chatd.gateway.admission import Admission, Welcome
from chatd.gateway.connection import Connection
from chatd.gateway.poller import Poller
from chatd.gateway.proxies import read_proxy_header
from chatd.gateway.tls import HANDSHAKE, Certificate, TlsStream, speaks_tls
from chatd.wire.handshake import HandshakeError, is_handshake
from chatd.wire.proxy_protocol import ProxyError
from chatd.wire.stream_request import StreamRequest, is_stream_request

_log = logging.getLogger("chatd.gateway")

Stream = trio.SocketStream | TlsStream

READ_BYTES = 4096


class Onward(NamedTuple):
    """Where connections go after their first request.

    `parked(connection)` is called for each client, and for one on an endless answer `streaming(connection, commands)`
    with what it said first. `http(stream, head, peer)` serves the rest; it returns what it was sent instead of a
    request, which begins a client.
    """

    parked: Callable[[Connection], None]
    streaming: Callable[[Connection, bytes], None]
    http: Callable[[Stream, bytes, str], Awaitable[bytes]]


class Opening:
    """Serves such connections, each in a task. `count` is how many of them have not made their first request.

    `is_encrypted` says whether connections begin with TLS.
    """

    def __init__(
        self,
        config: Config,
        poller: Poller,
        admission: Admission,
        certificate: Certificate | None,
        onward: Onward,
    ) -> None:
        self._config = config
        self._poller = poller
        self._admission = admission
        self._certificate = certificate
        self.is_encrypted = certificate is not None
        self.onward = onward
        self.count = 0

    async def serve(self, fd: int, peer: str, head: bytes, deadline: float) -> None:
        """Serve one connection, of which `head` was read. Its failure concerns nobody else."""
        stream = trio.SocketStream(trio.socket.from_stdlib_socket(socket.socket(fileno=fd)))
        is_parked = False
        try:
            async with stream:
                if not head and self._admission.expects_proxy_header(peer):
                    peer = await self._behind(stream, peer, deadline)
                is_parked = await self._encrypted(stream, peer, head, deadline)
        except (trio.BrokenResourceError, trio.ClosedResourceError, trio.TooSlowError, OSError):
            return
        except ProxyError as error:
            _log.warning("no PROXY header from a proxy", extra={"error": str(error)})
        except Exception:
            _log.exception("a connection failed")
        finally:
            if not is_parked:
                self._admission.leave(peer)

    async def _behind(self, stream: trio.SocketStream, peer: str, deadline: float) -> str:
        """The address that a proxy names, counted as if it had connected itself."""
        with trio.fail_at(deadline):
            address = await read_proxy_header(stream.socket) or peer
        self._admission.leave(peer)
        self._admission.enter(address)
        return address

    async def _encrypted(self, stream: trio.SocketStream, peer: str, head: bytes, deadline: float) -> bool:
        """Whether the connection was parked."""
        if self._certificate is None:
            return await self._first_request(stream, peer, head, deadline)
        self.count += 1
        try:
            encrypted = await self._agree(stream, self._certificate.context, deadline)
        finally:
            self.count -= 1
        if encrypted is None:
            return False
        async with encrypted:
            return await self._first_request(encrypted, peer, head, deadline)

    async def _agree(self, stream: trio.SocketStream, context: ssl.SSLContext, deadline: float) -> TlsStream | None:
        """Do the TLS handshake; None for a peer that does not speak TLS, and has been told."""
        with trio.fail_at(deadline):
            is_tls = await speaks_tls(stream.socket)
        if not is_tls:
            await self._refuse(stream, HandshakeError(HTTPStatus.BAD_REQUEST, "this port speaks TLS"))
            return None
        raw = socket.socket(fileno=stream.socket.detach())
        raw.setblocking(False)
        encrypted = TlsStream(raw, context)
        try:
            with trio.fail_at(deadline):
                await encrypted.handshake()
        except BaseException:
            await encrypted.aclose()
            raise
        return encrypted

    async def _first_request(self, stream: Stream, peer: str, head: bytes, deadline: float) -> bool:
        """Serve the first request, and for HTTP those that follow it. Whether the connection was parked."""
        self.count += 1
        try:
            with trio.move_on_at(deadline) as scope:
                self._admission.check_address(peer)
                head = await self._read_head(stream, head)
                if is_handshake(head):
                    return await self._upgrade(stream, head, peer)
                if is_stream_request(head):
                    return await self._begin_stream(stream, head, peer)
            if scope.cancelled_caught:
                raise HandshakeError(HTTPStatus.REQUEST_TIMEOUT, "the request took too long")
        except HandshakeError as error:
            await self._refuse(stream, error)
            return False
        finally:
            self.count -= 1
        client = await self.onward.http(stream, head, peer) if head else b""
        if not client:
            return False
        deadline = trio.current_time() + self._config.gateway.handshake_seconds
        return await self._first_request(stream, peer, client, deadline)

    async def _read_head(self, stream: Stream, head: bytes) -> bytes:
        """What is needed to choose: the first line, and for a WebSocket all of the head. Empty at end of file."""
        while not is_whole(head, self._config.gateway.max_head_bytes):
            more = await stream.receive_some(READ_BYTES)
            if not more:
                return b""
            head += more
        return head

    async def _upgrade(self, stream: Stream, head: bytes, peer: str) -> bool:
        welcome = self._admission.welcome(head, peer)
        await self._park(stream, peer, welcome)
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
        address = self._admission.admit(peer, request)
        connection = await self._park(stream, peer, Welcome(request.accept(), request.codec, address))
        self.onward.streaming(connection, request.commands)
        return True

    async def _park(self, stream: Stream, peer: str, welcome: Welcome) -> Connection:
        """Answer a client, and take its socket."""
        tls = stream.socket if isinstance(stream, TlsStream) else None
        try:
            await stream.send_all(welcome.answer)
            connection = self._poller.park(stream.socket.fileno(), welcome.codec, welcome.address, tls)
        except BaseException:
            # The peer is counted until its task ends, the client for whom it asked would be for ever.
            if welcome.address != peer:
                self._admission.leave(welcome.address)
            raise
        # It is the connection's now, and not closed with the stream.
        stream.detach() if isinstance(stream, TlsStream) else stream.socket.detach()
        self.onward.parked(connection)
        return connection

    async def _refuse(self, stream: Stream, error: HandshakeError) -> None:
        """Answer, and give the peer a moment to read it before the connection ends."""
        answer = self._admission.refuse(error)
        with trio.move_on_after(self._config.gateway.close_seconds):
            await stream.send_all(answer)
            await stream.send_eof()
            while await stream.receive_some(READ_BYTES):
                continue


def is_whole(head: bytes, limit: int) -> bool:
    """Whether enough of a request is there to choose: the first line, and for a WebSocket all of the head.

    Raises HandshakeError: 431 when that much has more than `limit` bytes, 400 for TLS.
    """
    if head.startswith(HANDSHAKE):
        raise HandshakeError(HTTPStatus.BAD_REQUEST, "TLS was not expected")
    if b"\n" in head and (b"\r\n\r\n" in head or not is_handshake(head)):
        return True
    if len(head) > limit:
        raise HandshakeError(HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE, "the request head is too long")
    return False


def begins_client(head: bytes) -> bool:
    """Whether these bytes begin a client's connection; proxies send such a request on one that they used before."""
    return b"\n" in head and (is_handshake(head) or is_stream_request(head))
