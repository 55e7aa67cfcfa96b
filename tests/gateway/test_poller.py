"""What the poller promises about each connection, whatever its neighbours do."""

from __future__ import annotations

import logging

import pytest
import trio
import trio.testing

from chatd.gateway.connection import TURN, WRITES, State
from chatd.wire import codes
from chatd.wire.codecs import WEBSOCKET_JSON
from chatd.wire.frames import CLOSE, TEXT, encode_frame
from tests.gateway.client import masked
from tests.gateway.loopback import Loopback, calls

FRAME = encode_frame(TEXT, b"x" * 1000)


async def test_a_mistake_of_ours_ends_one_connection(caplog: pytest.LogCaptureFixture) -> None:
    loop = Loopback()
    (broken, victim), (_, other) = loop.park(), loop.park()
    async with loop.running():
        with caplog.at_level(logging.ERROR):
            await victim.send(calls((1, "broken"), (2, "never")))
            assert await victim.closed() == 3004
        assert "ZeroDivisionError" in caplog.text
        await other.send(calls((3, "fine")))
        assert await other.push() == {"id": 3, "rpc": {"data": "fine"}}
    assert loop.handler.handled == [1, 3]
    assert loop.gone[0] is broken


async def test_many_commands_of_one_wait_for_another_turn_and_keep_their_order() -> None:
    loop = Loopback()
    (_, greedy), (_, modest) = loop.park(), loop.park()
    await greedy.send(calls(*((n, "slow") for n in range(1, 6))) + calls((6, "slow"), (7, "slow")))
    await modest.send(calls((100, "quick")))
    async with loop.running():
        assert (await modest.push())["id"] == 100
        assert [(await greedy.push())["id"] for _ in range(7)] == list(range(1, 8))
        await greedy.send(calls((8, "quick")))
        assert (await greedy.push())["id"] == 8
    assert loop.handler.handled.index(100) < loop.handler.handled.index(4)


async def test_reading_goes_on_when_every_reason_to_pause_is_gone() -> None:
    loop = Loopback()
    connection, client = loop.park()
    loop.poller.pause(connection, WRITES)
    loop.poller.pause(connection, TURN)
    await client.send(calls((1, "quick")))
    async with loop.running():
        loop.poller.resume(connection, WRITES)
        await trio.testing.wait_all_tasks_blocked(0.01)
        assert loop.handler.handled == []
        loop.poller.resume(connection, TURN)
        assert (await client.push())["id"] == 1


async def test_resuming_who_is_gone_touches_nobody_else() -> None:
    loop = Loopback()
    gone, _ = loop.park()
    loop.poller.pause(gone, WRITES)
    loop.poller.drop(gone)
    other, client = loop.park()
    assert other.fd == gone.fd
    loop.poller.pause(other, WRITES)
    await client.send(calls((1, "quick")))
    async with loop.running():
        loop.poller.resume(gone, WRITES)
        await trio.testing.wait_all_tasks_blocked(0.01)
        assert loop.handler.handled == []


async def test_nothing_follows_a_close_frame() -> None:
    loop = Loopback()
    connection, client = loop.park()
    loop.poller.owe(connection, FRAME)
    loop.poller.close(connection, codes.EXPIRED)
    loop.poller.owe(connection, FRAME)
    loop.poller.owe_all([connection], lambda codec: FRAME)
    async with loop.running():
        assert [(await client.frame())[0] for _ in range(2)] == [TEXT, CLOSE]
        await client.send(masked(CLOSE, codes.EXPIRED.code.to_bytes(2, "big")))
        assert await client.rest() == b""
    assert loop.counters.closed == {3005: 1}
    assert loop.gone == [connection]


async def test_who_leaves_hears_the_rest_and_an_echo() -> None:
    loop = Loopback()
    connection, client = loop.park()
    loop.poller.owe(connection, FRAME)
    await client.send(masked(CLOSE, (4321).to_bytes(2, "big")))
    async with loop.running():
        assert (await client.frame())[0] == TEXT
        assert await client.closed() == 4321
        assert await client.rest() == b""
    assert loop.counters.closed == {1000: 1}
    assert loop.gone == [connection]
    assert loop.counters.connections == 0


async def test_who_hangs_up_is_gone() -> None:
    loop = Loopback()
    connection, client = loop.park()
    async with loop.running():
        await client.stream.aclose()
        while not loop.gone:
            await trio.lowlevel.checkpoint()
    assert loop.counters.closed == {1006: 1}
    assert connection.state is State.CLOSED


async def test_who_is_too_slow_gets_whole_frames_and_then_the_reason() -> None:
    loop = Loopback(backlog_limit=20_000)
    connection, client = loop.park()
    sent = 0
    while connection.state is State.OPEN:
        loop.poller.owe(connection, FRAME)
        loop.poller.flush(1)
        sent += 1
    assert loop.counters.closed == {3008: 1}
    assert loop.gone == [connection]
    async with loop.running():
        for _ in range(sent - 1):
            assert await client.frame() == (TEXT, b"x" * 1000)
        assert await client.closed() == 3008
    assert loop.counters.backlog_bytes == 0


async def test_one_debt_over_the_limit_ends_at_once() -> None:
    loop = Loopback(backlog_limit=20_000)
    connection, _ = loop.park()
    loop.poller.owe(connection, encode_frame(TEXT, b"x" * 5_000_000))
    loop.poller.flush(1)
    assert connection.state is State.CLOSED
    assert loop.counters.closed == {3008: 1}
    assert loop.counters.backlog_bytes == 0


async def test_what_the_kernel_does_not_take_arrives_later_in_order() -> None:
    loop = Loopback(backlog_limit=50_000_000)
    connection, client = loop.park()
    for n in range(2000):
        loop.poller.owe(connection, WEBSOCKET_JSON.result(n + 1, "x" * 1000))
        if n % 7 == 0:
            loop.poller.flush(1)
    async with loop.running():
        assert [(await client.push())["id"] for _ in range(2000)] == list(range(1, 2001))
    assert loop.counters.backlog_bytes == 0
