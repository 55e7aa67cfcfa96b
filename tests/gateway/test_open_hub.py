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
from chatd.gateway import open_channels
from tests.domain.conftest import MEMORY
from tests.gateway.hall import HALL, Hall, Inbox

LONG = 60.0


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
