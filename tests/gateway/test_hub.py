"""The hub: what it tells agrees with what clients have read, whoever commits and however late the loop is."""

from __future__ import annotations

import json
import threading
from collections.abc import AsyncIterator, Callable, Collection
from functools import partial
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import trio

from chatd.domain import COMMANDS, stream
from chatd.domain.tenants import applications, unlisted
from chatd.domain.users.people import find_user
from chatd.errors import ChatdError
from chatd.gateway import hub
from chatd.gateway.connection import Connection, State
from chatd.gateway.counters import Counters
from chatd.gateway.hub import Hub
from chatd.jobs import follow
from chatd.model import Actor
from chatd.store.store import Store
from chatd.store.writer import Writer
from chatd.wire.codecs import WEBSOCKET_JSON
from chatd.wire.codes import Disconnect

PATIENCE_SECONDS = 10
# The year 2100, in milliseconds.
EXPIRES_AT = 4102444800000


class World:
    """A hub and a writer of one commit per command, over an application with ann and bob in one channel."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.told: list[tuple[Connection, int, str]] = []
        self.hub = Hub(store, Counters(), self._owe_all, self._close)
        self.writer = Writer(store, self.hub.publish, group=1)
        self.application = store.write_now(0, applications.create, "test").number
        self.backend = Actor(self.application, None, None)
        for user_id in ("ann", "bob"):
            self.now("users.create", user_id=user_id, nickname=user_id)
        self.now("channels.create", user_ids=["ann", "bob"], channel_url="kitchen")
        store.refresh()

    def now(self, name: str, **params: Any) -> Any:
        """A commit as another process makes it."""
        command = COMMANDS[name]
        return self.store.write_now(self.application, command.function, self.backend, command.parse(params))

    def submit(self, name: str, done: Callable[[], None] = lambda: None, **params: Any) -> None:
        """A command for the writer; `done` is called when it has been published."""
        command = COMMANDS[name]

        def told(result: Any, error: ChatdError | None) -> None:
            assert error is None
            done()

        self.writer.submit(self.application, command.function, (self.backend, command.parse(params)), told)

    def client(self, user_id: str, software: str = "") -> Connection:
        """A connection that has entered and subscribed."""
        connection = Connection(0, 0, WEBSOCKET_JSON)
        number = self.store.read(self.application, find_user, user_id).number
        connection.actor = Actor(self.application, number, user_id)
        connection.state = State.OPEN
        connection.software = software
        self.hub.enter(connection)
        self.hub.subscribe(connection)
        return connection

    def head(self) -> int:
        return self.store.read(self.application, stream.top).sequence

    def offsets(self, connection: Connection) -> list[int]:
        return [offset for receiver, offset, _ in self.told if receiver is connection]

    def kinds(self, connection: Connection) -> list[str]:
        return [kind for receiver, _, kind in self.told if receiver is connection]

    def _owe_all(self, connections: Collection[Connection], encode: Callable[[ModuleType], bytes]) -> None:
        frame = encode(WEBSOCKET_JSON)
        publication = json.loads(frame[frame.index(b"{") :])["push"]["pub"]
        for connection in connections:
            assert connection.state is State.OPEN
            self.told.append((connection, publication.get("offset", 0), publication["data"]["type"]))

    def _close(self, connection: Connection, why: Disconnect) -> None:
        connection.state = State.CLOSING
        self.hub.leave(connection)


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    store = Store.open(tmp_path / "data", 64 * 2**20)
    found = World(store)
    async with trio.open_nursery() as nursery:
        await nursery.start(found.writer.serve)
        yield found
        nursery.cancel_scope.cancel()
    store.close()


def commit_all(world: World, *commands: Callable[[], None]) -> None:
    """Submit commands and hold the loop until the writer's thread has committed all of them."""
    committed = threading.Event()
    last = partial(world.writer.submit, world.application, lambda txn: committed.set(), (), lambda result, error: None)
    for command in (*commands, last):
        command()
        # The loop would do it in its next turn.
        world.writer._put_new()
    assert committed.wait(PATIENCE_SECONDS)


async def drained(world: World) -> None:
    with trio.fail_after(PATIENCE_SECONDS):
        while world.writer.depth:
            await trio.lowlevel.checkpoint()


async def test_who_subscribes_between_two_groups_is_told_nothing_twice(world: World) -> None:
    late: list[tuple[int, Connection]] = []

    def subscribe() -> None:
        late.append((world.head(), world.client("bob")))

    def send(n: int, done: Callable[[], None]) -> None:
        world.submit("messages.send", done, channel_url="kitchen", user_id="ann", message=str(n))

    early = world.client("ann")
    before = world.head()
    commit_all(world, *(lambda n=n: send(n, subscribe) for n in range(3)))
    await drained(world)
    assert world.offsets(early) == [before + 1, before + 2, before + 3]
    assert [position for position, _ in late] == [before + 1, before + 2, before + 3]
    assert [world.offsets(client) for _, client in late] == [[before + 2, before + 3], [before + 3], []]


def log_in(world: World, user_id: str) -> Connection:
    """A connection with a session that another process made, and that a commit for somebody else made visible."""
    expires_at = world.now("sessions.issue", user_id=user_id, expires_at=EXPIRES_AT)["expires_at"]
    world.store.refresh()
    connection = world.client(user_id)
    connection.expires_at = expires_at
    return connection


async def test_who_logs_in_after_the_sessions_ended_stays_also_when_the_end_is_noticed_late(world: World) -> None:
    before, other = log_in(world, "ann"), log_in(world, "bob")
    world.now("sessions.revoke", user_id="ann")
    after = log_in(world, "ann")
    assert after.expires_at == before.expires_at
    world.hub.catch_up()
    assert [each.state for each in (before, other, after)] == [State.CLOSING, State.OPEN, State.OPEN]


async def test_who_comes_when_the_snapshot_has_what_nobody_published_is_told_nothing_twice(world: World) -> None:
    there, entered = world.client("ann"), world.client("bob")
    world.hub.unsubscribe(entered)
    for n in range(2):
        world.now("messages.send", channel_url="kitchen", user_id="ann", message=str(n))
    world.store.refresh()
    world.hub.subscribe(entered)
    world.now("messages.send", channel_url="kitchen", user_id="ann", message="2")
    world.store.refresh()
    new = world.client("bob")
    world.hub.catch_up()
    head = world.head()
    assert [world.offsets(each) for each in (there, entered, new)] == [[head - 2, head - 1, head], [head], []]


async def test_foreign_commits_are_told_though_the_writer_never_rests(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(follow, "INTERVAL_SECONDS", 0.01)
    ann = log_in(world, "ann")
    world.hub.catch_up()
    first, last = threading.Event(), threading.Event()
    world.now("sessions.revoke", user_id="ann")
    hold(world, first)
    async with trio.open_nursery() as nursery:
        nursery.start_soon(follow.follow_forever, world.store, world.writer, world.hub)
        with trio.fail_after(PATIENCE_SECONDS):
            while world.writer.depth < 2:
                await trio.sleep(0.001)
            hold(world, last)
            first.set()
            while ann.state is State.OPEN:
                assert world.writer.depth > 0
                await trio.sleep(0.001)
        nursery.cancel_scope.cancel()
    last.set()


def hold(world: World, released: threading.Event) -> None:
    """Keep the writer busy."""
    world.writer.submit(world.application, lambda txn: released.wait(PATIENCE_SECONDS), (), lambda result, error: None)


async def test_of_an_import_nobody_is_told_event_by_event(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hub, "MAX_FILLED", 5)
    ann = world.client("ann")
    for n in range(2):
        for m in range(6):
            world.now("messages.send", channel_url="kitchen", user_id="bob", message=f"{n} {m}")
        world.hub.catch_up()
        assert (ann.state, world.offsets(ann)) == (State.OPEN, [])
    # What is sent meanwhile is told.
    world.submit("messages.send", channel_url="kitchen", user_id="bob", message="live")
    await drained(world)
    assert world.offsets(ann) == [world.head()]
    world.hub.catch_up()
    assert ann.state is State.CLOSING
    back = world.client("ann")
    world.now("messages.send", channel_url="kitchen", user_id="bob", message="after")
    world.hub.catch_up()
    assert (back.state, world.offsets(back)) == (State.OPEN, [world.head()])


async def test_who_is_connected_to_an_application_that_is_deleted_is_cut_off(world: World) -> None:
    ann = world.client("ann")
    world.hub.catch_up()
    assert ann.state is State.OPEN
    world.store.write_now(0, unlisted.dismiss, "test")
    world.hub.catch_up()
    assert ann.state is State.CLOSING
