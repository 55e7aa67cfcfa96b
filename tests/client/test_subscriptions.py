"""Open channels are asked for in order, again when that makes sense, and on each connection."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any, cast

import pytest
import trio
import trio.testing

from chatd.client.calls import Calls
from chatd.client.failures import Failure
from chatd.client.subscription import Subscription
from chatd.client.subscriptions import PAUSE, Subscriptions

HALL = "open:hall"
FRESH = {"subscribe": {"epoch": "e", "offset": 5}}
BUSY = {"error": {"code": 103, "message": "later", "temporary": True}}


class Connection:
    """Answers what it is asked as it is told to, and keeps what was asked."""

    def __init__(self, *answers: dict[str, Any]) -> None:
        self.asked: list[dict[str, Any]] = []
        self._answers = list(answers)

    async def begin(self, command: dict[str, Any], take: Callable[[dict[str, Any]], None]) -> None:
        """As of Calls."""
        await trio.lowlevel.checkpoint()
        self.asked.append(command)
        if "subscribe" in command:
            take(self._answers.pop(0) if self._answers else FRESH)

    @asynccontextmanager
    async def kept(self, subscriptions: Subscriptions) -> AsyncIterator[None]:
        """While this is the connection."""
        async with trio.open_nursery() as nursery:
            nursery.start_soon(subscriptions.keep, cast("Calls", self))
            await trio.testing.wait_all_tasks_blocked()
            yield
            nursery.cancel_scope.cancel()

    @property
    def kinds(self) -> list[str]:
        """Of what was asked."""
        return [kind for command in self.asked for kind in command]


class Told:
    """What somebody hears of a subscription."""

    def __init__(self) -> None:
        self.heard: list[object] = []
        self.subscription = Subscription(HALL, self.heard.append, self.heard.append, self._ended)

    def _ended(self, failure: Failure) -> None:
        self.heard.append(failure.code)


async def test_what_is_refused_for_now_is_asked_for_again(autojump_clock: trio.testing.MockClock) -> None:
    subscriptions, connection, told = Subscriptions(), Connection(BUSY, BUSY), Told()
    async with connection.kept(subscriptions):
        subscriptions.enter(told.subscription)
        await trio.sleep(2.5 * PAUSE)
    assert connection.kinds == ["subscribe"] * 3
    assert told.heard == [False]


async def test_what_is_refused_is_over(autojump_clock: trio.testing.MockClock) -> None:
    subscriptions, connection, told = Subscriptions(), Connection({"error": {"code": 102, "message": "none"}}), Told()
    async with connection.kept(subscriptions):
        subscriptions.enter(told.subscription)
        await trio.sleep(10 * PAUSE)
        subscriptions.enter(Told().subscription)  # somebody may try again
        await trio.sleep(PAUSE)
    assert told.heard == [102]
    assert connection.kinds.count("subscribe") == 2


async def test_another_connection_goes_on_where_the_last_one_was() -> None:
    subscriptions, told = Subscriptions(), Told()
    subscriptions.enter(told.subscription)
    async with Connection().kept(subscriptions):
        subscriptions.pushed({"channel": HALL, "pub": {"offset": 7, "data": "hello"}})
    missed = {"subscribe": {"recovered": True, "publications": [{"offset": 9, "data": "there"}]}}
    connection = Connection(missed)
    async with connection.kept(subscriptions):
        subscriptions.pushed({"channel": HALL, "pub": {"offset": 8, "data": "told already"}})
    place = {"recover": True, "offset": 7, "epoch": "e"}
    assert connection.asked == [{"subscribe": {"channel": HALL, "recoverable": True, **place}}]
    assert told.heard == [False, "hello", True, "there"]


async def test_who_leaves_and_comes_back_is_there() -> None:
    subscriptions, connection, first, second = Subscriptions(), Connection(), Told(), Told()
    async with connection.kept(subscriptions):
        subscriptions.enter(first.subscription)
        await trio.testing.wait_all_tasks_blocked()
        with pytest.raises(ValueError, match="hall"):
            subscriptions.enter(second.subscription)
        subscriptions.leave(first.subscription)
        subscriptions.enter(second.subscription)
        await trio.testing.wait_all_tasks_blocked()
        subscriptions.pushed({"channel": HALL, "pub": {"data": "hello"}})
    assert connection.kinds == ["subscribe", "unsubscribe", "subscribe"]
    assert (first.heard, second.heard) == ([False], [False, "hello"])


@pytest.mark.parametrize(("code", "asked", "heard"), [(2500, 2, [False, False]), (2000, 1, [False, 2000])])
async def test_the_server_ends_it_for_now_or_for_good(code: int, asked: int, heard: list[object]) -> None:
    subscriptions, connection, told = Subscriptions(), Connection(), Told()
    subscriptions.enter(told.subscription)
    async with connection.kept(subscriptions):
        subscriptions.pushed({"channel": HALL, "unsubscribe": {"code": code, "reason": "so it is"}})
        await trio.testing.wait_all_tasks_blocked()
    assert connection.kinds == ["subscribe"] * asked
    assert told.heard == heard
