"""The protocol page agrees with the program about every code."""

from __future__ import annotations

import re
from pathlib import Path

from chatd.errors import RPC_INTERNAL, RPC_TOO_MANY_REQUESTS
from chatd.wire import codes, frames
from chatd.wire.codes import Disconnect, Error, Unsubscribe

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "protocol.md").read_text("utf-8")
SOURCES = [path for path in (ROOT / "chatd").rglob("*.py") if path.name != "codes.py"]
FRAMES = {frames.NORMAL, frames.PROTOCOL_ERROR, frames.INVALID_DATA, frames.TOO_BIG}


def table(first: str) -> dict[int, list[str]]:
    """The rows of the table whose first heading this is, by code: the other cells."""
    lines = PAGE.split(f"| {first} |", 1)[1].split("\n\n", 1)[0].splitlines()[2:]
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    return {int(code): cells for code, *cells in rows}


def defined(kind: type) -> dict[int, Error | Unsubscribe | Disconnect]:
    """The first code of each number."""
    found: dict[int, Error | Unsubscribe | Disconnect] = {}
    for each in vars(codes).values():
        if isinstance(each, kind):
            found.setdefault(each.code, each)
    return found


def used(kind: type) -> set[int]:
    """The codes that the program names."""
    names = {name for path in SOURCES for name in re.findall(r"\bcodes\.([A-Z_]+)", path.read_text("utf-8"))}
    return {each.code for name in names if isinstance(each := getattr(codes, name), kind)}


def test_errors() -> None:
    rows, known = table("error"), defined(Error)
    assert {code: cells[0] for code, cells in rows.items()} == {code: each.message for code, each in known.items()}
    assert {code for code, cells in rows.items() if cells[2] != "no"} == {
        code for code, each in known.items() if each.reconnects
    }
    sent = {code for code, cells in rows.items() if cells[1] != "not used"}
    assert sent == used(Error) | {RPC_INTERNAL, RPC_TOO_MANY_REQUESTS}


def test_unsubscribes() -> None:
    rows, known = table("unsubscribe code"), defined(Unsubscribe)
    assert {code: cells[0] for code, cells in rows.items()} == {code: each.reason for code, each in known.items()}
    assert {code for code, cells in rows.items() if cells[2].startswith("yes")} == {
        code for code, each in known.items() if each.resubscribes
    }
    assert {code for code, cells in rows.items() if cells[1] != "not used"} == used(Unsubscribe)


def test_closes() -> None:
    rows = table("close code")
    known = {code: Disconnect(code, "") for code in FRAMES} | defined(Disconnect)
    assert {code: cells[0] for code, cells in rows.items()} == {code: each.reason for code, each in known.items()}
    assert {code for code, cells in rows.items() if cells[2].startswith("yes")} == {
        code for code, each in known.items() if each.reconnects
    }
    assert {code for code, cells in rows.items() if cells[1] != "not used"} == used(Disconnect) | FRAMES
