"""Pinned messages: who may, how many, and that they go with their messages."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from chatd import events
from chatd.domain import stream
from chatd.domain.channels.access import find_channel
from chatd.errors import Forbidden, LimitExceeded, NotFound, Unacceptable
from chatd.store import tables
from chatd.store.transaction import Transaction
from tests.domain.conftest import World
from tests.domain.histories import expire
from tests.domain.test_verify import findings_of

CHANNEL = "tea_time"


@pytest.fixture
def tea(world: World) -> World:
    world.users("ann", "bob", "cid")
    world.backend("channels.create", channel_url=CHANNEL, user_ids=["ann", "bob"], operator_ids=["ann"])
    return world


def send(tea: World, user_id: str = "ann", **more: Any) -> int:
    message_id: int = tea.client(user_id, "messages.send", channel_url=CHANNEL, message="tea?", **more)["message_id"]
    return message_id


def pin(tea: World, message_id: int, user_id: str = "ann", verb: str = "pin") -> Any:
    return tea.client(user_id, f"messages.{verb}", channel_url=CHANNEL, message_id=message_id)


def pinned(tea: World) -> list[int]:
    ids = [
        each["message"]["message_id"] for each in tea.client("bob", "pins.list", channel_url=CHANNEL)["pinned_messages"]
    ]
    channel = tea.client("bob", "channels.view", channel_url=CHANNEL)
    assert channel["pinned_message_ids"] == ids
    latest = channel["latest_pinned_message"]
    assert (latest and latest["message_id"]) == (ids[-1] if ids else None)
    return ids


def test_pins_are_in_the_order_of_pinning(tea: World) -> None:
    first, second = send(tea), send(tea)
    assert pin(tea, second)["pinned_message_ids"] == [second]
    pin(tea, first)
    assert pinned(tea) == [second, first]
    told = tea.told[-1].data
    assert (told["type"], told["message_id"], told["user_id"]) == ("message.pinned", first, "ann")
    assert told["pinned_message_ids"] == [second, first]
    assert told["latest_pinned_message"]["message_id"] == first
    assert pin(tea, second, verb="unpin")["pinned_message_ids"] == [first]
    assert (tea.told[-1].data["type"], tea.told[-1].data["pinned_message_ids"]) == ("message.unpinned", [first])
    count = len(tea.told)
    pin(tea, second, verb="unpin")
    pin(tea, first)
    assert len(tea.told) == count
    assert not findings_of(tea.store)


def test_a_message_is_pinned_as_it_is_sent(tea: World) -> None:
    sent = send(tea, pin_message=True)
    assert pinned(tea) == [sent]
    with pytest.raises(Forbidden):
        send(tea, "bob", pin_message=True)
    assert tea.backend("messages.count", channel_url=CHANNEL)["total"] == 1


def test_operators_pin_and_everybody_where_there_are_none(tea: World) -> None:
    message = send(tea)
    for user_id, error in (("bob", Forbidden), ("cid", NotFound)):
        for verb in ("pin", "unpin"):
            with pytest.raises(error):
                pin(tea, message, user_id, verb)
    with pytest.raises(NotFound):
        tea.client("cid", "pins.list", channel_url=CHANNEL)
    tea.backend("messages.pin", channel_url=CHANNEL, message_id=message)
    assert "user_id" not in tea.told[-1].data
    assert tea.client("bob", "pins.list", channel_url=CHANNEL)["pinned_messages"][0]["user_id"] == ""
    tea.backend("channels.create", channel_url="flat", user_ids=["ann", "bob"])
    flat = tea.client("ann", "messages.send", channel_url="flat", message="hi")["message_id"]
    tea.client("bob", "messages.pin", channel_url="flat", message_id=flat)
    with pytest.raises(NotFound):
        tea.client("bob", "messages.pin", channel_url="flat", message_id=message)


def test_a_channel_has_ten(tea: World) -> None:
    for _ in range(10):
        send(tea, pin_message=True)
    one_more = send(tea)
    with pytest.raises(LimitExceeded):
        pin(tea, one_more)
    with pytest.raises(LimitExceeded):
        send(tea, pin_message=True)
    pin(tea, pinned(tea)[0], verb="unpin")
    pin(tea, one_more)
    assert len(pinned(tea)) == 10


@pytest.mark.parametrize("kind", ["is_super", "is_ephemeral"])
def test_some_channels_have_none(tea: World, kind: str) -> None:
    message = send(tea)

    def change(txn: Transaction) -> None:
        stream.emit(txn, events.ChannelUpdated(replace(find_channel(txn, CHANNEL), **{kind: True})))

    tea.write(change)
    with pytest.raises(Unacceptable):
        pin(tea, message)


def test_a_pin_goes_with_its_message(tea: World) -> None:
    deleted, expired, kept = send(tea), send(tea), send(tea)
    for each in (deleted, expired, kept):
        pin(tea, each)
    tea.client("ann", "messages.delete", channel_url=CHANNEL, message_id=deleted)
    assert pinned(tea) == [expired, kept]
    expire(tea, CHANNEL, 1)
    assert pinned(tea) == [kept]
    assert not findings_of(tea.store)
    tea.client("ann", "channels.delete", channel_url=CHANNEL)
    assert tea.store.read(tea.application, lambda txn: list(txn.scan(tables.PINS))) == []
    assert not findings_of(tea.store)
