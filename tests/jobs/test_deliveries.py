"""Webhooks are told of what happens: in order, by few connections, again when they fail, and nobody waits for them."""

from __future__ import annotations

import math
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
import trio
import trio.testing

from chatd import ids
from chatd.domain import COMMANDS
from chatd.domain.webhooks import message_payloads
from chatd.jobs import deliveries as job
from chatd.jobs.deliveries import deliver_forever
from chatd.outgoing.client import Client
from chatd.store import tables
from chatd.store.transaction import Transaction
from tests.gateway.test_hub import World, world
from tests.jobs.receiving import Received, Receiver
from tests.jobs.test_retention import until
from tests.outgoing.internet import PUBLIC, Internet

__all__ = ["world"]

NAMES = {"example.org": [PUBLIC], "inside.example": ["10.0.0.1"]}
SEND = "group_channel:message_send"


@pytest.fixture(autouse=True)
def standing_still(world: World, autojump_clock: trio.testing.MockClock, monkeypatch: pytest.MonkeyPatch) -> None:
    """Threads work in real time: while one does, virtual time does not pass."""
    working = 0

    def timeless(function: Callable[..., Awaitable[Any]]) -> Callable[..., Awaitable[Any]]:
        async def run(*args: Any) -> Any:
            nonlocal working
            working += 1
            autojump_clock.autojump_threshold = math.inf
            try:
                return await function(*args)
            finally:
                working -= 1
                if not working:
                    autojump_clock.autojump_threshold = 0

        return run

    monkeypatch.setattr(world.writer, "run", timeless(world.writer.run))
    monkeypatch.setattr(world.store, "read_in_thread", timeless(world.store.read_in_thread))


def call(world: World, name: str, **params: Any) -> Any:
    """A command as another process runs it, noticed at once."""
    result = world.now(name, **params)
    world.hub.catch_up()
    return result


def subscribe(world: World, *categories: str, url: str = "http://example.org/events", **params: Any) -> str:
    settings = call(world, "webhooks.update", enabled=True, url=url, enabled_events=categories, **params)
    return str(settings["webhook"]["secret"])


def send(world: World, text: str, channel_url: str = "kitchen") -> None:
    call(world, "messages.send", channel_url=channel_url, user_id="ann", message=text)


def begin(world: World, nursery: trio.Nursery, receiver: Receiver) -> Internet:
    internet = Internet(nursery, NAMES, {PUBLIC: receiver.serve, "10.0.0.1": receiver.serve})
    nursery.start_soon(
        deliver_forever, world.store, world.writer, Client(internet, 5, trusted={"http://example.org:8080"})
    )
    return internet


def attempts(world: World) -> list[dict[str, Any]]:
    """What was attempted, as the loop sees it: nothing is under way then that it has not been told of."""
    command = COMMANDS["deliveries.list_attempts"]
    answer = world.store.read(world.application, command.function, world.backend, command.parse({}))
    found: list[dict[str, Any]] = answer["attempts"]
    return found


def waiting(world: World) -> int:
    def count(txn: Transaction) -> int:
        return sum(1 for _ in txn.scan(tables.DELIVERIES))

    return world.store.read(world.application, count)


async def test_what_happens_is_told_signed_and_in_order(
    world: World, nursery: trio.Nursery, autojump_clock: trio.testing.MockClock
) -> None:
    receiver = Receiver()
    secret = subscribe(world, SEND, url="http://example.org:8080/events?a=b")
    for n in range(120):
        send(world, str(n))
    internet = begin(world, nursery, receiver)
    await until(lambda: len(receiver.received) == 120)
    assert receiver.messages() == [str(n) for n in range(120)]
    assert all(each.is_signed(secret) and each.retry == 0 for each in receiver.received)
    assert len({each.headers["x-chatd-delivery"] for each in receiver.received}) == 120
    assert receiver.received[0].headers["host"] == "example.org:8080"
    assert internet.dialled[0] == (PUBLIC, 8080)
    await until(lambda: waiting(world) == 0)
    nursery.cancel_scope.cancel()


async def test_channels_go_side_by_side_and_one_that_fails_holds_up_no_other(
    world: World, nursery: trio.Nursery, autojump_clock: trio.testing.MockClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(job, "LANES_AT_ONCE", 3)
    for n in range(6):
        world.now("channels.create", user_ids=["ann"], channel_url=f"room{n}")
    is_away = True

    def status(received: Received) -> int:
        return 0 if is_away and received.payload["channel"]["channel_url"] == "room0" else 200

    receiver = Receiver(status)
    subscribe(world, SEND)
    for n in range(18):
        send(world, str(n), f"room{n % 6}")
    begin(world, nursery, receiver)
    await until(lambda: len(receiver.received) == 16)
    assert 1 < receiver.most_at_once <= 3
    assert receiver.messages().count("0") == 1
    # Its next attempt is put off from when this one has failed.
    await until(lambda: 0 in [each["status"] for each in attempts(world)])
    is_away = False
    later = ids.now_ms() + 6_000
    monkeypatch.setattr(ids, "now_ms", lambda: later)
    await until(lambda: waiting(world) == 0)
    assert [each.retry for each in receiver.received if each.payload["payload"]["message"] == "0"] == [0, 1]
    told = [int(text) for text in receiver.messages() if int(text) % 6 == 0]
    assert told == [0, 0, 6, 12]
    nursery.cancel_scope.cancel()


@pytest.mark.parametrize("status", [301, 400, 404, 500])
async def test_any_other_answer_is_no_delivery_and_no_redirect_is_followed(
    world: World, nursery: trio.Nursery, autojump_clock: trio.testing.MockClock, status: int
) -> None:
    receiver = Receiver(lambda received: status)
    subscribe(world, SEND)
    send(world, "one")
    begin(world, nursery, receiver)
    await until(lambda: attempts(world))
    assert [(each["status"], each["attempt"]) for each in attempts(world)] == [(status, 1)]
    assert (waiting(world), len(receiver.received)) == (1, 1)
    nursery.cancel_scope.cancel()


async def test_hosts_that_are_not_public_are_not_asked(
    world: World, nursery: trio.Nursery, autojump_clock: trio.testing.MockClock
) -> None:
    receiver = Receiver()
    internet = begin(world, nursery, receiver)
    for count, url in enumerate(("http://inside.example/", "http://127.0.0.1:8000/", "http://[::1]/", "http://a/"), 1):
        subscribe(world, SEND, url=url)
        call(world, "webhooks.test")
        await until(lambda count=count: len(attempts(world)) == count)  # type: ignore[misc]
    assert {each["status"] for each in attempts(world)} == {0}
    assert internet.dialled == []
    nursery.cancel_scope.cancel()


async def test_a_test_is_sent_though_the_webhook_is_off_and_what_waited_is_forgotten(
    world: World, nursery: trio.Nursery, autojump_clock: trio.testing.MockClock
) -> None:
    receiver = Receiver(lambda received: 500)
    subscribe(world, SEND)
    send(world, "one")
    begin(world, nursery, receiver)
    await until(lambda: len(attempts(world)) == 1)
    call(world, "webhooks.update", enabled=False)
    call(world, "webhooks.test")
    send(world, "two")
    await until(lambda: len(attempts(world)) == 2)
    await until(lambda: waiting(world) == 0)
    assert [each.payload["category"] for each in receiver.received] == [SEND, "test"]
    nursery.cancel_scope.cancel()


async def test_a_mistake_of_ours_reaches_nobody_else(
    world: World, nursery: trio.Nursery, autojump_clock: trio.testing.MockClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = message_payloads.message_type

    def broken(message: Any) -> str:
        assert message.text != "broken"
        return real(message)

    monkeypatch.setattr(message_payloads, "message_type", broken)
    world.now("channels.create", user_ids=["ann"], channel_url="pantry")
    receiver = Receiver()
    subscribe(world, SEND)
    send(world, "broken")
    send(world, "whole", "pantry")
    begin(world, nursery, receiver)
    await until(lambda: len(attempts(world)) == 2)
    assert receiver.messages() == ["whole"]
    assert {each["reason"] for each in attempts(world)} == {"", "The server made a mistake."}
    nursery.cancel_scope.cancel()
