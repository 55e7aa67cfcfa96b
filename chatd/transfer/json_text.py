"""JSON that others wrote: decoded into what is expected, or the line where it is wrong."""

from __future__ import annotations

import json
import re
from typing import TypeVar

import msgspec

from chatd.errors import BrokenExport

T = TypeVar("T")

_INDEX = re.compile(r" - at `\$\[(\d+)\]")


def items(raw: bytes, kind: type[T], name: str) -> list[T]:
    """The items of a file that is one JSON array. Raises BrokenExport with the line of what is wrong."""
    try:
        return msgspec.json.decode(raw, type=list[kind])  # type: ignore[valid-type]
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise BrokenExport(f"{name}, line {_line(raw, str(error))}: {error}") from error


def one(raw: bytes, kind: type[T], where: str) -> T:
    """The object of a line. Raises BrokenExport."""
    try:
        return msgspec.json.decode(raw, type=kind)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise BrokenExport(f"{where}: {error}") from error


def _item_line(raw: bytes, index: int) -> int:
    """The line on which an item of a JSON array begins."""
    text = raw.decode("utf-8", "replace")
    decoder = json.JSONDecoder()
    place = text.index("[") + 1
    for at in range(index + 1):
        while text[place] in " \t\r\n,":
            place += 1
        if at == index:
            break
        _, place = decoder.raw_decode(text, place)
    return text.count("\n", 0, place) + 1


def _line(raw: bytes, said: str) -> int:
    """The line that an error is about: of an item, or of what is no JSON."""
    found = _INDEX.search(said)
    if found is not None:
        return _item_line(raw, int(found[1]))
    try:
        text = raw.decode()
    except UnicodeDecodeError as error:
        return raw.count(b"\n", 0, error.start) + 1
    try:
        json.loads(text)
    except json.JSONDecodeError as error:
        return error.lineno
    except RecursionError:
        return 1
    return 1
