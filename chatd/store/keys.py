"""Keys as bytes whose order is the order of their components.

A key is the application's number (u32, 0 for what is shared) followed by its components: an int as u64 big-endian, a
str as UTF-8 that ends with NUL unless it is the key's last component, bytes as they are, 32 of them.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable
from typing import Any

Pack = Callable[..., bytes]
Unpack = Callable[[bytes], tuple[Any, ...]]

DIGEST = 32
MAX_KEY = 511  # bytes; LMDB's limit
# Requests of a user with the same key that are told apart. More are made on purpose; the oldest is forgotten.
SAME_REQUEST_KEY = 8
# Of `chatd.store.tally`: a block holds 2**7 places or blocks; levels are 0 to 2.
TALLY_BITS = 7
TALLY_TOP = 2
_APPLICATION = struct.Struct(">I")
_NUMBER = struct.Struct(">Q")


def packer(shape: tuple[type, ...]) -> Pack:
    """A function `pack(application, *components)` for whole keys of a shape; every access to a table calls it.

    Numbers are packed by one precompiled struct, since that costs half as much as going through them.
    """
    if all(kind is int for kind in shape):
        return struct.Struct(">I" + "Q" * len(shape)).pack
    if any(kind is not int for kind in shape[:-1]):
        return prefix_packer(shape)
    head = struct.Struct(">I" + "Q" * (len(shape) - 1)).pack
    if shape[-1] is str:
        return lambda *parts: head(*parts[:-1]) + parts[-1].encode()
    return lambda *parts: head(*parts[:-1]) + parts[-1]


def prefix_packer(shape: tuple[type, ...]) -> Pack:
    """A function `pack(application, *components)` for keys of a shape that may be cut after any component."""
    if all(kind is int for kind in shape):
        packs = [struct.Struct(">I" + "Q" * count).pack for count in range(len(shape) + 1)]
        return lambda application, *components: packs[len(components)](application, *components)
    last = len(shape) - 1

    def pack(application: int, *components: Any) -> bytes:
        parts = [_APPLICATION.pack(application)]
        for position, component in enumerate(components):
            parts.append(_component(component, position == last))
        return b"".join(parts)

    return pack


def unpacker(shape: tuple[type, ...]) -> Unpack:
    """The inverse of `packer` for whole keys: components without the application."""
    if all(kind is int for kind in shape):
        return struct.Struct(f">{_APPLICATION.size}x{len(shape)}Q").unpack_from

    def unpack(raw: bytes) -> tuple[Any, ...]:
        components: list[Any] = []
        place = _APPLICATION.size
        for position, kind in enumerate(shape):
            component, place = _take(raw, place, kind, position == len(shape) - 1)
            components.append(component)
        return tuple(components)

    return unpack


def after_prefix(prefix: bytes) -> bytes | None:
    """The first key that follows every key with this prefix; None when there can be none."""
    kept = prefix.rstrip(b"\xff")
    return kept[:-1] + bytes([kept[-1] + 1]) if kept else None


def request_key(user: int, req_id: str) -> int:
    """The key of a user's request, 64 bits: a hash of what they called it, since the log has the text itself.

    The lower half of the user's number comes first: what one user sends lies together.
    """
    return (user & 0xFFFFFFFF) << 32 | zlib.crc32(req_id.encode())


def _component(component: Any, is_last: bool) -> bytes:
    if isinstance(component, int):
        return _NUMBER.pack(component)
    if isinstance(component, str):
        raw = component.encode()
        if is_last:
            return raw
        if b"\0" in raw:
            raise ValueError("a text inside a key cannot hold NUL, which ends it")
        return raw + b"\0"
    return bytes(component)


def _take(raw: bytes, place: int, kind: type, is_last: bool) -> tuple[Any, int]:
    if kind is int:
        return _NUMBER.unpack_from(raw, place)[0], place + _NUMBER.size
    if kind is bytes:
        return raw[place : place + DIGEST], place + DIGEST
    end = len(raw) if is_last else raw.index(b"\0", place)
    return raw[place:end].decode(), end + 1


def tally_rows(place: int) -> list[tuple[int, int]]:
    """The ends of the keys under which a tally counts a place."""
    return [(level, place >> TALLY_BITS * level) for level in range(TALLY_TOP + 1)]
