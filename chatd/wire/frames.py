"""WebSocket frames (RFC 6455), the server's side: reads masked frames, writes unmasked ones."""

from __future__ import annotations

import codecs
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
    arrives. What is kept is never more than one message and one control frame, in however many pieces they come. Text
    that is not UTF-8 is refused as soon as the first wrong byte is there (RFC 6455, section 8.1). A decoder that is
    `idle` holds nothing, so one can serve all connections that are between messages.
    """

    __slots__ = (
        "_fragments",
        "_is_last",
        "_kept",
        "_limit",
        "_mask",
        "_message",
        "_missing",
        "_most_fragments",
        "_opcode",
        "_valid",
    )

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._most_fragments = _FRAGMENTS + limit // _FRAGMENT_BYTES
        # The beginning of a header or of a control frame.
        self._kept = b""
        # A message that is not whole; the opcode is 0 between messages. So many bytes of its frame are missing, and
        # the mask is turned to where they begin.
        self._message = bytearray()
        self._opcode = self._fragments = 0
        self._missing = 0
        self._mask = b""
        self._is_last = False
        # So many bytes of a text are known to be UTF-8.
        self._valid = 0

    @property
    def idle(self) -> bool:
        """Whether nothing of a frame or of a message is kept."""
        return not self._kept and not self._opcode

    def feed(self, data: bytes) -> list[Frame]:
        """The frames that `data` completes, in order; nothing counts after a CLOSE (RFC 6455, section 5.5.1).

        Raises FrameError, with the frames before it; the decoder is of no use after that.
        """
        size = len(data) - 6
        # Nearly all that clients send: one short message that is one whole frame, with nothing pending.
        if 0 <= size <= _MAX_CONTROL and data[1] == _MASKED | size and not self._kept:
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
        if self._kept:
            data, self._kept = self._kept + data, b""
        place = self._continue(data, frames) if self._missing else 0
        while place < len(data):
            header = self._header(data, place)
            if header is None:
                self._kept = data[place:]
                return
            first, start, place = header
            frame = self._accept(first, data[start - 4 : start], data[start:place], place - len(data))
            if frame is None:
                continue
            frames.append(frame)
            if frame.opcode == CLOSE:
                return

    def _continue(self, data: bytes, frames: list[Frame]) -> int:
        """Take what was missing of a frame; the place behind it."""
        place = self._missing
        frame = self._add(self._mask, data[:place], place - len(data))
        if frame is not None:
            frames.append(frame)
        return place

    def _header(self, data: bytes, place: int) -> tuple[int, int, int] | None:
        """First byte, start and end of the payload of the frame at `place`.

        None while the header is not whole, or the frame, if it is a control frame.
        """
        if len(data) - place < 2:
            return None
        first, second = data[place], data[place + 1]
        if not second & _MASKED:
            raise FrameError(PROTOCOL_ERROR, "frame is not masked")
        self._check_first(first, second & 0x7F)
        size, start = second & 0x7F, place + 6
        if size > _MAX_CONTROL:
            wide = 2 if size == 126 else 8
            start += wide
            if len(data) < place + 2 + wide:
                return None
            size = _extended_size(data[place + 2 : place + 2 + wide])
        is_control = first & 0x8
        if not is_control and (len(self._message) + size > self._limit or self._fragments > self._most_fragments):
            raise FrameError(TOO_BIG, "message is too big")
        return None if len(data) < (start + size if is_control else start) else (first, start, start + size)

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

    def _accept(self, first: int, mask: bytes, masked: bytes, missing: int) -> Frame | None:
        """Take a frame of which so many bytes are missing; the message or control frame that it completes."""
        opcode = first & 0xF
        if opcode & 0x8:
            return Frame(opcode, _unmask(mask, masked))
        if first & _FIN and missing <= 0 and not self._opcode:
            return _whole(opcode, _unmask(mask, masked))
        self._opcode = self._opcode or opcode
        self._is_last = bool(first & _FIN)
        self._fragments += 1
        return self._add(mask, masked, missing)

    def _add(self, mask: bytes, masked: bytes, missing: int) -> Frame | None:
        """Add to a message; the message when nothing is missing any more."""
        piece = _unmask(mask, masked)
        self._message += piece
        self._missing = max(missing, 0)
        is_whole = self._is_last and not self._missing
        if self._opcode == TEXT:
            self._valid += _decode(self._message[self._valid :], is_whole)[1]
        if not is_whole:
            turn = len(piece) % 4
            self._mask = mask[turn:] + mask[:turn]
            return None
        frame = Frame(self._opcode, bytes(self._message))
        self._opcode = self._fragments = self._valid = 0
        self._message = bytearray()
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
    return code, _decode(payload[2:], True)[0]


def _extended_size(raw: bytes) -> int:
    size = int.from_bytes(raw, "big")
    if size < (126 if len(raw) == 2 else 1 << 16) or size >> 63:
        raise FrameError(PROTOCOL_ERROR, "length is not minimal")
    return size


def _unmask(mask: bytes, payload: bytes) -> bytes:
    size = len(payload)
    key = int.from_bytes((mask * (size // 4 + 1))[:size], "big")
    return (int.from_bytes(payload, "big") ^ key).to_bytes(size, "big")


def _whole(opcode: int, payload: bytes) -> Frame:
    if opcode == TEXT and not payload.isascii():
        _decode(payload, True)
    return Frame(opcode, payload)


def _decode(raw: bytes | bytearray, is_whole: bool) -> tuple[str, int]:
    """A text and its size; a character that may go on behind the bytes is left out."""
    try:
        return codecs.utf_8_decode(raw, "strict", is_whole)
    except UnicodeDecodeError:
        raise FrameError(INVALID_DATA, "text is not UTF-8") from None
