"""Frames of a server (RFC 6455, section 5.2): never masked."""

from __future__ import annotations

CLOSE = 8


def frames(raw: bytes) -> tuple[list[tuple[int, bytes]], bytes]:
    """The whole frames in a stream, as opcodes and payloads, and the bytes behind them."""
    place, found = 0, []
    while len(raw) - place >= 2:
        opcode, size, start = raw[place] & 15, raw[place + 1], place + 2
        if size > 125:
            start += 2 if size == 126 else 8
            size = int.from_bytes(raw[place + 2 : start], "big")
        if len(raw) < start + size:
            break
        found.append((opcode, raw[start : start + size]))
        place = start + size
    return found, raw[place:]
