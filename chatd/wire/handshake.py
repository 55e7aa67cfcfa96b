"""The opening handshake (RFC 6455, section 4): from a request head to an answer."""

from __future__ import annotations

from http import HTTPStatus
from urllib.parse import parse_qs, urlsplit

from wsproto.connection import ConnectionType
from wsproto.events import AcceptConnection, Request
from wsproto.handshake import H11Handshake
from wsproto.utilities import LocalProtocolError, RemoteProtocolError

PATH = "/connection/websocket"

JSON = "json"
PROTOBUF = "protobuf"
_SUBPROTOCOLS = {"centrifuge-json": JSON, "centrifuge-protobuf": PROTOBUF}


class HandshakeError(Exception):
    """The request is refused with an HTTP `status`."""

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(reason)
        self.status = status
        self.reason = reason


class Handshake:
    """A valid request to upgrade; `encoding` is what its subprotocol or query asks for.

    `origin` is None for a client that is not a browser.
    """

    def __init__(self, head: bytes) -> None:
        """Read a whole head, ending in an empty line. Raises HandshakeError."""
        if not head.endswith(b"\r\n\r\n") or head.index(b"\r\n\r\n") != len(head) - 4:
            raise HandshakeError(HTTPStatus.BAD_REQUEST, "bytes after the handshake, before its answer")
        self._protocol = H11Handshake(ConnectionType.SERVER)
        request = self._read(head)
        headers = {name.lower(): value for name, value in request.extra_headers}
        origin = headers.get(b"origin")
        self.origin = None if origin is None else origin.decode("latin-1")
        self.host = request.host
        forwarded = headers.get(b"x-forwarded-proto", b"http").decode("latin-1")
        self.scheme = forwarded if forwarded in ("http", "https") else "http"
        self._subprotocol = next((name for name in request.subprotocols if name in _SUBPROTOCOLS), None)
        self.encoding = self._encoding(request)

    def accept(self) -> bytes:
        """The answer that completes the handshake; it names a subprotocol only when one was asked for."""
        try:
            return self._protocol.send(AcceptConnection(subprotocol=self._subprotocol))
        except LocalProtocolError as error:
            raise HandshakeError(HTTPStatus.BAD_REQUEST, str(error)) from None

    def _read(self, head: bytes) -> Request:
        try:
            self._protocol.receive_data(head)
            event = next(iter(self._protocol.events()), None)
        except RemoteProtocolError as error:
            raise HandshakeError(HTTPStatus.BAD_REQUEST, str(error)) from None
        except UnicodeError:
            raise HandshakeError(HTTPStatus.BAD_REQUEST, "a header is not text") from None
        if not isinstance(event, Request):
            raise HandshakeError(HTTPStatus.BAD_REQUEST, "not a WebSocket handshake")
        return event

    def _encoding(self, request: Request) -> str:
        if self._subprotocol is not None:
            return _SUBPROTOCOLS[self._subprotocol]
        query = parse_qs(urlsplit(request.target).query)
        asked = [*query.get("format", ()), *query.get("cf_protocol", ())]
        return PROTOBUF if PROTOBUF in asked else JSON


def is_handshake(head: bytes) -> bool:
    """Whether a request that begins so is for the WebSocket endpoint; its first line must be whole."""
    target = head.split(b"\r\n", 1)[0].split(b" ")[1:2]
    return bool(target) and target[0].split(b"?", 1)[0] == PATH.encode()


def refusal(status: int, reason: str, retry_after: int | None = None) -> bytes:
    """A complete HTTP answer that ends the connection."""
    body = (reason + "\n").encode()
    lines = [
        f"HTTP/1.1 {status} {HTTPStatus(status).phrase}",
        "Content-Type: text/plain; charset=utf-8",
        f"Content-Length: {len(body)}",
        "Connection: close",
    ]
    if retry_after is not None:
        lines.append(f"Retry-After: {retry_after}")
    return "\r\n".join([*lines, "", ""]).encode() + body
