"""How fast clients may send commands, and what becomes of those who do not slow down."""

from __future__ import annotations

import json

import pytest
import trio
from hypothesis import given
from hypothesis import strategies as st
from trio.testing import MockClock

from chatd.gateway.rates import PATIENCE, WINDOW_SECONDS, CommandRates, Rate, Verdict
from chatd.model import Actor
from chatd.wire.frames import PING, PONG, TEXT
from tests.gateway.client import Client, masked
from tests.gateway.loopback import Loopback

RATE = 5
ALLOWED = RATE * WINDOW_SECONDS


@given(st.lists(st.sampled_from(["ann", "bob", None]), max_size=200))
def test_verdicts_depend_on_the_count_of_this_window_alone(events: list[str | None]) -> None:
    """None stands for the end of a window."""
    rate, counts = Rate(RATE), dict.fromkeys(["ann", "bob"], 0)
    for key in events:
        if key is None:
            rate.turn()
            counts = dict.fromkeys(counts, 0)
            assert len(rate) == 0
            continue
        counts[key] += 1
        expected = Verdict.FINE if counts[key] <= ALLOWED else Verdict.TOO_MANY
        assert rate.judge(key) is (expected if counts[key] <= ALLOWED * PATIENCE else Verdict.ENOUGH)
    assert len(rate) == sum(count > 0 for count in counts.values())


async def test_a_user_has_one_allowance_for_all_connections() -> None:
    loop = Loopback()
    rates = CommandRates(RATE * 100, RATE)
    crowd = [loop.park()[0] for _ in range(ALLOWED + 1)]
    for connection in crowd:
        connection.actor = Actor(1, 1, "ann")
    other, _ = loop.park()
    other.actor = Actor(2, 1, "ann")
    assert [rates.judge(connection) for connection in crowd] == [Verdict.FINE] * ALLOWED + [Verdict.TOO_MANY]
    assert rates.judge(other) is Verdict.FINE
    loop.poller.close_all()


async def test_windows_follow_each_other(autojump_clock: MockClock) -> None:
    rates = CommandRates(RATE, RATE)
    loop = Loopback()
    connection, _ = loop.park()
    connection.actor = Actor(1, 1, "ann")
    async with trio.open_nursery() as nursery:
        nursery.start_soon(rates.turn_forever)
        for _ in range(3):
            await trio.sleep(WINDOW_SECONDS / 2)
            verdicts = [rates.judge(connection) for _ in range(ALLOWED + 1)]
            assert verdicts == [Verdict.FINE] * ALLOWED + [Verdict.TOO_MANY]
            await trio.sleep(WINDOW_SECONDS / 2)
        nursery.cancel_scope.cancel()
    loop.poller.close_all()


def commands(count: int, first: int = 1, kind: str = "rpc") -> bytes:
    """Commands of one kind, all in a frame."""
    body = {"rpc": {"method": "x"}, "unsubscribe": {"channel": "~"}}[kind]
    lines = [json.dumps({"id": id, kind: body}) for id in range(first, first + count)]
    return masked(TEXT, "\n".join(lines).encode())


async def replies(client: Client, count: int) -> list[str]:
    """What kind of answer each of the next commands got."""
    found = [await client.push() for _ in range(count)]
    return [
        str(reply["error"]["code"]) if "error" in reply else next(key for key in reply if key != "id")
        for reply in found
    ]


async def test_what_is_too_fast_is_refused_and_may_be_tried_again(autojump_clock: MockClock) -> None:
    loop = Loopback(rate=RATE)
    (_, hasty), (_, other) = loop.park(), loop.park()
    async with loop.running(), trio.open_nursery() as nursery:
        nursery.start_soon(loop.rates.turn_forever)
        await hasty.send(commands(ALLOWED + 3))
        assert await replies(hasty, ALLOWED + 3) == ["rpc"] * ALLOWED + ["111"] * 3
        assert loop.handler.handled == list(range(1, ALLOWED + 1))
        await other.send(commands(1, 1000))
        assert await replies(other, 1) == ["rpc"]
        await trio.sleep(WINDOW_SECONDS)
        await hasty.send(commands(1, 50))
        assert await replies(hasty, 1) == ["rpc"]
        nursery.cancel_scope.cancel()


async def test_refusals_are_temporary() -> None:
    loop = Loopback(rate=RATE)
    _, client = loop.park()
    async with loop.running():
        await client.send(commands(ALLOWED + 1))
        error = [await client.push() for _ in range(ALLOWED + 1)][-1]["error"]
    assert (error["code"], error["temporary"], bool(error["message"])) == (111, True, True)


async def test_an_unsubscribe_does_not_fail() -> None:
    loop = Loopback(rate=RATE)
    _, client = loop.park()
    async with loop.running():
        await client.send(commands(ALLOWED) + commands(2, 100, "unsubscribe") + commands(1, 200))
        assert await replies(client, ALLOWED + 3) == ["rpc"] * ALLOWED + ["unsubscribe"] * 2 + ["111"]


async def test_who_does_not_slow_down_is_closed() -> None:
    loop = Loopback(rate=RATE)
    (_, hasty), (_, other) = loop.park(), loop.park()
    async with loop.running():
        await hasty.send(commands(ALLOWED * PATIENCE + 5))
        await replies(hasty, ALLOWED * PATIENCE)
        assert await hasty.closed() == 3013
        await other.send(commands(1))
        assert await replies(other, 1) == ["rpc"]
        assert loop.counters.closed == {3013: 1}


@pytest.mark.parametrize("payload", [b"{}", b'{"send":{"data":1}}'])
async def test_commands_without_an_answer_count_too(payload: bytes) -> None:
    loop = Loopback(rate=RATE)
    _, client = loop.park()
    async with loop.running():
        await client.send(masked(TEXT, payload) * (ALLOWED * PATIENCE + 1))
        assert await client.closed() == 3013


async def test_pings_count_too() -> None:
    loop = Loopback(rate=RATE)
    _, client = loop.park()
    async with loop.running():
        await client.send(masked(PING, b"a") * (ALLOWED + 10))
        for _ in range(ALLOWED):
            assert await client.frame() == (PONG, b"a")
        await client.send(masked(PING, b"a") * ALLOWED * PATIENCE)
        assert (await client.frame())[1][:2] == (3013).to_bytes(2, "big")
