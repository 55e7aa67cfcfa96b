"""Messages that a filter has acted upon: which they are, and that they go with the messages."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

import pytest

from chatd.domain.upkeep.purge import purge
from chatd.errors import MessageBlocked, NotFound
from chatd.store import tables
from tests.domain.conftest import World
from tests.domain.test_sanctions import rows
from tests.domain.test_verify import findings_of

PLACES = ["room1", "hall1"]


@pytest.fixture
def room(world: World) -> World:
    world.users("ann", "bob")
    world.client("ann", "channels.create", channel_url="room1", user_ids=["bob"])
    world.client("ann", "open_channels.create", channel_url="hall1")
    world.backend("moderation.update", profanity_filter={"type": 1, "keywords": ["slug"]})
    return world


def send(world: World, user_id: str, channel_url: str, message: str) -> int:
    number: int = world.client(user_id, "messages.send", channel_url=channel_url, message=message)["message_id"]
    return number


def listed(world: World, channel_url: str, message_ts: int = 2**53, **more: Any) -> list[str]:
    found = world.backend("filtered_messages.list", channel_url=channel_url, message_ts=message_ts, **more)
    return [each["message"] for each in found["messages"]]


@pytest.mark.parametrize("channel_url", PLACES)
def test_what_was_changed_or_noticed_is_listed_and_nothing_else(room: World, channel_url: str) -> None:
    send(room, "bob", channel_url, "fine")
    number = send(room, "bob", channel_url, "a slug")
    edited = send(room, "ann", channel_url, "good")
    room.client("ann", "messages.update", channel_url=channel_url, message_id=edited, message="my slug")
    room.backend("moderation.update", profanity_filter={"type": 3})
    send(room, "bob", channel_url, "one slug")
    room.backend("moderation.update", profanity_filter={"type": 2})
    with suppress(MessageBlocked):
        send(room, "bob", channel_url, "refused slug")
    assert listed(room, channel_url) == ["a ****", "my ****", "one slug"]
    assert listed(room, channel_url, prev_limit=1) == ["one slug"]
    assert listed(room, channel_url, 0, next_limit=2) == ["a ****", "my ****"]
    assert listed(room, channel_url, user_id="ann") == ["my ****"]
    view = room.backend("filtered_messages.view", channel_url=channel_url, message_id=number)
    assert view["message"] == "a ****"
    other = send(room, "ann", channel_url, "good too")
    with pytest.raises(NotFound):
        room.backend("filtered_messages.view", channel_url=channel_url, message_id=other)


def test_a_deleted_message_is_in_the_list_no_more(room: World) -> None:
    number = send(room, "bob", "room1", "a slug")
    room.client("bob", "messages.delete", channel_url="room1", message_id=number)
    assert listed(room, "room1") == []
    assert rows(room, tables.FILTERED) == [0]
    assert not findings_of(room.store)


def test_with_a_channel_all_of_them_go(room: World) -> None:
    for _ in range(3):
        send(room, "bob", "room1", "a slug")
    room.client("ann", "channels.delete", channel_url="room1")
    while room.write(purge, 2):
        assert not findings_of(room.store)
    assert rows(room, tables.FILTERED) == [0]
