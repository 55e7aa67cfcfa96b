"""The binary format of Protobuf messages: varints, and fields that follow each other.

A field is a key and a value; the key is the field's number and how its value is written (`key_of`). This is
the whole of the format that the client protocol needs.
"""

from __future__ import annotations

from chatd.wire.messages import BadMessage

VARINT = 0
BYTES = 2

_FIXED_SIZES = {1: 8, 5: 4}
_MAX_NUMBER = (1 << 64) - 1
_MAX_VARINT = 10
_SHIFTS = range(0, 7 * _MAX_VARINT, 7)
_MAX_KEY = (1 << 32) - 1
# Fields of a message. One that logs in with many subscriptions has the most. Each takes its time.
_MAX_FIELDS = 256

Value = int | bytes


def key_of(number: int, kind: int) -> int:
    """How a field begins; `kind` is VARINT for numbers and truth values, BYTES for texts, bytes and messages."""
    return number << 3 | kind


def read_varint(raw: bytes, place: int) -> tuple[int, int]:
    """The number at a place, below 2 to the power of 64, and the place behind it. Raises BadMessage."""
    if place < len(raw) and raw[place] < 0x80:
        return raw[place], place + 1
    number = 0
    for shift, byte in zip(_SHIFTS, raw[place : place + _MAX_VARINT], strict=False):
        number |= (byte & 0x7F) << shift
        place += 1
        if byte < 0x80 and number <= _MAX_NUMBER:
            return number, place
    raise BadMessage("a number is cut short or too large")


def read_bytes(raw: bytes, place: int) -> tuple[bytes, int]:
    """The bytes at a place, which begin with their count, and the place behind them. Raises BadMessage."""
    size, place = read_varint(raw, place)
    end = place + size
    if end > len(raw):
        raise BadMessage("cut short")
    return raw[place:end], end


def read_fields(raw: bytes) -> list[tuple[int, Value]]:
    """Key and value of each field in a message, in order. Raises BadMessage, also when there are too many."""
    found: list[tuple[int, Value]] = []
    place, end = 0, len(raw)
    while place < end:
        if len(found) == _MAX_FIELDS:
            raise BadMessage("too many fields")
        key, place = read_varint(raw, place)
        value, place = _read_value(raw, place, key & 7)
        if not 0 < key >> 3 <= _MAX_KEY >> 3:
            raise BadMessage("no field has this number")
        found.append((key, value))
    return found


def varint(number: int) -> bytes:
    """A number from 0, in as few bytes as it needs."""
    if number < 0x80:
        return bytes((number,))
    made = bytearray()
    while number >= 0x80:
        made.append(number & 0x7F | 0x80)
        number >>= 7
    made.append(number)
    return bytes(made)


def sized(body: bytes) -> bytes:
    """Bytes behind their count."""
    return varint(len(body)) + body


def whole(number: int, value: int) -> bytes:
    """A field that holds a number from 0, or a truth value; nothing when it is zero."""
    return varint(key_of(number, VARINT)) + varint(value) if value else b""


def text(number: int, value: str) -> bytes:
    """A field that holds a text; nothing when it is empty."""
    return message(number, value.encode()) if value else b""


def message(number: int, *fields: bytes) -> bytes:
    """A field that holds a message, or bytes; it is written also when it is empty."""
    return varint(key_of(number, BYTES)) + sized(b"".join(fields))


def _read_value(raw: bytes, place: int, kind: int) -> tuple[Value, int]:
    if kind == BYTES:
        return read_bytes(raw, place)
    if kind == VARINT:
        return read_varint(raw, place)
    # Groups (3 and 4) are older than the protocol.
    size = _FIXED_SIZES.get(kind)
    if size is None or place + size > len(raw):
        raise BadMessage("no field is written like this")
    return raw[place : place + size], place + size
