"""What settings say beside filters: lengths, the past, and how much users write in a channel."""

from __future__ import annotations

from typing import Any

import pytest

from chatd.domain.upkeep.purge import purge
from chatd.errors import IncompatibleValues, NotFound, OutOfRange, RateLimited, TooLong, Unacceptable
from chatd.store import tables
from tests.domain.conftest import World
from tests.domain.test_sanctions import later, rows
from tests.domain.test_verify import findings_of

ROOM, HALL, PLAIN = "room1", "hall1", "plain"
TYPED = {"custom_type": "shop"}


@pytest.fixture
def room(world: World) -> World:
    """Channels of ann: a public one of a type and an open one of it, and one of no type."""
    world.users("ann", "bob", "cid")
    world.client("ann", "channels.create", channel_url=ROOM, user_ids=["bob"], is_public=True, **TYPED)
    world.client("ann", "channels.create", channel_url=PLAIN, user_ids=["bob"])
    world.client("ann", "open_channels.create", channel_url=HALL, **TYPED)
    return world


def say(world: World, **settings: Any) -> Any:
    return world.backend("moderation.update", **settings)


def send(world: World, user_id: str, channel_url: str, message: str = "hi", **more: Any) -> Any:
    return world.client(user_id, "messages.send", channel_url=channel_url, message=message, **more)


def texts(world: World, user_id: str, channel_url: str = ROOM) -> list[str]:
    found = world.client(user_id, "messages.list", channel_url=channel_url, message_ts=2**53)["messages"]
    return [each["message"] for each in found]


def test_a_type_says_what_holds_and_else_the_application(room: World) -> None:
    say(room, max_message_length=10, display_past_message=False)
    say(room, max_message_length=20, **TYPED)
    for found, length, shows in (
        (room.backend("moderation.view"), 10, False),
        (room.backend("moderation.view", **TYPED), 20, False),
        (say(room, display_past_message=True, **TYPED), 20, True),
    ):
        assert (found["max_message_length"], found["display_past_message"]) == (length, shows)


@pytest.mark.parametrize(("channel_url", "most"), [(ROOM, 4), (HALL, 4), (PLAIN, 6)])
def test_messages_are_no_longer_than_settings_say(room: World, channel_url: str, most: int) -> None:
    sent = send(room, "ann", channel_url, "x" * 30)["message_id"]
    say(room, max_message_length=6)
    say(room, max_message_length=4, **TYPED)
    fits, too_long = "\N{GRINNING FACE}" * most, "x" * (most + 1)
    send(room, "bob", channel_url, fits)
    for name, params in (
        ("messages.send", {}),
        ("messages.update", {"message_id": sent}),
    ):
        with pytest.raises(TooLong, match=f"{most} characters"):
            room.client("ann", name, channel_url=channel_url, message=too_long, **params)
    with pytest.raises(TooLong):
        room.backend("messages.send", channel_url=channel_url, user_id="bob", message=too_long)
    room.client("ann", "messages.update", channel_url=channel_url, message_id=sent, data="d")
    room.backend("messages.send", channel_url=channel_url, message_type="ADMM", message=too_long)
    viewed = "open_channels.view" if channel_url == HALL else "channels.view"
    assert room.client("bob", viewed, channel_url=channel_url)["max_length_message"] == most


def test_who_comes_sees_what_came_since(room: World) -> None:
    send(room, "ann", ROOM, "before")
    assert texts(room, "cid") == ["before"]
    say(room, display_past_message=False, **TYPED)
    assert texts(room, "cid") == []
    assert room.client("cid", "channels.view", channel_url=ROOM)["last_message"] is None
    joined = room.client("cid", "channels.join", channel_url=ROOM)
    assert joined["last_message"] is None
    assert room.client("cid", "channels.view", channel_url=ROOM)["last_message"] is None
    told = [each.data for each in room.told if each.data.get("type") == "member.joined"]
    assert told[-1]["channel"]["last_message"] is None
    send(room, "ann", ROOM, "after")
    assert texts(room, "cid") == ["after"]
    assert texts(room, "bob") == ["before", "after"]
    mine = room.client("cid", "channels.view", channel_url=ROOM)
    assert mine["last_message"]["message"] == "after"
    assert mine["ts_message_offset"] >= room.client("bob", "channels.view", channel_url=ROOM)["ts_message_offset"] > 0
    assert room.backend("channels.view", channel_url=ROOM)["last_message"]["message"] == "after"
    assert texts(room, "cid", HALL) == []
    send(room, "ann", HALL, "old")
    assert texts(room, "cid", HALL) == ["old"]
    say(room, display_past_message=True, **TYPED)
    assert texts(room, "cid") == ["before", "after"]


@pytest.mark.parametrize(
    ("name", "params"),
    [
        ("messages.view", {}),
        ("messages.copy", {"target_channel_url": ROOM}),
        ("messages.translate", {"target_langs": ["de"]}),
        ("messages.readers", {}),
        ("messages.report", {"report_category": "spam"}),
        ("messages.pin", {}),
        ("reactions.list", {}),
        ("saved.add", {}),
        ("threads.subscribe", {}),
        ("threads.mark_read", {}),
        ("channels.mark_unread", {}),
    ],
)
def test_what_came_before_cannot_be_had_by_its_number(room: World, name: str, params: dict[str, Any]) -> None:
    before = send(room, "ann", ROOM, "before")["message_id"]
    say(room, display_past_message=False, **TYPED)
    room.client("cid", "channels.join", channel_url=ROOM)
    room.backend("operators.add", channel_url=ROOM, operator_ids=["cid"])
    asked = {"channel_url": ROOM, "message_id": before, **params}
    with pytest.raises(NotFound):
        room.client("cid", name, **asked)
    with pytest.raises(NotFound):
        send(room, "cid", ROOM, parent_message_id=before)
    say(room, display_past_message=True, **TYPED)
    room.client("cid", name, **asked)
    assert send(room, "cid", ROOM, parent_message_id=before)["parent_message_id"] == before


def test_a_thread_goes_on_for_who_follows_it_and_has_reset_their_history(room: World) -> None:
    first = send(room, "ann", ROOM, "first")["message_id"]
    place = {"channel_url": ROOM, "message_id": first}
    send(room, "bob", ROOM, parent_message_id=first)
    room.client("bob", "channels.reset_history", channel_url=ROOM)
    send(room, "ann", ROOM, parent_message_id=first)
    (thread,) = room.client("bob", "threads.list")["threads"]
    assert thread["unread_reply_count"] == 1
    assert room.client("bob", "threads.mark_read", **place)["unread_reply_count"] == 0
    assert not room.client("bob", "threads.unsubscribe", **place)["is_followed"]


def test_one_message_of_the_past_is_not_found(room: World) -> None:
    sent = send(room, "ann", ROOM, "before")["message_id"]
    say(room, display_past_message=False)
    room.client("cid", "channels.join", channel_url=ROOM)
    with pytest.raises(NotFound):
        room.client("cid", "messages.view", channel_url=ROOM, message_id=sent)
    room.client("bob", "messages.view", channel_url=ROOM, message_id=sent)


@pytest.mark.parametrize("channel_url", [ROOM, HALL])
def test_a_user_writes_so_much_in_each_channel(room: World, channel_url: str) -> None:
    say(room, user_messages_per_channel=2, user_messages_per_channel_duration=10, **TYPED)
    other = HALL if channel_url == ROOM else ROOM
    for _ in range(2):
        send(room, "bob", channel_url)
    with pytest.raises(RateLimited, match="10 seconds") as refused:
        send(room, "bob", channel_url)
    assert refused.value.retry_after == 10
    for _ in range(3):
        send(room, "ann", channel_url)
        room.backend("messages.send", channel_url=channel_url, user_id="bob", message="hi")
        send(room, "bob", PLAIN)
    send(room, "bob", other)
    later(room, 11, "bob", "messages.send", channel_url=channel_url, message="hi")


def test_what_is_kept_of_it_goes_by_and_by_and_with_the_channel(room: World) -> None:
    room.client("cid", "channels.join", channel_url=ROOM)
    say(room, user_messages_per_channel=1, user_messages_per_channel_duration=10)
    for user_id in ("bob", "cid"):
        send(room, user_id, ROOM)
    later(room, 11, "ann", "messages.send", channel_url=ROOM, message="hi")
    assert rows(room, tables.LAST_IN_CHANNEL) == [1]
    room.client("ann", "channels.delete", channel_url=ROOM)
    while room.write(purge, 2):
        assert not findings_of(room.store)
    assert rows(room, tables.LAST_IN_CHANNEL, tables.DELETED_CHANNELS) == [0, 0]
    say(room, user_messages_per_channel=0, user_messages_per_channel_duration=0)
    send(room, "bob", PLAIN)
    assert rows(room, tables.LAST_IN_CHANNEL) == [0]


def test_pictures_are_not_looked_at_and_that_is_said(room: World) -> None:
    off = {"type": 0, "soft_block": False, "limits": {"adult": 0}, "check_urls": False}
    assert say(room, image_moderation=off)["image_moderation"]["type"] == 0
    for asked in ({"type": 1}, {"limits": {"racy": 3}}, {"check_urls": True}):
        with pytest.raises(Unacceptable, match="image_moderation"):
            say(room, image_moderation=asked)


def test_limits_are_named(room: World) -> None:
    for settings, error in (
        ({"user_messages_per_channel": 5}, IncompatibleValues),
        ({"user_messages_per_channel": 21, "user_messages_per_channel_duration": 1}, OutOfRange),
        ({"max_message_length": 5001}, OutOfRange),
        ({"max_message_length": 0}, OutOfRange),
    ):
        with pytest.raises(error, match=next(iter(settings))):
            say(room, **settings)
