"""Plays the client's side of a recorded exchange, and compares what the server says."""

from __future__ import annotations

import json
from typing import Any

from client import Client, client
from names import Names


class Differs(Exception):
    """The server said something else than was recorded."""


async def play(lines: list[Any], url: str, api_token: str) -> None:
    """Play an exchange to its end. Raises Differs."""
    names = Names()
    async with client(url, api_token) as playing:
        waiting: list[Any] = []
        for line in lines:
            if "server" in line or "closed" in line:
                waiting.append(line)
                continue
            await _compare(waiting, names, playing)
            waiting = []
            await _do(line, names, playing)
        await _compare(waiting, names, playing)


async def _do(line: dict[str, Any], names: Names, playing: Client) -> None:
    kind, said = next(iter(line.items()))
    filled = names.filled(said)
    if kind in ("open", "close"):
        await getattr(playing, kind)()
    elif kind in ("client", "known"):
        await (playing.send(filled) if kind == "client" else playing.be_known(filled))
    elif kind != "about":
        answer = await (playing.call(filled) if kind == "backend" else playing.upload(filled))
        kept = line.get("answer", {})
        if not names.fits(kept, {key: answer.get(key) for key in kept}):
            raise Differs(f"{json.dumps(filled)} was answered {json.dumps(answer)}")


async def _compare(recorded: list[Any], names: Names, playing: Client) -> None:
    """Replies come in any order, and pushes in theirs, before, between or behind them."""
    told = [await playing.receive() for _ in recorded]
    for line, heard in zip(_sorted(recorded), _sorted(told), strict=True):
        if not names.fits(line, heard):
            raise Differs(f"recorded {json.dumps(names.filled(line))}\n  told {json.dumps(heard)}")


def _sorted(lines: list[Any]) -> list[Any]:
    return sorted(lines, key=lambda line: line.get("server", {}).get("id", 0))
