"""What was imported keeps its own time."""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace

from chatd import events
from chatd.domain.fold.stored import current_message
from chatd.domain.stream import emit
from chatd.domain.upkeep.verify import verify
from chatd.model import Channel, Message, User
from chatd.store import tables
from chatd.store.findings import Findings
from chatd.store.transaction import Transaction
from tests.domain.conftest import World

OLD = 1_500_000_000_000
USER = User(0, "old", "Old", "", OLD)
CHANNEL = Channel(0, "archive", "", "", "", "", OLD + 1, 0)


def numbers(txn: Transaction) -> tuple[int, int]:
    user = txn.get(tables.USER_IDS, "old")
    channel = txn.get(tables.CHANNEL_URLS, "archive")
    assert user
    assert channel
    return user, channel


def begin(txn: Transaction) -> None:
    emit(txn, events.UserCreated(USER))
    user = txn.require(tables.USER_IDS, "old")
    emit(txn, events.ChannelCreated(CHANNEL, (user,)))


def send(txn: Transaction, text: str, created_at: int, **more: Any) -> int:
    user, channel = numbers(txn)
    ordinal = txn.require(tables.CHANNEL_STATES, channel).ordinal + 1
    emit(txn, events.MessageSent(replace(Message(0, channel, user, ordinal, created_at, text), **more)))
    return txn.head.sequence


def test_everything_that_shows_a_time_shows_its_own(world: World) -> None:
    world.users("ann")
    world.store.write_now(1, begin)
    second = world.store.write_now(1, send, "second", OLD + 20)
    first = world.store.write_now(1, send, "first", OLD + 10)
    reply = world.store.write_now(1, send, "reply", OLD + 30, parent=second)
    world.store.refresh()

    assert world.backend("users.view", user_id="old")["created_at"] == OLD // 1000
    channel = world.backend("channels.view", channel_url="archive")
    assert channel["created_at"] == (OLD + 1) // 1000
    assert channel["last_message"]["message_id"] == reply
    listed = world.backend("messages.list", channel_url="archive", message_ts=OLD + 15, include_thread_info=True)
    assert [(each["message_id"], each["created_at"]) for each in listed["messages"]] == [
        (first, OLD + 10),
        (second, OLD + 20),
    ]
    assert listed["messages"][1]["thread_info"]["last_replied_at"] == OLD + 30
    assert current_time(world, second) == OLD + 20
    found = Findings()
    verify(world.store, found, lambda _: None)
    assert not found, found.examples


def test_what_comes_live_comes_after(world: World) -> None:
    world.store.write_now(1, begin)
    world.store.write_now(1, send, "old", OLD + 10)
    world.store.refresh()
    live = world.backend("messages.send", channel_url="archive", user_id="old", message="live")
    older = world.store.write_now(1, send, "older", OLD + 5)
    world.store.refresh()
    assert live["created_at"] > OLD + 10
    assert older > live["message_id"]
    assert world.backend("channels.view", channel_url="archive")["last_message"] == live
    world.backend("messages.delete", channel_url="archive", message_id=live["message_id"])
    last = world.backend("channels.view", channel_url="archive")["last_message"]
    assert last["message"] == "old"


def current_time(world: World, message_id: int) -> int:
    message = world.store.read(1, current_message, message_id)
    assert message is not None
    return message.created_at
