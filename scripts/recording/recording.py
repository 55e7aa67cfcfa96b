"""Plays a story against a server and writes down what is said."""

from __future__ import annotations

from typing import Any

from client import Client, client
from names import Names
from stories import Story


async def record(story: Story, url: str, api_token: str) -> list[Any]:
    """The lines of the exchange."""
    names = Names()
    lines: list[Any] = [{"about": story.about}]
    async with client(url, api_token) as playing:
        for step in story.steps:
            lines += await _written(step, names, playing)
    return lines


async def _written(step: dict[str, Any], names: Names, playing: Client) -> list[Any]:
    """A step as it is written down: with what the server said."""
    (kind, line), *_ = step.items()
    filled = names.filled(line)
    if kind == "expect":
        return [names.named(await playing.receive()) for _ in range(line)]
    if kind in ("open", "close"):
        await getattr(playing, kind)()
        return [step]
    if kind in ("client", "known"):
        await (playing.send(filled) if kind == "client" else playing.be_known(filled))
        return [step]
    answer = await (playing.call(filled) if kind == "backend" else playing.upload(filled))
    kept = {key: answer[key] for key in step.get("keep", ())}
    return [{kind: line} | ({"answer": names.named(kept)} if kept else {})]
