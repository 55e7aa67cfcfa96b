"""The opening handshake (RFC 6455, section 4): from a request head to an answer."""

from __future__ import annotations

import base64
import binascii
from http import HTTPStatus
from urllib.parse import parse_qs, urlsplit

from wsproto.connection import ConnectionType
from wsproto.events import AcceptConnection, RejectConnection, Request
from wsproto.handshake import H11Handshake
from wsproto.utilities import LocalProtocolError, RemoteProtocolError

PATH = "/connection/websocket"

JSON = "json"
PROTOBUF = "protobuf"
_SUBPROTOCOLS = {"centrifuge-json": JSON, "centrifuge-protobuf": PROTOBUF}
_KEY_BYTES = 16
# Where two could be understood in two ways; `Host` is checked by the parser.
_ONCE = (b"origin", b"upgrade", b"sec-websocket-key", b"sec-websocket-version")


class HandshakeError(Exception):
    """The request is refused with an HTTP `status`."""

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(reason)
        self.status = status
        self.reason = reason


class Handshake:
    """A valid request to upgrade; `encoding` is what its subprotocol or query asks for.

    `origin` is None for a client that is not a browser, `forwarded` holds what proxies say about it.
    """

    def __init__(self, head: bytes) -> None:
        """Read a whole head, ending in an empty line. Raises HandshakeError."""
        _check_lines(head)
        self._protocol = H11Handshake(ConnectionType.SERVER)
        request = self._read(head)
        headers = dict(request.extra_headers)
        _check_once([name for name, _ in request.extra_headers])
        if headers.get(b"content-length", b"0") != b"0" or b"transfer-encoding" in headers:
            raise HandshakeError(HTTPStatus.BAD_REQUEST, "a handshake has no body")
        _check_key(headers[b"sec-websocket-key"])
        origin = headers.get(b"origin")
        self.origin = None if origin is None else origin.decode("latin-1")
        self.host = request.host
        self.forwarded = [
            value.decode("latin-1") for name, value in request.extra_headers if name == b"x-forwarded-for"
        ]
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
            hint = error.event_hint
            status = hint.status_code if isinstance(hint, RejectConnection) else HTTPStatus.BAD_REQUEST
            raise HandshakeError(status, str(error)) from None
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


def _check_lines(head: bytes) -> None:
    """Refuse what parsers read differently (RFC 9112, sections 2.2 and 5.2), and what follows the head."""
    if head.find(b"\r\n\r\n") != len(head) - 4:
        raise HandshakeError(HTTPStatus.BAD_REQUEST, "bytes after the handshake, before its answer")
    if head.count(b"\n") != head.count(b"\r\n"):
        raise HandshakeError(HTTPStatus.BAD_REQUEST, "a line ends without a carriage return")
    if b"\r\n " in head or b"\r\n\t" in head:
        raise HandshakeError(HTTPStatus.BAD_REQUEST, "a header is folded")
    if not head.split(b"\r\n", 1)[0].endswith(b" HTTP/1.1"):
        raise HandshakeError(HTTPStatus.BAD_REQUEST, "not HTTP/1.1")


def _check_once(names: list[bytes]) -> None:
    for name in _ONCE:
        if names.count(name) > 1:
            raise HandshakeError(HTTPStatus.BAD_REQUEST, f"header {name.decode()} more than once")


def _check_key(key: bytes) -> None:
    """Refuse a key that is not 16 bytes in base64 (RFC 6455, section 4.1)."""
    try:
        size = len(base64.b64decode(key, validate=True))
    except binascii.Error:
        size = 0
    if size != _KEY_BYTES:
        raise HandshakeError(HTTPStatus.BAD_REQUEST, "Sec-WebSocket-Key is not 16 bytes in base64")


def is_handshake(head: bytes) -> bool:
    """Whether a request that begins so is for the WebSocket endpoint; its first line must be whole."""
    target = head.split(b"\r\n", 1)[0].split(b" ")[1:2]
    return bool(target) and target[0].split(b"?", 1)[0] == PATH.encode()


def refusal(status: int, reason: str, retry_after: int | None = None) -> bytes:
    """A complete HTTP answer that ends the connection; 426 says what is understood (RFC 6455, section 4.4)."""
    body = (reason + "\n").encode()
    lines = [
        f"HTTP/1.1 {status} {HTTPStatus(status).phrase}",
        "Content-Type: text/plain; charset=utf-8",
        f"Content-Length: {len(body)}",
        "Connection: close",
    ]
    if retry_after is not None:
        lines.append(f"Retry-After: {retry_after}")
    if status == HTTPStatus.UPGRADE_REQUIRED:
        lines += ["Connection: Upgrade", "Upgrade: websocket", "Sec-WebSocket-Version: 13"]
    return "\r\n".join([*lines, "", ""]).encode() + body
