"""Hypercorn's HTTP/1.1 protocol, for which every request is a plain one."""

from __future__ import annotations

import logging
import re
from collections.abc import Awaitable, Callable
from http import HTTPStatus
from typing import Any

import h11
import trio
from hypercorn.config import Config as HypercornConfig
from hypercorn.events import Closed, Event, RawData
from hypercorn.protocol.events import Event as StreamEvent
from hypercorn.protocol.events import Request, Response
from hypercorn.protocol.h11 import STREAM_ID, H11Protocol
from hypercorn.protocol.http_stream import HTTPStream
from hypercorn.trio.worker_context import WorkerContext
from hypercorn.typing import ConnectionState, H11SendableEvent, LifespanState
from starlette.types import ASGIApp

from chatd.config import Config
from chatd.http.framing import Framing, is_ambiguous
from chatd.http.requests import Requests

REQUESTS_PER_CONNECTION = 100_000
# Of a target in absolute form (RFC 9112, 3.2.2): all that is before the path.
_ORIGIN = re.compile(rb"\A[A-Za-z][A-Za-z0-9+.-]*://[^/?]*")


class Protocol(H11Protocol):
    """One connection's requests and answers. `send` is called with bytes, the end, and whether a request is open."""

    def __init__(
        self,
        app: ASGIApp,
        settings: HypercornConfig,
        context: WorkerContext,
        nursery: trio.Nursery,
        peer: str,
        send: Callable[[Event], Awaitable[None]],
    ) -> None:
        plain: Any = app
        requests: Any = Requests(nursery)
        state = ConnectionState(LifespanState({}))
        super().__init__(plain, settings, context, requests, state, False, (peer, 0), None, send)
        self.connection = Framing(h11.SERVER, max_incomplete_event_size=settings.h11_max_incomplete_size)
        self._head = b""

    @property
    def is_receiving_body(self) -> bool:
        """Whether a request has begun whose body is not complete."""
        return self.connection.their_state is h11.SEND_BODY

    @property
    def is_answering(self) -> bool:
        """Whether a request is complete and the answer to it is not."""
        return self.connection.their_state in (h11.DONE, h11.MUST_CLOSE)

    @property
    def is_incomplete(self) -> bool:
        """Whether the peer has sent a part of a request."""
        return self.is_receiving_body or bool(self.connection.trailing_data[0])

    async def give_up(self) -> None:
        """Answer a request that does not get complete, and hang up."""
        if self.connection.our_state in (h11.IDLE, h11.SEND_RESPONSE):
            await self._send_error_response(HTTPStatus.REQUEST_TIMEOUT)
        await self.send(Closed())

    async def _check_protocol(self, event: h11.Request) -> None:
        """Upgrades are passed over (RFC 9110, 7.8): the request is served as the plain one that it also is."""
        if is_ambiguous(event):
            self.keep_alive_requests = self.config.keep_alive_max_requests

    async def stream_send(self, event: StreamEvent) -> None:
        """Send a part of an answer. One that comes before its request is complete ends the connection, and says so."""
        if isinstance(event, Response) and self.is_receiving_body and (b"connection", b"close") not in event.headers:
            event.headers.append((b"connection", b"close"))
        await super().stream_send(event)

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
                raw_path=_ORIGIN.sub(b"", request.target) or b"/",
                state=self.connection_state,
            )
        )
        self.keep_alive_requests += 1

    async def _send_h11_event(self, event: H11SendableEvent) -> None:
        """Send; the head of an answer waits for its first part, so that both go out at once."""
        try:
            data = self.connection.send(event)
        except h11.LocalProtocolError:
            # After an error of the peer the answer to it has been sent; the application's own comes too late.
            if self.connection.their_state is h11.ERROR:
                return
            raise
        self._head += data or b""
        if self._head and not isinstance(event, h11.Response):
            whole, self._head = self._head, b""
            await self.send(RawData(whole))


def settings(config: Config) -> HypercornConfig:
    """What Hypercorn's classes want to know."""
    found: Any = HypercornConfig()
    found.h11_max_incomplete_size = config.gateway.max_head_bytes
    found.keep_alive_max_requests = REQUESTS_PER_CONNECTION
    found.include_server_header = False
    found.accesslog = None
    found.errorlog = logging.getLogger("chatd.http")
    typed: HypercornConfig = found
    return typed
