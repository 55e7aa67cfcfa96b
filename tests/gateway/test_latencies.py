"""How long commands take: within a fifth of what it was, and only of the last minutes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatd.gateway.connection import Connection
from chatd.gateway.latencies import WINDOW_SECONDS, Latencies
from chatd.gateway.software import Software
from chatd.wire.codecs import WEBSOCKET_JSON


@given(st.lists(st.floats(0.0001, 60), min_size=1, max_size=200))
def test_parts_are_those_of_the_sorted_calls(taken: list[float]) -> None:
    latencies = Latencies()
    for seconds in taken:
        latencies.note("messages.send", seconds, 0.0)
    (found,) = latencies.all(0.0)
    assert found.calls == len(taken)
    taken.sort()
    for part, value in ((0.5, found.p50), (0.9, found.p90), (0.99, found.p99)):
        exact = taken[max(0, -int(-part * len(taken) // 1) - 1)]
        assert exact <= value * 1.0001
        assert value <= exact * 1.2001


def test_the_slowest_come_first_and_old_calls_go() -> None:
    latencies = Latencies()
    latencies.note("users.view", 0.001, 0.0)
    latencies.note("messages.send", 0.1, 0.0)
    assert [each.name for each in latencies.all(1.0)] == ["messages.send", "users.view"]
    later = WINDOW_SECONDS + 1
    latencies.note("users.view", 0.001, later)
    assert {each.name: each.calls for each in latencies.all(later)} == {"messages.send": 1, "users.view": 2}
    assert [each.calls for each in latencies.all(2 * later)] == [1]
    assert latencies.all(10 * later) == []


def test_clients_are_counted_while_they_are_there() -> None:
    software, said = Software(), ("js 1", "js 1", "", "go 2")
    connections = [Connection(0, number, WEBSOCKET_JSON, software=text) for number, text in enumerate(said)]
    for connection in connections:
        software.entered(connection)
    assert software.most(1) == [("js 1", 2)]
    for connection in connections[:3]:
        software.left(connection)
    assert software.most(9) == [("go 2", 1)]
    with pytest.raises(KeyError):
        software.left(connections[0])
