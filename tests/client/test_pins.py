"""Who pinned what, whenever it is told: what an event says is pinned is what is pinned when it is told."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any, cast

import trio
from trio.testing import wait_all_tasks_blocked

from chatd.client import Session
from chatd.client.pins import Pins
from chatd.client.schema import Publication


class Board:
    """A session of which the server has these pins: by id, and by whom."""

    def __init__(self, nursery: trio.Nursery) -> None:
        self.pinned: list[tuple[int, str]] = []
        self._nursery = nursery

    def spawn(self, work: Callable[..., Any], *args: object) -> None:
        self._nursery.start_soon(work, *args)

    async def call(self, method: str, **params: object) -> object:
        assert method == "pins.list"
        await trio.lowlevel.checkpoint()
        return {"pinned_messages": [{"message": _message(each), "user_id": user_id} for each, user_id in self.pinned]}


@asynccontextmanager
async def _pins(*pinned: tuple[int, str], is_loaded: bool = True) -> AsyncIterator[tuple[Pins, Board]]:
    async with trio.open_nursery() as nursery:
        board = Board(nursery)
        board.pinned = list(pinned)
        pins = Pins(cast("Session", board), "garden")
        if is_loaded:
            await pins.load()
        yield pins, board


def _message(message_id: int) -> dict[str, object]:
    return {"message_id": message_id, "message": f"text {message_id}"}


def _told(kind: str, message_id: int, user_id: str, pinned: list[int]) -> Publication:
    told = {
        "type": f"message.{kind}",
        "channel_url": "garden",
        "message_id": message_id,
        "user_id": user_id,
        "pinned_message_ids": pinned,
        "latest_pinned_message": _message(pinned[-1]) if pinned else None,
    }
    return cast("Publication", told)


def _pinners(pins: Pins) -> list[tuple[int, str]]:
    return [(item.message["message_id"], item.user_id) for item in pins.items]


async def test_who_pinned_a_message_first_and_who_did_it_again_are_told_apart() -> None:
    async with _pins((1, "ann")) as (pins, _):
        pins.handle(_told("unpinned", 1, "ben", [1]))
        pins.handle(_told("pinned", 1, "ben", [1]))
        assert _pinners(pins) == [(1, "ben")]


async def test_of_several_that_are_told_late_each_has_who_pinned_it() -> None:
    async with _pins() as (pins, board):
        board.pinned = [(1, "ann"), (2, "ben")]
        pins.handle(_told("pinned", 1, "ann", [1, 2]))
        assert _pinners(pins) == []
        pins.handle(_told("pinned", 2, "ben", [1, 2]))
        assert _pinners(pins) == [(2, "ben")]
        await wait_all_tasks_blocked()
        assert _pinners(pins) == board.pinned


async def test_what_is_told_before_they_are_loaded_does_not_make_them_ready() -> None:
    async with _pins((1, "ann"), (2, "ben"), is_loaded=False) as (pins, board):
        pins.handle(_told("pinned", 2, "ben", [1, 2]))
        assert pins.state == "loading"
        await pins.load()
        assert (pins.state, _pinners(pins)) == ("ready", board.pinned)
