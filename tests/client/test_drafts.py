"""Drafts: what is written here is newer than what the server tells of what was written before."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import trio

from chatd.client.drafts import PAUSE, Draft
from chatd.client.failures import Unreachable


class Server:
    """Notes what it is told, and answers when it is let."""

    def __init__(self, nursery: trio.Nursery) -> None:
        self.told: list[str] = []
        self.is_lost = False
        self.answer = trio.Event()
        self._nursery = nursery

    def spawn(self, function: Callable[..., Any], *args: Any) -> None:
        self._nursery.start_soon(function, *args)

    async def call(self, _: str, *, message: str, **__: Any) -> None:
        self.told.append(message)
        await self.answer.wait()
        if self.is_lost:
            self.is_lost = False
            raise Unreachable("late")


async def _taken_back(nursery: trio.Nursery) -> tuple[Server, Draft]:
    """A draft that was begun, and is no more while the server is being told of it."""
    server = Server(nursery)
    draft = Draft(server, "garden", 0, lambda: None)  # type: ignore[arg-type]
    draft.write("begun")
    await trio.sleep(PAUSE + 0.1)
    draft.write("")
    return server, draft


async def test_who_goes_back_to_what_was_there_before_keeps_it(autojump_clock: trio.testing.MockClock) -> None:
    async with trio.open_nursery() as nursery:
        server, draft = await _taken_back(nursery)
        draft.take("begun")
        assert draft.text == ""
        server.answer.set()
        await trio.sleep(2 * PAUSE)
        assert server.told == ["begun", ""]
        draft.take("")
        draft.take("from another device")
        assert draft.text == "from another device"


async def test_also_when_no_answer_came_although_it_had_arrived(autojump_clock: trio.testing.MockClock) -> None:
    async with trio.open_nursery() as nursery:
        server, draft = await _taken_back(nursery)
        server.is_lost = True
        server.answer.set()
        await trio.testing.wait_all_tasks_blocked()  # the clock stands: the pause before it is told again is any
        draft.take("begun")
        assert draft.text == ""
        await trio.sleep(20)
        assert server.told == ["begun", ""]
