"""Whoever watches believes the truth in the end, and is told of each user no more often than every two seconds."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatd.errors import LimitExceeded, Overloaded
from chatd.gateway import watches
from chatd.gateway.connection import Connection
from chatd.gateway.watches import DELAY_SECONDS, MAX_PER_CONNECTION, Watches
from chatd.wire.codecs import WEBSOCKET_JSON

WATCHERS, USERS = 3, 3
watcher, user = st.integers(0, WATCHERS - 1), st.integers(0, USERS - 1)
steps = st.lists(
    st.one_of(
        st.tuples(st.just("flip"), user, user),
        st.tuples(st.just("watch"), watcher, user),
        st.tuples(st.just("unwatch"), watcher, user),
        st.tuples(st.just("leave"), watcher, user),
        st.tuples(st.just("wait"), st.integers(1, 25), user),
    ),
    max_size=60,
)


def connection() -> Connection:
    return Connection(0, 0, WEBSOCKET_JSON)


class Town:
    """Users who come and go, and watchers with what they believe. Time is in tenths of a second."""

    def __init__(self) -> None:
        self.watches = Watches()
        self.connections = [connection() for _ in range(WATCHERS)]
        self.online = [False] * USERS
        self.believed: dict[tuple[Connection, int], bool] = {}
        self.told: list[tuple[int, int]] = []
        self.tenths = 0

    @property
    def now(self) -> float:
        return self.tenths / 10

    def take(self, step: str, one: int, other: int) -> None:
        if step == "flip":
            was_online = self.online[one]
            self.online[one] = not was_online
            self.watches.change((1, one), was_online, self.now)
        elif step == "watch":
            self.watches.add(self.connections[one], {(1, other): str(other)})
            self.believed[self.connections[one], other] = self.online[other]
        elif step == "unwatch":
            self.watches.remove(self.connections[one], [(1, other)])
            self.believed.pop((self.connections[one], other), None)
        elif step == "leave":
            self.watches.forget(self.connections[one])
            self.believed = {key: value for key, value in self.believed.items() if key[0] != self.connections[one]}
        else:
            self.wait(one)

    def wait(self, tenths: int) -> None:
        for _ in range(tenths):
            self.tenths += 1
            for (_, number), believed, watched in self.watches.due(self.now):
                if believed is self.online[number]:
                    continue
                self.told.append((number, self.tenths))
                assert watched.user_id == str(number)
                assert watched.connections == {each for each, of in self.believed if of == number}
                for each in watched.connections:
                    self.believed[each, number] = self.online[number]


@given(steps)
def test_watchers_believe_the_truth_in_the_end(taken: list[tuple[str, int, int]]) -> None:
    town = Town()
    for step in taken:
        town.take(*step)
        assert town.watches.count == len(town.believed)
    town.wait(round(DELAY_SECONDS * 10))
    assert all(believed == town.online[number] for (_, number), believed in town.believed.items())
    for number in range(USERS):
        moments = [at for told, at in town.told if told == number]
        assert all(later - sooner >= DELAY_SECONDS * 10 for sooner, later in pairwise(moments))
    for each in town.connections:
        town.watches.forget(each)
    assert town.watches.count == 0
    assert not town.watches._watched
    assert not town.watches._watchers


def test_a_connection_watches_so_many_and_no_more() -> None:
    found = Watches()
    client = connection()
    found.add(client, {(1, number): "" for number in range(MAX_PER_CONNECTION)})
    with pytest.raises(LimitExceeded) as refused:
        found.add(client, {(1, 0): "", (1, MAX_PER_CONNECTION): ""})
    assert refused.value.rpc_code == 106
    found.add(client, {(1, 0): ""})
    assert found.count == MAX_PER_CONNECTION
    found.remove(client, [(1, 0)])
    found.add(client, {(1, MAX_PER_CONNECTION): ""})


def test_all_connections_together_watch_so_many_and_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watches, "MAX_FOR_ALL", 3)
    found = Watches()
    found.add(connection(), {(1, 1): "", (1, 2): ""})
    with pytest.raises(Overloaded):
        found.add(connection(), {(1, 1): "", (1, 2): ""})
    found.add(connection(), {(1, 1): ""})


def test_users_whom_nobody_watches_leave_nothing_behind() -> None:
    found = Watches()
    for number in range(10_000):
        found.change((1, number), False, 0.0)
    assert not found._changed
    assert list(found.due(10.0)) == []
