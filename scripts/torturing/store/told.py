"""What the victim tells, line by line, as it happens."""

from __future__ import annotations

import os
from typing import Any

import msgspec


class Asked(msgspec.Struct, tag="asked", frozen=True):
    """A command is about to be given to the writer; `user_id` is empty for a backend's."""

    number: int
    application: int
    user_id: str
    command: str
    params: dict[str, Any]


class Event(msgspec.Struct, frozen=True, array_like=True):
    """A place in the log: a digest of what it holds, and of what it holds once its message is deleted."""

    sequence: int
    digest: str
    scrubbed: str


class Answered(msgspec.Struct, tag="answered", frozen=True):
    """A command was acknowledged or refused: `error` names the error's class. `result` is what a retry returns too."""

    number: int
    error: str = ""
    events: tuple[Event, ...] = ()
    result: dict[str, Any] | None = None


class Published(msgspec.Struct, tag="published", frozen=True):
    """Clients were told of an event."""

    application: int
    sequence: int
    channel: int
    user: int
    joined: tuple[int, ...]
    left: tuple[int, ...]
    essence: tuple[Any, ...]


class Noted(msgspec.Struct, tag="noted", frozen=True):
    """Anything else: `ready`, `fault`, `idle`, `start refused`."""

    what: str
    more: str = ""


class Counted(msgspec.Struct, tag="counted", frozen=True):
    """How many system calls there were so far."""

    calls: dict[str, int]


Line = Asked | Answered | Published | Noted | Counted

_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder(Line).decode


def tell(handle: int, line: Line) -> None:
    """Write a line, all of it before anything else happens in this thread."""
    raw = _encode(line) + b"\n"
    while raw:
        raw = raw[os.write(handle, raw) :]


def heard(output: bytes) -> list[Line]:
    """The lines that are whole: the last one may have been cut off by the kill."""
    return [_decode(raw) for raw in output.split(b"\n")[:-1]]
