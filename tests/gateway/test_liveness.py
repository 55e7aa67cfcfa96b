"""Deadlines never come early."""

from __future__ import annotations

import pytest
import trio
import trio.testing

from chatd import ids
from chatd.config import Gateway
from chatd.gateway.connection import State
from chatd.gateway.liveness import TICK_SECONDS, Liveness
from chatd.wire import codes
from tests.gateway.loopback import Loopback


@pytest.mark.parametrize("begins", [0.0, 0.1, 0.5, 0.9, 0.999])
async def test_a_closed_connection_has_its_time_to_answer(
    begins: float, autojump_clock: trio.testing.MockClock
) -> None:
    loop = Loopback()
    connection, _ = loop.park()
    seconds = 2.0
    liveness = Liveness(Gateway(close_seconds=seconds), loop.poller)
    async with trio.open_nursery() as nursery:
        nursery.start_soon(liveness.watch_forever)
        await trio.sleep(begins)
        loop.poller.close(connection, codes.EXPIRED)
        liveness.closing(connection)
        await trio.sleep(seconds - 0.01)
        assert connection.state is State.CLOSING
        await trio.sleep(2 * TICK_SECONDS)
        assert connection.state is State.CLOSED
        nursery.cancel_scope.cancel()


async def test_while_the_loop_stands_still_nobodys_time_passes(mock_clock: trio.testing.MockClock) -> None:
    loop = Loopback()
    connection, _ = loop.park()
    connection.expires_at = ids.now_ms() + 86_400_000
    liveness = Liveness(Gateway(ping_seconds=2, pong_seconds=2), loop.poller)
    async with trio.open_nursery() as nursery:
        nursery.start_soon(liveness.watch_forever)
        await trio.testing.wait_all_tasks_blocked()
        liveness.opened(connection)
        while not connection.pinged:
            mock_clock.jump(1)
            await trio.testing.wait_all_tasks_blocked()
        mock_clock.jump(30)
        await trio.testing.wait_all_tasks_blocked()
        assert connection.state is State.OPEN
        for _ in range(2):
            mock_clock.jump(1)
            await trio.testing.wait_all_tasks_blocked()
        assert connection.state is State.CLOSING
        nursery.cancel_scope.cancel()
