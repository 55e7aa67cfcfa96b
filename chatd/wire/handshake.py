"""The opening handshake (RFC 6455, section 4): from a request head to an answer."""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from http import HTTPStatus
from urllib.parse import parse_qs

PATH = "/connection/websocket"

JSON = "json"
PROTOBUF = "protobuf"
_SUBPROTOCOLS = {"centrifuge-json": JSON, "centrifuge-protobuf": PROTOBUF}

# A request line and headers (RFC 9112, sections 3 and 5) as they are written today: nothing that two parsers could
# read in two ways, such as folded lines, bare line feeds or space before a colon.
_TOKEN = rb"[!#$%&'*+\-.^_`|~0-9A-Za-z]+"
_HEAD = re.compile(rb"([A-Z]+) ([!-~]+) HTTP/1\.1\r\n((?:" + _TOKEN + rb":[\t -~\x80-\xff]*\r\n)*)\r\n")
_SUBPROTOCOL = re.compile(_TOKEN)
_HOST = re.compile(rb"[!-~]+")
# Of others a client may send several, which count as one with commas between (RFC 9110, section 5.3).
_ONCE = frozenset({b"host", b"origin", b"upgrade", b"content-length", b"sec-websocket-key", b"sec-websocket-version"})
_KEY_BYTES = 16
_VERSION = b"13"
# RFC 6455, section 1.3.
_GUID = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"


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
        request = _HEAD.fullmatch(head)
        if request is None or request[1] != b"GET":
            raise _bad("not a WebSocket handshake, or bytes after it before its answer")
        headers = _headers(request[3])
        _check(headers)
        self._key = headers[b"sec-websocket-key"]
        origin = headers.get(b"origin")
        self.origin = None if origin is None else origin.decode("latin-1")
        self.host = headers[b"host"].decode("latin-1")
        self.forwarded = [headers[b"x-forwarded-for"].decode("latin-1")] if b"x-forwarded-for" in headers else []
        self._subprotocol = _subprotocol(headers.get(b"sec-websocket-protocol", b""))
        self.encoding = _SUBPROTOCOLS.get(self._subprotocol) or _asked(request[2])

    def accept(self) -> bytes:
        """The answer that completes the handshake; it names a subprotocol only when one was asked for."""
        digest = hashlib.sha1(self._key + _GUID, usedforsecurity=False).digest()
        chosen = f"\r\nSec-WebSocket-Protocol: {self._subprotocol}" if self._subprotocol else ""
        return (
            b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            b"Sec-WebSocket-Accept: %b%b\r\n\r\n" % (base64.b64encode(digest), chosen.encode())
        )


def _headers(raw: bytes) -> dict[bytes, bytes]:
    """Values by lower-case name. Raises HandshakeError when there are two of what may stand once."""
    headers: dict[bytes, bytes] = {}
    for line in raw.split(b"\r\n")[:-1]:
        name, _, value = line.partition(b":")
        name, value = name.lower(), value.strip(b" \t")
        if name in headers:
            if name in _ONCE:
                raise _bad(f"header {name.decode()} more than once")
            value = headers[name] + b"," + value
        headers[name] = value
    return headers


def _check(headers: dict[bytes, bytes]) -> None:
    """What a server has to look at (RFC 6455, section 4.2.1). Raises HandshakeError."""
    if not _HOST.fullmatch(headers.get(b"host", b"")):
        raise _bad("the Host header is missing, or no name")
    upgrade, connection = (_list(headers.get(name, b"")) for name in (b"upgrade", b"connection"))
    if b"websocket" not in upgrade or b"upgrade" not in connection:
        raise _bad("not a WebSocket handshake")
    if headers.get(b"content-length", b"0") != b"0" or b"transfer-encoding" in headers:
        raise _bad("a handshake has no body")
    if headers.get(b"sec-websocket-version") != _VERSION:
        raise HandshakeError(HTTPStatus.UPGRADE_REQUIRED, "only version 13 of WebSocket is understood")
    try:
        size = len(base64.b64decode(headers.get(b"sec-websocket-key", b""), validate=True))
    except binascii.Error:
        size = 0
    if size != _KEY_BYTES:
        raise _bad("Sec-WebSocket-Key is not 16 bytes in base64")


def _list(value: bytes) -> list[bytes]:
    return [element.strip(b" \t").lower() for element in value.split(b",")]


def _subprotocol(value: bytes) -> str:
    """The first of a list that we speak; empty when there is none. Raises HandshakeError."""
    names = [name.strip(b" \t") for name in value.split(b",") if name.strip(b" \t")]
    if not all(_SUBPROTOCOL.fullmatch(name) for name in names):
        raise _bad("Sec-WebSocket-Protocol is not a list of names")
    return next((name.decode() for name in names if name.decode() in _SUBPROTOCOLS), "")


def _asked(target: bytes) -> str:
    """The encoding that a query asks for."""
    query = parse_qs(target.partition(b"?")[2].decode())
    asked = [*query.get("format", ()), *query.get("cf_protocol", ())]
    return PROTOBUF if PROTOBUF in asked else JSON


def _bad(reason: str) -> HandshakeError:
    return HandshakeError(HTTPStatus.BAD_REQUEST, reason)


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
