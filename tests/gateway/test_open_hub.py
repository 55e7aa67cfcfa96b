"""Open channels in the hub: nothing is missed and nothing heard twice, however large the audience and its changes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
import trio
import trio.testing
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chatd.domain import stream
from chatd.gateway import open_channels, participants
from tests.domain.conftest import MEMORY
from tests.gateway.hall import HALL, Hall, Inbox


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[Hall]:
    found = Hall(tmp_path / "data", 4)
    yield found
    found.store.close()


class Reader:
    """What a client library does with a subscription, and what its user gets to see.

    `since` is the position from which on everything has been seen, `position` the last one that is known.
    """

    def __init__(self, hall: Hall, user: int) -> None:
        self.hall = hall
        self.user = user
        self.inbox: Inbox | None = None
        self.is_in = False
        self.since = self.position = -1
        self.seen: list[int] = []
        self.skipped: list[dict[str, Any]] = []

    def enter(self) -> None:
        if self.inbox is None:
            self.inbox = self.hall.client(self.user)
        if not self.is_in:
            self.is_in = True
            recovers = self.position >= 0
            self.hall.enter(self.inbox, recover=recovers, offset=max(self.position, 0))

    def exit(self) -> None:
        if self.inbox is not None and self.is_in:
            # A library passes over what still comes for a channel that it has left.
            self.read()
            self.hall.exit(self.inbox)
            self.is_in = False

    def cut(self, arrived: int) -> None:
        """Lose the connection, and of what was on its way all but the first frames."""
        if self.inbox is not None:
            self.read(arrived)
            self.hall.hub.leave(self.inbox.connection)
            self.inbox, self.is_in = None, False

    def read(self, most: int | None = None) -> None:
        assert self.inbox is not None
        for frame in self.inbox.take()[:most]:
            if "subscribe" in frame:
                self._entered(frame["subscribe"])
            elif "unsubscribe" in frame["push"]:
                assert frame["push"]["unsubscribe"]["code"] == 2500
                self.is_in = False
            elif frame["push"]["pub"].get("offset"):
                self._told(frame["push"]["pub"])

    def _entered(self, result: dict[str, Any]) -> None:
        if not result.get("recovered"):
            self.since = result.get("offset", 0)
            self.seen, self.skipped = [], []
        self.position = result.get("offset", 0)
        for publication in result.get("publications", []):
            self._told(publication)

    def _told(self, publication: dict[str, Any]) -> None:
        offset = publication["offset"]
        assert offset > self.position, "heard twice, or in another order"
        self.position = offset
        if publication["data"]["type"] == "messages.skipped":
            self.skipped.append(publication["data"])
        else:
            self.seen.append(offset)

    def check(self) -> None:
        """All that happened since is seen, or one of the messages that are said not to be shown."""
        assert self.is_in
        missed = self.hall.store.read(self.hall.application, stream.missed_in, self.hall.number, self.since, 10_000)
        told = [each for each in missed if self.hall.store.read(self.hall.application, stream.told, each)]
        unseen = set(told) - set(self.seen)
        ranges = [(each["first_message_id"], each["last_message_id"]) for each in self.skipped]
        assert all(any(first <= each <= last for first, last in ranges) for each in unseen)
        for each in unseen:
            assert self.hall.store.read(self.hall.application, stream.told, each)["type"] == "message.created"


step = st.one_of(
    st.tuples(st.just("send"), st.integers(1, 4)),
    st.tuples(st.sampled_from(["edit", "delete", "rename", "tick", "second"]), st.integers(0, 9)),
    st.tuples(st.sampled_from(["enter", "exit", "read", "cut"]), st.integers(0, 20)),
    st.tuples(st.just("rest"), st.integers(1, 3)),
)


class Story:
    """Random steps, each by its name."""

    def __init__(self, hall: Hall, clock: trio.testing.MockClock) -> None:
        self.hall = hall
        self.clock = clock
        self.readers = [Reader(hall, n % 4) for n in range(7)]
        for reader in self.readers[:5]:
            reader.enter()
        self.sent = [hall.send()]

    async def go(self, name: str, value: int) -> None:
        if name == "rest":
            for _ in range(value):
                await trio.lowlevel.checkpoint()
        else:
            getattr(self, name)(value)

    def send(self, times: int) -> None:
        self.sent += [self.hall.send() for _ in range(times)]

    def edit(self, value: int) -> None:
        self.hall.call("messages.update", channel_url=HALL, message_id=self.sent[-1], message=f"edit {value}")

    def delete(self, value: int) -> None:
        if len(self.sent) > 1:
            self.hall.call("messages.delete", channel_url=HALL, message_id=self.sent.pop())

    def rename(self, value: int) -> None:
        self.hall.call("open_channels.update", channel_url=HALL, name=str(value))

    def tick(self, value: int) -> None:
        self.hall.hub.open.tick()

    def second(self, value: int) -> None:
        self.clock.jump(1.0)

    def enter(self, value: int) -> None:
        self.readers[value % 7].enter()

    def exit(self, value: int) -> None:
        self.readers[value % 7].exit()

    def read(self, value: int) -> None:
        if self.readers[value % 7].inbox is not None:
            self.readers[value % 7].read()

    def cut(self, value: int) -> None:
        self.readers[value % 7].cut(value // 7)

    async def end(self) -> None:
        """Everybody is in, and all has been told and is read."""
        for _ in range(3):
            self.tick(0)
            await trio.testing.wait_all_tasks_blocked()
            for reader in self.readers:
                reader.enter()
                reader.read()


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(step, min_size=5, max_size=60))
def test_whoever_is_in_hears_everything_once_and_in_order(
    monkeypatch: pytest.MonkeyPatch, steps: list[tuple[str, int]]
) -> None:
    monkeypatch.setattr(open_channels, "RECEIVERS_PER_SLICE", 2)
    monkeypatch.setattr(open_channels, "MAX_WAITING", 6)
    with TemporaryDirectory(dir=MEMORY) as directory:
        hall = Hall(Path(directory) / "data", 4, rate=3)
        clock = trio.testing.MockClock()

        async def main() -> None:
            async with trio.open_nursery() as nursery:
                nursery.start_soon(hall.hub.open.tell_forever)
                story = Story(hall, clock)
                for name, value in steps:
                    await story.go(name, value)
                await story.end()
                for reader in story.readers:
                    reader.check()
                nursery.cancel_scope.cancel()

        trio.run(main, clock=clock)
        hall.store.close()


def pushes(inbox: Inbox) -> list[Any]:
    """What is told, without replies: kinds of publications, and codes of the ends of subscriptions."""
    found = []
    for frame in inbox.take():
        push = frame.get("push", {})
        found += [push["pub"]["data"]["type"]] if "pub" in push else []
        found += [push["unsubscribe"]["code"]] if "unsubscribe" in push else []
    return found


def crowd(hall: Hall, number: int) -> list[Inbox]:
    inboxes = [hall.client(n % len(hall.users)) for n in range(number)]
    for inbox in inboxes:
        hall.enter(inbox)
        inbox.take()
    return inboxes


async def test_a_large_audience_is_told_in_parts_by_one_frame(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(open_channels, "RECEIVERS_PER_SLICE", 3)
    inboxes = crowd(hall, 30)
    first = hall.send("one")
    hall.send("two")
    told = [len(inbox.frames) for inbox in inboxes]
    assert sum(told) == 0
    hall.kept.clear()
    async with trio.open_nursery() as nursery:
        nursery.start_soon(hall.hub.open.tell_forever)
        while not inboxes[-1].frames:
            before = sum(len(inbox.frames) for inbox in inboxes)
            await trio.lowlevel.checkpoint()
            assert sum(len(inbox.frames) for inbox in inboxes) - before <= 2 * 2 * 3  # it may have had two turns
        nursery.cancel_scope.cancel()
    assert len({id(frame) for frame in hall.kept}) == 2
    assert all(inbox.frames[0]["push"]["pub"]["offset"] == first for inbox in inboxes)
    assert {tuple(pushes(inbox)) for inbox in inboxes} == {("message.created", "message.created")}


async def test_messages_above_the_rate_are_counted_and_the_count_comes_before_what_follows(hall: Hall) -> None:
    (inbox,) = crowd(hall, 1)
    hall.hub.open.tick()
    inbox.take()
    sent = [hall.send(str(n)) for n in range(9)]
    assert pushes(inbox) == ["message.created"] * 5
    hall.call("open_channels.update", channel_url=HALL, name="New")
    skipped, updated = (frame["push"]["pub"] for frame in inbox.take())
    told = {"type": "messages.skipped", "channel_url": HALL, "count": 4}
    assert skipped["data"] == told | {"first_message_id": sent[5], "last_message_id": sent[8]}
    assert skipped["offset"] == sent[8] < updated["offset"]
    hall.send()
    hall.hub.open.tick()
    assert [frame["push"]["pub"]["data"]["count"] for frame in inbox.take()] == [1]


async def test_the_rate_is_of_any_second(hall: Hall, mock_clock: trio.testing.MockClock) -> None:
    (inbox,) = crowd(hall, 1)
    hall.hub.open.tick()
    inbox.take()
    for _ in range(20):
        hall.send()
        mock_clock.jump(0.1)
    assert pushes(inbox).count("message.created") == 10


async def test_who_is_too_far_behind_subscribes_anew_and_recovers(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(open_channels, "RECEIVERS_PER_SLICE", 1)
    monkeypatch.setattr(open_channels, "MAX_WAITING", 2)
    inboxes = crowd(hall, 3)
    first = hall.send()
    for n in range(4):
        hall.call("open_channels.update", channel_url=HALL, name=str(n))
    async with trio.open_nursery() as nursery:
        nursery.start_soon(hall.hub.open.tell_forever)
        await trio.testing.wait_all_tasks_blocked()
        nursery.cancel_scope.cancel()
    assert [pushes(inbox)[-1] for inbox in inboxes] == [2500] * 3
    assert hall.hub.open.subscriptions() == 0
    hall.enter(inboxes[0], recover=True, offset=first - 1)
    assert len(inboxes[0].take()[0]["subscribe"]["publications"]) == 5


async def test_the_end_of_a_channel_ends_its_subscriptions(hall: Hall) -> None:
    inboxes = crowd(hall, 2)
    hall.call("open_channels.delete", channel_url=HALL)
    assert [pushes(inbox)[-2:] for inbox in inboxes] == [["channel.deleted", 2000]] * 2
    hall.enter(inboxes[0])
    assert inboxes[0].take()[0]["error"]["code"] == 102
    hall.call("open_channels.create", channel_url=HALL)
    hall.enter(inboxes[0])
    assert "subscribe" in inboxes[0].take()[0]
    assert hall.hub.open.subscriptions() == 1


async def test_who_may_be_in_it_no_longer_is_told_and_hears_nothing_more(hall: Hall) -> None:
    banned, other, stays = (hall.client(user) for user in (0, 0, 1))
    for inbox in (banned, other, stays):
        hall.enter(inbox)
        inbox.take()
    hall.hub.open.expel(hall.application, hall.number, (banned.connection, other.connection))
    assert hall.hub.open.count(hall.application, hall.number) == 1
    hall.send(user=1)
    assert [pushes(inbox) for inbox in (banned, other)] == [[2000], [2000]]
    assert pushes(stays) == ["message.created"]


async def test_a_ban_ends_every_subscription_of_a_user_and_lets_nobody_in_again(hall: Hall) -> None:
    banned, other, stays = (hall.client(user) for user in (0, 0, 1))
    for inbox in (banned, other, stays):
        hall.enter(inbox)
        inbox.take()
    hall.call("bans.add", channel_url=HALL, user_id=hall.users[0], seconds=60)
    assert [pushes(inbox) for inbox in (banned, other)] == [["user.banned", 2000]] * 2
    hall.send(user=1)
    assert pushes(stays) == ["user.banned", "message.created"]
    assert hall.hub.open.count(hall.application, hall.number) == 1
    banned.take()
    hall.enter(banned)
    assert banned.take()[0]["error"]["code"] == 103
    hall.call("bans.remove", channel_url=HALL, user_id=hall.users[0])
    hall.enter(banned)
    assert "subscribe" in banned.take()[-1]


async def test_who_comes_and_goes_is_told_together_and_by_user(hall: Hall) -> None:
    watcher, twice, again, passing = (hall.client(user) for user in (0, 1, 1, 2))
    hall.enter(watcher)
    hall.hub.open.tick()
    watcher.take()
    for inbox in (twice, again, passing):
        hall.enter(inbox)
    hall.exit(passing)
    hall.hub.open.tick()
    (told,) = (frame["push"]["pub"] for frame in watcher.take())
    assert "offset" not in told
    assert told["data"]["participant_count"] == 2
    assert [user["user_id"] for user in told["data"]["entered"]] == ["user1"]
    assert told["data"]["exited"] == []
    hall.exit(twice)
    hall.hub.open.tick()
    assert watcher.take() == []
    hall.hub.leave(again.connection)
    hall.hub.open.tick()
    (told,) = (frame["push"]["pub"] for frame in watcher.take())
    assert [user["user_id"] for user in told["data"]["exited"]] == ["user1"]


async def test_a_large_audience_is_told_its_number_now_and_then(
    hall: Hall, monkeypatch: pytest.MonkeyPatch, mock_clock: trio.testing.MockClock
) -> None:
    monkeypatch.setattr(participants, "SMALL_CHANNEL", 2)
    watcher, *others = (hall.client(user) for user in range(4))
    hall.enter(watcher)
    hall.hub.open.tick()
    watcher.take()
    told = []
    for n in range(30):
        mock_clock.jump(1.0)
        (hall.exit if n % 2 else hall.enter)(others[2])
        hall.enter(others[n % 2])
        hall.hub.open.tick()
        told += [frame["push"]["pub"]["data"] for frame in watcher.take()]
    assert [set(data) for data in told[1:]] == [{"type", "channel_url", "participant_count"}] * len(told[1:])
    assert 1 <= len(told) <= 5


async def test_a_client_may_be_in_so_many_and_in_each_once(hall: Hall) -> None:
    inbox = hall.client()
    hall.enter(inbox)
    hall.enter(inbox)
    assert inbox.take()[-1]["error"]["code"] == 105
    for n in range(3):
        hall.call("open_channels.create", channel_url=f"room{n}")
        hall.enter(inbox, channel=f"open:room{n}")
    assert [frame.get("error", {}).get("code") for frame in inbox.take()] == [None, None, 106]


async def test_presence_is_of_those_who_are_in_it(hall: Hall) -> None:
    one, two, stranger = hall.client(0), hall.client(0), hall.client(1)
    for inbox in (one, two):
        hall.enter(inbox)
        inbox.take()
    assert hall.ask(one, "presence_stats")["presence_stats"] == {"num_clients": 2, "num_users": 1}
    clients = hall.ask(one, "presence")["presence"]["presence"]
    assert clients == {
        each.connection.client_id: {"user": "user0", "client": each.connection.client_id} for each in (one, two)
    }
    assert hall.ask(stranger, "presence")["error"]["code"] == 103
    assert hall.ask(stranger, "presence_stats")["error"]["code"] == 103


async def test_a_client_in_no_open_channel_costs_nothing(hall: Hall) -> None:
    inbox = hall.client()
    assert hall.hub.open.of(inbox.connection) is hall.hub.open.of(hall.client().connection)
    hall.enter(inbox)
    hall.exit(inbox)
    assert (hall.hub.open.of(inbox.connection), hall.hub.open.subscriptions()) == ((), 0)
