"""Webhooks are told of what happens: in order, by few connections, again when they fail, and nobody waits for them."""

from __future__ import annotations

from typing import Any

import pytest
import trio
import trio.testing
from trio.abc import Stream

from chatd import events, ids
from chatd.domain import COMMANDS
from chatd.domain.stream import emit
from chatd.domain.webhooks import message_payloads
from chatd.jobs import deliveries as job
from chatd.jobs.deliveries import deliver_forever
from chatd.model import Message
from chatd.outgoing.client import Client
from chatd.store import tables
from chatd.store.transaction import Transaction
from tests.gateway.test_hub import World
from tests.jobs.receiving import Received, Receiver
from tests.jobs.still import moving, until, world
from tests.outgoing.internet import PUBLIC, Internet

__all__ = ["moving", "world"]

NAMES = {"example.org": [PUBLIC], "inside.example": ["10.0.0.1"]}
SEND = "group_channel:message_send"


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


def attempts(world: World, bot_userid: str = "") -> list[dict[str, Any]]:
    """What was attempted, as the loop sees it: nothing is under way then that it has not been told of."""
    command = COMMANDS["deliveries.list_attempts"]
    answer = world.store.read(
        world.application, command.function, world.backend, command.parse({"bot_userid": bot_userid})
    )
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


def bot(world: World, **more: Any) -> str:
    """A bot in the kitchen; the token that signs what it is told."""
    callback: dict[str, Any] = {
        "bot_callback_url": "http://example.org/robot",
        "is_privacy_mode": False,
        "bot_userid": "robot",
    } | more
    made = call(world, "bots.create", bot_nickname="R", bot_profile_url="", bot_type="x", **callback)
    call(world, "bots.join", bot_userid=callback["bot_userid"], channel_urls=["kitchen"])
    return str(made["bot"]["bot_token"])


def imported(txn: Transaction, created_at: int) -> None:
    channel, user = txn.get(tables.CHANNEL_URLS, "kitchen"), txn.get(tables.USER_IDS, "ann")
    assert channel is not None
    assert user is not None
    ordinal = txn.require(tables.CHANNEL_STATES, channel).ordinal
    emit(txn, events.MessageSent(Message(0, channel, user, ordinal, created_at, "of old", is_silent=True)))


def unread(world: World) -> int:
    counts = world.now("channels.unread_count", channel_url="kitchen", user_ids=["robot"])["unread"]
    return int(counts["robot"])


async def test_a_bot_is_told_of_messages_signed_and_has_read_them(
    world: World, nursery: trio.Nursery, autojump_clock: trio.testing.MockClock
) -> None:
    receiver = Receiver()
    token = bot(world)
    call(world, "messages.send", channel_url="kitchen", user_id="robot", message="by itself")
    send(world, "one")
    yesterday = ids.now_ms() - 90_000_000
    world.store.write_now(world.application, imported, yesterday)
    world.hub.catch_up()
    assert unread(world) == 1
    begin(world, nursery, receiver)
    await until(lambda: attempts(world, "robot"))
    (told,) = receiver.received
    assert told.is_signed(token)
    assert (told.payload["category"], told.payload["message"]["text"]) == ("bot_message_notification", "one")
    assert unread(world) == 0
    nursery.cancel_scope.cancel()


async def test_a_bot_that_is_gone_is_told_nothing_more(
    world: World, nursery: trio.Nursery, autojump_clock: trio.testing.MockClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    receiver = Receiver(lambda received: 500)
    bot(world)
    send(world, "one")
    begin(world, nursery, receiver)
    await until(lambda: attempts(world, "robot"))
    assert waiting(world) == 1
    call(world, "bots.delete", bot_userid="robot")
    later = ids.now_ms() + 6_000
    monkeypatch.setattr(ids, "now_ms", lambda: later)
    await until(lambda: waiting(world) == 0)
    assert len(receiver.received) == 1
    assert world.store.read(world.application, lambda txn: list(txn.scan(tables.DELIVERY_ATTEMPTS))) == []
    nursery.cancel_scope.cancel()


async def test_a_bot_is_told_nothing_of_a_channel_that_it_has_left_or_when_it_was_not_there(
    world: World, nursery: trio.Nursery, autojump_clock: trio.testing.MockClock
) -> None:
    receiver = Receiver()
    bot(world)
    send(world, "before it left")
    call(world, "bots.leave", bot_userid="robot", channel_url="kitchen")
    send(world, "without it")
    call(world, "bots.join", bot_userid="robot", channel_urls=["kitchen"])
    send(world, "with it")
    begin(world, nursery, receiver)
    await until(lambda: attempts(world, "robot"))
    await until(lambda: waiting(world) == 0)
    assert [each.payload["message"]["text"] for each in receiver.received] == ["with it"]
    nursery.cancel_scope.cancel()


class Holding(Receiver):
    """Answers nobody until it is let go."""

    def __init__(self, expected: int) -> None:
        super().__init__()
        self.begun, self.expected = 0, expected
        self.have_begun, self.let_go = trio.Event(), trio.Event()

    async def serve(self, stream: Stream) -> None:
        self.begun += 1
        if self.begun == self.expected:
            self.have_begun.set()
        await self.let_go.wait()
        await super().serve(stream)


async def test_bots_of_one_program_are_told_under_names_of_their_own_and_few_at_a_time(
    world: World, nursery: trio.Nursery, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(job, "BOT_LANES_AT_ONCE", 2)
    # Two bots, and the webhook, which waits for no bot.
    receiver = Holding(3)
    for n in range(4):
        bot(world, bot_userid=f"robot{n}")
    subscribe(world, SEND)
    send(world, "one")
    begin(world, nursery, receiver)
    await receiver.have_begun.wait()
    await trio.testing.wait_all_tasks_blocked(0.05)
    assert receiver.begun == 3
    receiver.let_go.set()
    while waiting(world):
        await trio.sleep(0.01)
    assert len({each.headers["x-chatd-delivery"] for each in receiver.received}) == 5
    nursery.cancel_scope.cancel()
