"""Valid input for the wire's parsers, and some that is nearly so: what mutations start from."""

from __future__ import annotations

from itertools import product

import orjson
from centrifuge.protocol import client_pb2 as schema
from google.protobuf.json_format import ParseDict

from chatd.wire.frames import BINARY, CLOSE, PING, PONG, TEXT
from chatd.wire.protobuf import message, sized, varint

# Sizes of pieces: in one, byte by byte, and in three and seven in turns.
CUTS = (b"\x00", b"\x01\x00", b"\x02\x02\x06")

COMMANDS = (
    {"id": 1, "connect": {"token": "t", "name": "js", "version": "1", "data": {"a": [1, None]}}},
    {"id": 1, "connect": {"subs": {"~": {"recover": True, "epoch": "e", "offset": 7}, "é": {}}}},
    {"id": 2, "subscribe": {"channel": "~", "recover": True, "epoch": "e", "offset": 3, "positioned": True}},
    {"id": 2, "subscribe": {"channel": "~", "token": "t", "data": [], "recoverable": True, "join_leave": True}},
    {"id": 2, "subscribe": {"channel": "~", "delta": "fossil", "flag": 3, "type": 1, "tf": {"op": "eq", "key": "k"}}},
    {"id": 3, "unsubscribe": {"channel": "~"}},
    {"id": 4, "publish": {"channel": "~", "data": {"text": "hi"}, "type": 2}},
    {"id": 5, "presence": {"channel": "~"}},
    {"id": 6, "presence_stats": {"channel": "~"}},
    {"id": 7, "history": {"channel": "~", "limit": -1, "since": {"offset": 4, "epoch": "e"}, "reverse": True}},
    {"id": 8, "ping": {}},
    {"send": {"data": {"typing": True}}},
    {"id": 9, "rpc": {"method": "messages.send", "data": {"channel": "kitchen", "text": "\u00fc\U0001f600"}}},
    {"id": 10, "refresh": {"token": "t"}},
    {"id": 4294967295, "sub_refresh": {"channel": "~", "token": "t", "type": 2}},
    {},
)


def masked(first: int, payload: bytes, mask: bytes = b"m\x00sk") -> bytes:
    """A client's frame."""
    size = len(payload)
    if size <= 125:
        head = bytes((first, 0x80 | size))
    elif size < 1 << 16:
        head = bytes((first, 0x80 | 126)) + size.to_bytes(2, "big")
    else:
        head = bytes((first, 0x80 | 127)) + size.to_bytes(8, "big")
    return head + mask + bytes(byte ^ mask[i % 4] for i, byte in enumerate(payload))


def _request(first: bytes, *headers: bytes, body: bytes = b"") -> bytes:
    return b"\r\n".join([first, b"Host: chat.example", *headers, b"", b""]) + body


def _upgrade(query: bytes, *headers: bytes) -> bytes:
    return _request(
        b"GET /connection/websocket%b HTTP/1.1" % query,
        b"Upgrade: websocket",
        b"Connection: keep-alive, Upgrade",
        b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
        b"Sec-WebSocket-Version: 13",
        *headers,
    )


def _packed(command: dict[str, object]) -> bytes:
    """A command as another Protobuf library writes it; the data of requests are bytes there."""
    for request in command.values():
        if isinstance(request, dict) and "data" in request:
            request = {**request, "data": "eyJhIjoxfQ=="}
            (kind,) = command.keys() - {"id"}
            command = {**command, kind: request}
    return sized(ParseDict(command, schema.Command(), ignore_unknown_fields=True).SerializeToString())


_STREAMS = (
    masked(0x80 | TEXT, b'{"id":1,"connect":{}}') + masked(0x80 | TEXT, "grün 😀".encode()),
    masked(0x80 | BINARY, bytes(range(200))) + masked(0x80 | BINARY, b""),
    masked(TEXT, "grü".encode()[:-1]) + masked(0x80 | PING, b"?") + masked(0, "ü".encode()[1:]) + masked(0x80, b"n"),
    masked(BINARY, b"") + masked(0x80 | PONG, b"") + masked(0x80, bytes(150)),
    masked(0x80 | TEXT, "\ud7ff\ue000\U00010000\U0010ffff".encode() * 12, b"\0\0\0\0"),
    masked(0x80 | CLOSE, b"\x03\xe8bye") + b"what follows",
    masked(0x80 | CLOSE, b"") + masked(0x80 | TEXT, b"more"),
    masked(0x80 | PING, bytes(125)) + masked(0x80 | CLOSE, b"\x0b\xb8"),
    b"\x82\xff" + (1 << 16).to_bytes(8, "big") + b"mask",
    masked(0x80 | TEXT, b"\xed\xa0\x80"),
    masked(TEXT, b"\xf0\x9f\x98") + masked(0x80, b""),
    masked(0x80 | TEXT, b"whole") + masked(TEXT, b"in ") + masked(0, b"three ") + masked(0x80, b"frames"),
    masked(TEXT, b"many") + masked(0, b"") * 130,
    masked(TEXT, b"x" * 30) + masked(0x80, b"") + masked(TEXT, b"\xff") + masked(0x80, b""),
)
FRAMES = tuple(cuts + stream for cuts, stream in product(CUTS, _STREAMS))

_LINES = tuple(map(orjson.dumps, COMMANDS))
JSON = (
    *_LINES,
    b"\n".join(_LINES),
    b'\n{"id":1}\n\n',
    b' {"id" : 1 , "rpc":{"data":{"a":\t1e5}}} ',
    b"[" * 40,
    b"\xff",
)

_PACKED = tuple(map(_packed, COMMANDS))
PROTOBUF = (
    *_PACKED,
    b"".join(_PACKED),
    sized(b"\x08\x01" + message(5, message(1, b"~"), b"\x78\x04", b"\xf9\x07" + bytes(8), b"\xfd\x07" + bytes(4))),
    varint(1 << 63),
)

HANDSHAKES = (
    _upgrade(b""),
    _upgrade(b"?format=protobuf", b"Origin: https://chat.example"),
    _upgrade(b"?cf_protocol=protobuf&cf_protocol_version=v2", b"X-Forwarded-For: 203.0.113.7, [2001:db8::1]:80"),
    _upgrade(b"", b"Sec-WebSocket-Protocol: x, centrifuge-protobuf", b"Sec-WebSocket-Extensions: permessage-deflate"),
    _upgrade(b"", b"Content-Length: 0", b"Origin: null"),
    _upgrade(b"")[:-2],
    _request(b"GET /connection/websocket HTTP/1.0"),
)

STREAM_REQUESTS = tuple(
    cuts + request
    for cuts in CUTS
    for request in (
        _request(b"POST /connection/http_stream HTTP/1.1", b"Content-Length: 2", body=b"{}"),
        _request(
            b"POST /connection/http_stream?x HTTP/1.1",
            b"Transfer-Encoding: chunked",
            b"Content-Type: application/octet-stream; x=y",
            b"Origin: https://chat.example",
            body=b"3;ext=1\r\n\x02\x08\x01\r\n0\r\nTrailer: x\r\n\r\n",
        ),
        _request(b"GET /connection/sse?cf_connect=%7B%22id%22%3A1%7D HTTP/1.1", b"X-Forwarded-For: 203.0.113.7"),
        _request(b"GET /connection/sse HTTP/1.1", b"Expect: 100-continue", b"Connection: Upgrade", b"Upgrade: x"),
        _request(b"GET /connection/sse?cf_connect=%22%C3%BC%FF HTTP/1.1", b"Origin: https://gr\xfcn.example"),
        _request(b"POST /connection/http_stream HTTP/1.1", b"Content-Length: 301", body=bytes(301)),
        _request(b"GET /connection/sse HTTP/1.1") + _request(b"GET /connection/sse HTTP/1.1"),
    )
)

EMULATION = (
    b'{"session":"secret","data":"{}"}',
    b'{"data":"{\\"id\\":1}\\n{}","session":"\\u00e9","node":"n"}',
    b'{"session":"\\ud800","data":""}',
    message(1, b"node") + message(2, b"secret") + message(3, b"\x02\x08\x01"),
    message(2, b"\xff"),
)

_SECOND = b"\r\n\r\n\0\r\nQUIT\n"
PROXY = (
    b"PROXY TCP4 203.0.113.7 198.51.100.1 56324 443\r\n",
    b"PROXY TCP6 2001:db8::1 2001:db8::2 56324 443\r\n",
    b"PROXY UNKNOWN ffff:f...f:ffff ffff:f...f:ffff 65535 65535\r\n",
    b"PROXY UNKNOWN\r\n",
    _SECOND + b"\x21\x11\x00\x0c" + bytes(range(12)),
    _SECOND + b"\x21\x21\x00\x27" + bytes(range(39)),
    _SECOND + b"\x21\x31\x00\xd8" + bytes(216),
    _SECOND + b"\x20\x00\x00\x00",
)
