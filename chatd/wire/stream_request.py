"""Requests that begin an endless answer, for clients whose network lets no WebSocket pass.

`POST /connection/http_stream` has the first commands in its body, `GET /connection/sse` in its query. The client's
later commands come in requests of their own (`POST /emulation`).
"""

from __future__ import annotations

from http import HTTPStatus
from urllib.parse import parse_qs, urlsplit

import h11

from chatd.wire.codecs import SSE_JSON, STREAM_JSON, STREAM_PROTOBUF, Codec
from chatd.wire.handshake import HandshakeError

STREAM_PATH = b"/connection/http_stream"
SSE_PATH = b"/connection/sse"
_TARGETS = {(b"POST", STREAM_PATH), (b"GET", SSE_PATH)}
_BINARY = "application/octet-stream"


class StreamRequest:
    """One such request, read as it arrives. `commands` and `codec` are there when it is `complete`."""

    def __init__(self, head_limit: int, body_limit: int) -> None:
        self._http = h11.Connection(h11.SERVER, max_incomplete_event_size=head_limit)
        self._body_limit = body_limit
        self._body = bytearray()
        self._headers: dict[bytes, list[bytes]] = {}
        self._request: h11.Request | None = None
        self.complete = False

    def feed(self, data: bytes) -> None:
        """Take bytes. Raises HandshakeError."""
        try:
            self._http.receive_data(data)
            while (event := self._http.next_event()) not in (h11.NEED_DATA, h11.PAUSED) and not self.complete:
                self._take(event)
        except h11.RemoteProtocolError as error:
            raise HandshakeError(error.error_status_hint, str(error)) from None

    @property
    def codec(self) -> Codec:
        """How the answer is written: as the request is."""
        assert self._request is not None
        if self._request.method == b"GET":
            return SSE_JSON
        kinds = [value.partition(";")[0].strip().lower() for value in self._header(b"content-type")]
        return STREAM_PROTOBUF if kinds == [_BINARY] else STREAM_JSON

    @property
    def commands(self) -> bytes:
        """The first commands, in the encoding that the request chose."""
        assert self._request is not None
        if self._request.method == b"POST":
            return bytes(self._body)
        # In this encoding every byte is a character, so that what was escaped comes out as it was.
        query = parse_qs(urlsplit(self._request.target.decode("ascii")).query, encoding="latin-1")
        return query.get("cf_connect", [""])[0].encode("latin-1")

    @property
    def origin(self) -> str | None:
        """The page that asks; None when it is no browser."""
        return next(iter(self._header(b"origin")), None)

    @property
    def host(self) -> str:
        """The name by which the server was called."""
        return next(iter(self._header(b"host")), "")

    @property
    def forwarded(self) -> list[str]:
        """What proxies say about the client."""
        return self._header(b"x-forwarded-for")

    def accept(self) -> bytes:
        """The head of the answer, which the page that asks may read."""
        sse = self.codec is SSE_JSON
        headers = [
            (b"Content-Type", b"text/event-stream" if sse else self._content_type()),
            (b"Cache-Control", b"no-store"),
            (b"X-Accel-Buffering", b"no"),
            (b"X-Content-Type-Options", b"nosniff"),
            (b"Transfer-Encoding", b"chunked"),
            (b"Connection", b"close"),
        ]
        if self.origin is not None:
            headers += [(b"Access-Control-Allow-Origin", self.origin.encode("latin-1")), (b"Vary", b"Origin")]
        return self._http.send(h11.Response(status_code=HTTPStatus.OK, headers=headers)) or b""

    def _header(self, name: bytes) -> list[str]:
        return [value.decode("latin-1") for value in self._headers.get(name, ())]

    def _content_type(self) -> bytes:
        return _BINARY.encode() if self.codec is STREAM_PROTOBUF else b"application/json"

    def _take(self, event: object) -> None:
        if isinstance(event, h11.Request):
            self._request = event
            for name, value in event.headers:
                self._headers.setdefault(name, []).append(value)
            if event.http_version != b"1.1":
                raise HandshakeError(HTTPStatus.HTTP_VERSION_NOT_SUPPORTED, "not HTTP/1.1")
        elif isinstance(event, h11.Data):
            self._body += event.data
            if len(self._body) > self._body_limit:
                raise HandshakeError(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "the commands are too long")
        elif isinstance(event, h11.EndOfMessage):
            self.complete = True


def is_stream_request(head: bytes) -> bool:
    """Whether a request that begins so begins an endless answer; its first line must be whole."""
    words = head.split(b"\r\n", 1)[0].split(b" ")
    return len(words) > 1 and (words[0], words[1].split(b"?", 1)[0]) in _TARGETS
