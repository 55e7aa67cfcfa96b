"""WebSocket frames (RFC 6455), the server's side: reads masked frames, writes unmasked ones."""

from __future__ import annotations

from typing import NamedTuple

TEXT = 0x1
BINARY = 0x2
CLOSE = 0x8
PING = 0x9
PONG = 0xA

_CONTINUATION = 0x0
_FIN = 0x80
_RESERVED = 0x70
_MASKED = 0x80
_MAX_CONTROL = 125
# A message may have this many fragments, and one more for each so many bytes of the limit. Those that fragment do so
# for large messages.
_FRAGMENTS = 128
_FRAGMENT_BYTES = 64

# Close codes of RFC 6455, section 7.4.1, that may stand in a frame.
NORMAL = 1000
PROTOCOL_ERROR = 1002
INVALID_DATA = 1007
TOO_BIG = 1009
_ALLOWED_CODES = frozenset({1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014})
_MAX_REASON = 123


class Frame(NamedTuple):
    """A whole message (TEXT, BINARY) or a control frame (CLOSE, PING, PONG), unmasked."""

    opcode: int
    payload: bytes


class FrameError(Exception):
    """The peer broke the protocol; the connection ends with `code` (RFC 6455, section 7.4).

    `frames` are those that were whole before that, and still count.
    """

    def __init__(self, code: int, reason: str) -> None:
        super().__init__(reason)
        self.code = code
        self.reason = reason
        self.frames: list[Frame] = []


class FrameDecoder:
    """Puts frames together from bytes that arrive in any pieces.

    `limit` is the most bytes that one message may have, at least 125; it is checked on the header, before the payload
    arrives. What is kept is never more than one message and one frame's header, in however many pieces they come. A
    decoder that is `idle` holds nothing, so one can serve all connections that are between messages.
    """

    __slots__ = ("_buffer", "_fragments", "_limit", "_message", "_most_fragments", "_opcode")

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._most_fragments = _FRAGMENTS + limit // _FRAGMENT_BYTES
        # The beginning of a frame, and of a fragmented message; the opcode is that of the latter.
        self._buffer: bytearray | None = None
        self._message = bytearray()
        self._opcode = self._fragments = 0

    @property
    def idle(self) -> bool:
        """Whether nothing of a frame or of a fragmented message is kept."""
        return self._buffer is None and not self._opcode

    def feed(self, data: bytes) -> list[Frame]:
        """The frames that `data` completes, in order; nothing counts after a CLOSE (RFC 6455, section 5.5.1).

        Raises FrameError, with the frames before it; the decoder is of no use after that.
        """
        size = len(data) - 6
        # Nearly all that clients send: one short message that is one whole frame, with nothing pending.
        if 0 <= size <= _MAX_CONTROL and data[1] == _MASKED | size and self._buffer is None:
            first = data[0]
            if (first == _FIN | TEXT or first == _FIN | BINARY) and not self._opcode:
                return [_whole(first & 0xF, _unmask(data[2:6], data[6:]))]
        frames: list[Frame] = []
        try:
            self._read(data, frames)
        except FrameError as error:
            error.frames = frames
            raise
        return frames

    def _read(self, data: bytes, frames: list[Frame]) -> None:
        buffer: bytes | bytearray = data
        if self._buffer is not None:
            self._buffer += data
            buffer = self._buffer
        place = 0
        while (header := self._header(buffer, place)) is not None and header[2] <= len(buffer):
            first, start, place = header
            frame = self._accept(first, _unmask(buffer[start - 4 : start], buffer[start:place]))
            if frame is None:
                continue
            frames.append(frame)
            if frame.opcode == CLOSE:
                place = len(buffer)
        self._keep(buffer, place)

    def _keep(self, buffer: bytes | bytearray, place: int) -> None:
        """Keep what follows a place; the buffer grows in place while a frame is on its way."""
        if place == len(buffer):
            self._buffer = None
        elif buffer is not self._buffer:
            self._buffer = bytearray(buffer[place:])
        else:
            del buffer[:place]

    def _header(self, buffer: bytes | bytearray, place: int) -> tuple[int, int, int] | None:
        """First byte, start and end of the payload of the frame at `place`; None while the header is not whole."""
        if len(buffer) - place < 2:
            return None
        first, second = buffer[place], buffer[place + 1]
        if not second & _MASKED:
            raise FrameError(PROTOCOL_ERROR, "frame is not masked")
        self._check_first(first, second & 0x7F)
        size, start = second & 0x7F, place + 6
        if size > _MAX_CONTROL:
            wide = 2 if size == 126 else 8
            start += wide
            if len(buffer) < place + 2 + wide:
                return None
            size = _extended_size(buffer[place + 2 : place + 2 + wide])
        if not first & 0x8 and (len(self._message) + size > self._limit or self._fragments > self._most_fragments):
            raise FrameError(TOO_BIG, "message is too big")
        return first, start, start + size

    def _check_first(self, first: int, size: int) -> None:
        opcode = first & 0xF
        if first & _RESERVED:
            raise FrameError(PROTOCOL_ERROR, "reserved bits are set")
        if opcode in (CLOSE, PING, PONG):
            if not first & _FIN or size > _MAX_CONTROL:
                raise FrameError(PROTOCOL_ERROR, "control frame is fragmented or too long")
        elif opcode == _CONTINUATION:
            if not self._opcode:
                raise FrameError(PROTOCOL_ERROR, "continuation of nothing")
        elif opcode not in (TEXT, BINARY):
            raise FrameError(PROTOCOL_ERROR, "unknown opcode")
        elif self._opcode:
            raise FrameError(PROTOCOL_ERROR, "message inside a message")

    def _accept(self, first: int, payload: bytes) -> Frame | None:
        """Take one frame; the message or control frame that it completes."""
        opcode = first & 0xF
        if opcode & 0x8:
            return Frame(opcode, payload)
        if first & _FIN and not self._opcode:
            return _whole(opcode, payload)
        self._opcode = self._opcode or opcode
        self._message += payload
        self._fragments += 1
        if not first & _FIN:
            return None
        frame = _whole(self._opcode, bytes(self._message))
        self._opcode, self._fragments, self._message = 0, 0, bytearray()
        return frame


def encode_frame(opcode: int, payload: bytes) -> bytes:
    """One unmasked frame that is a whole message."""
    size = len(payload)
    if size <= _MAX_CONTROL:
        return bytes((_FIN | opcode, size)) + payload
    if size < 1 << 16:
        return bytes((_FIN | opcode, 126)) + size.to_bytes(2, "big") + payload
    return bytes((_FIN | opcode, 127)) + size.to_bytes(8, "big") + payload


def encode_close(code: int, reason: str) -> bytes:
    """A close frame; the reason is cut to the 123 bytes that fit."""
    text = reason.encode()[:_MAX_REASON].decode(errors="ignore").encode()
    return encode_frame(CLOSE, code.to_bytes(2, "big") + text)


def parse_close(payload: bytes) -> tuple[int, str]:
    """Code and reason of a received close frame; (1000, "") for an empty one. Raises FrameError."""
    if not payload:
        return NORMAL, ""
    code = int.from_bytes(payload[:2], "big")
    if len(payload) < 2 or not (code in _ALLOWED_CODES or 3000 <= code <= 4999):
        raise FrameError(PROTOCOL_ERROR, "invalid close code")
    return code, _text(payload[2:])


def _extended_size(raw: bytes | bytearray) -> int:
    size = int.from_bytes(raw, "big")
    if size < (126 if len(raw) == 2 else 1 << 16) or size >> 63:
        raise FrameError(PROTOCOL_ERROR, "length is not minimal")
    return size


def _unmask(mask: bytes | bytearray, payload: bytes | bytearray) -> bytes:
    size = len(payload)
    key = int.from_bytes((mask * (size // 4 + 1))[:size], "big")
    return (int.from_bytes(payload, "big") ^ key).to_bytes(size, "big")


def _whole(opcode: int, payload: bytes) -> Frame:
    if opcode == TEXT and not payload.isascii():
        _text(payload)
    return Frame(opcode, payload)


def _text(payload: bytes) -> str:
    try:
        return payload.decode()
    except UnicodeDecodeError:
        raise FrameError(INVALID_DATA, "text is not UTF-8") from None
