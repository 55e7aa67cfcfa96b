"""How late the loop is."""

from __future__ import annotations

import trio
from trio.testing import MockClock

from chatd.gateway.lag import BOUNDS, TICK_SECONDS, TICKS, LoopLag


def test_the_lag_of_now_is_the_worst_of_the_last_second() -> None:
    lag = LoopLag()
    lag.record(0.3)
    assert (lag.now, lag.longest) == (0.3, 0.3)
    for _ in range(TICKS - 1):
        lag.record(0.002)
    assert lag.now == 0.3
    for _ in range(TICKS):
        lag.record(0.002)
    assert (lag.now, lag.longest) == (0.002, 0.3)


def test_each_measurement_counts_once() -> None:
    lag = LoopLag()
    for late in (0.0, BOUNDS[0], 0.003, 99.0):
        lag.record(late)
    assert lag.counts == [2, 1, *([0] * (len(BOUNDS) - 2)), 1]
    assert lag.total == 0.0 + BOUNDS[0] + 0.003 + 99.0


async def test_a_stall_is_seen(mock_clock: MockClock) -> None:
    lag = LoopLag()
    async with trio.open_nursery() as nursery:
        nursery.start_soon(lag.measure_forever)
        await trio.testing.wait_all_tasks_blocked()
        mock_clock.jump(TICK_SECONDS)
        await trio.testing.wait_all_tasks_blocked()
        assert lag.longest == 0
        mock_clock.jump(0.5)
        await trio.testing.wait_all_tasks_blocked()
        assert abs(lag.longest - (0.5 - TICK_SECONDS)) < 1e-9
        nursery.cancel_scope.cancel()
