"""How messages travel to a client: as WebSocket frames, or as parts of an HTTP answer that does not end.

The second is for networks that let no WebSocket pass. Each message is a chunk (RFC 9112, section 7.1), so that proxies
see where the answer ends. What the client has to say comes in requests of its own.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from chatd.wire.frames import BINARY, TEXT, encode_frame

LAST_CHUNK = b"0\r\n\r\n"


class Framing(NamedTuple):
    """`frame` wraps one message. A WebSocket ends with a close frame, an answer with a message and its last chunk."""

    frame: Callable[[bytes], bytes]
    is_websocket: bool = False


def chunk(data: bytes) -> bytes:
    """Bytes as one part of an answer; there must be some."""
    return b"%x\r\n%b\r\n" % (len(data), data)


TEXT_FRAMES = Framing(lambda message: encode_frame(TEXT, message), is_websocket=True)
BINARY_FRAMES = Framing(lambda message: encode_frame(BINARY, message), is_websocket=True)
# Protobuf messages carry their size.
PARTS = Framing(chunk)
LINES = Framing(lambda message: chunk(message + b"\n"))
# Server-sent events (WHATWG HTML, section 9.2). A JSON message has no line break inside.
EVENTS = Framing(lambda message: chunk(b"data: " + message + b"\n\n"))
