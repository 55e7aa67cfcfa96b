"""Frames of HTTP/2 (RFC 9113, section 4) as they come: told apart, and GOAWAY taken out.

`h2` takes nothing more after a GOAWAY. But a server that says it answers what it has begun, and those answers count.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

_HEAD: Final = 9
_GOAWAY: Final = 0x7
# What we let a frame have, which is the least that there is.
MAX_FRAME: Final = 16_384


class GoAway(NamedTuple):
    """The server goes: streams up to `last` are answered, later ones were not looked at. `said` is why, for people."""

    last: int
    code: int
    said: str


class FrameError(Exception):
    """What came is no frame, or one that is too large."""


class Frames:
    """Takes bytes and gives frames."""

    def __init__(self) -> None:
        self._held = bytearray()

    def take(self, data: bytes) -> Iterator[bytes | GoAway]:
        """The frames that are whole with these bytes: as bytes, and each GOAWAY as what it says. Raises FrameError."""
        self._held += data
        while len(self._held) >= _HEAD:
            size = int.from_bytes(self._held[:3], "big")
            if size > MAX_FRAME:
                raise FrameError("a frame is too large")
            if len(self._held) < _HEAD + size:
                return
            frame = bytes(self._held[: _HEAD + size])
            del self._held[: _HEAD + size]
            yield _going(frame[_HEAD:]) if frame[3] == _GOAWAY else frame


def _going(payload: bytes) -> GoAway:
    if len(payload) < 8:
        raise FrameError("a GOAWAY is too short")
    last, code = int.from_bytes(payload[:4], "big") & 0x7FFF_FFFF, int.from_bytes(payload[4:8], "big")
    return GoAway(last, code, payload[8:].decode("utf-8", "replace"))
