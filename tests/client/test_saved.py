"""Where saved messages stand that are saved while they are loaded."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any, cast

import trio
from trio.testing import wait_all_tasks_blocked

from chatd.client import Session
from chatd.client.saved import Saved
from chatd.client.schema import Publication


class Shelf:
    """A session of which the server has these saved messages; it lists them when `is_open`."""

    user_id = "ann"

    def __init__(self, nursery: trio.Nursery) -> None:
        self.saved: list[int] = []
        self.viewed: list[int] = []
        self.is_open = trio.Event()
        self._nursery = nursery

    def spawn(self, work: Callable[..., Any], *args: object) -> None:
        self._nursery.start_soon(work, *args)

    async def call(self, method: str, **params: Any) -> object:
        await trio.lowlevel.checkpoint()
        if method == "messages.view":
            self.viewed.append(params["message_id"])
            return _message(params["message_id"])
        await self.is_open.wait()
        return {"saved": [{"message": _message(each)} for each in self.saved], "next": ""}


@asynccontextmanager
async def _saved(*message_ids: int) -> AsyncIterator[tuple[Saved, Shelf, trio.Nursery]]:
    async with trio.open_nursery() as nursery:
        shelf = Shelf(nursery)
        shelf.saved = list(message_ids)
        shelf.is_open.set()
        saved = Saved(cast("Session", shelf))
        await saved.begin()
        yield saved, shelf, nursery


def _message(message_id: int) -> dict[str, object]:
    return {"message_id": message_id, "channel_url": "garden", "message": f"text {message_id}"}


def _told(kind: str, message_id: int) -> Publication:
    return cast("Publication", {"type": f"message.{kind}", "channel_url": "garden", "message_id": message_id})


def _ids(saved: Saved) -> list[int]:
    return [message["message_id"] for message in saved.items]


async def test_what_was_saved_once_more_while_all_was_loaded_stands_where_the_server_has_it() -> None:
    async with _saved(1, 2) as (saved, shelf, nursery):
        shelf.saved, shelf.is_open = [2, 1], trio.Event()
        nursery.start_soon(saved.load)
        await wait_all_tasks_blocked()
        for kind, message_id in (("unsaved", 1), ("saved", 1), ("saved", 2)):
            saved.handle(_told(kind, message_id))
        await wait_all_tasks_blocked()
        shelf.is_open.set()
        await wait_all_tasks_blocked()
        assert _ids(saved) == [2, 1]


async def test_several_that_are_saved_at_once_are_fetched_once_each_and_stand_in_their_order() -> None:
    async with _saved() as (saved, shelf, _):
        for message_id in (1, 2, 3):
            saved.handle(_told("saved", message_id))
        await wait_all_tasks_blocked()
        assert _ids(saved) == [3, 2, 1]
        assert shelf.viewed == [1, 2, 3]
