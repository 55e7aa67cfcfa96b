"""How fast users may write: who is held up, when, and what is kept for it."""

from __future__ import annotations

from typing import Any

import pytest

from chatd.errors import IncompatibleValues, OutOfRange, RateLimited
from chatd.store import tables
from tests.domain.conftest import World
from tests.domain.test_sanctions import later, rows
from tests.domain.test_verify import findings_of

ROOM, OTHER = "room", "other"


@pytest.fixture
def room(world: World) -> World:
    """Two channels of ann, in which bob and cid may send three messages in ten seconds, a text twice in a minute."""
    world.users("ann", "bob", "cid")
    for channel_url in (ROOM, OTHER):
        world.client("ann", "channels.create", channel_url=channel_url, user_ids=["bob", "cid"])
    world.backend("pace.update", messages=3, seconds=10, repeats=2, repeat_seconds=60)
    return world


def send(room: World, text: str, user_id: str = "bob", channel_url: str = ROOM, **more: Any) -> Any:
    return room.client(user_id, "messages.send", channel_url=channel_url, message=text, **more)


def test_a_flood_is_held_up_in_all_channels_together(room: World) -> None:
    for count, channel_url in enumerate((ROOM, OTHER, ROOM)):
        send(room, f"message {count}", channel_url=channel_url)
    with pytest.raises(RateLimited, match="10 seconds") as refused:
        send(room, "one more", channel_url=OTHER)
    assert refused.value.retry_after == 10
    send(room, "from another", "cid")
    later(room, 11, "bob", "messages.send", channel_url=OTHER, message="one more")


def test_the_same_text_is_held_up_however_it_is_written(room: World) -> None:
    send(room, "Buy  now")
    later(room, 11, "bob", "messages.send", channel_url=OTHER, message="buy NOW ")
    with pytest.raises(RateLimited, match="60 seconds"):
        send(room, "BUY NOW")
    send(room, "something else")
    later(room, 72, "bob", "messages.send", channel_url=ROOM, message="BUY NOW")


def test_a_repeated_request_is_answered_and_what_is_refused_does_not_count(room: World) -> None:
    first = send(room, "one", req_id="r1")
    send(room, "two")
    send(room, "three")
    assert send(room, "one", req_id="r1") == first
    for _ in range(5):
        with pytest.raises(RateLimited):
            send(room, "four")
    later(room, 11, "bob", "messages.send", channel_url=ROOM, message="four")


def test_deleting_what_was_sent_gives_nothing_back(room: World) -> None:
    for count in range(3):
        message_id = send(room, f"message {count}")["message_id"]
        room.client("bob", "messages.delete", channel_url=ROOM, message_id=message_id)
    with pytest.raises(RateLimited):
        send(room, "one more")


def test_operators_and_backends_are_not_held_up(room: World) -> None:
    for _ in range(5):
        send(room, "hi", "ann")
        room.backend("messages.send", channel_url=ROOM, user_id="bob", message="hi")


def test_it_is_said_and_noted_and_ends(room: World) -> None:
    limits = {"messages": 3, "seconds": 10, "repeats": 2, "repeat_seconds": 60}
    assert room.backend("pace.view") == limits
    room.backend("pace.update", repeats=2)
    assert [act["detail"] for act in room.backend("audit.list", kind="settings.changed")["acts"]] == ["pace"]
    assert room.backend("pace.update", messages=0, seconds=0, repeats=0, repeat_seconds=0) == dict.fromkeys(limits, 0)
    for _ in range(5):
        send(room, "hi")


@pytest.mark.parametrize("wrong", [{"messages": 0}, {"repeat_seconds": 0}, {"seconds": 0, "messages": 5}])
def test_a_number_goes_with_seconds(room: World, wrong: dict[str, int]) -> None:
    with pytest.raises(IncompatibleValues):
        room.backend("pace.update", **wrong)


@pytest.mark.parametrize("wrong", [{"messages": 21}, {"seconds": 3601}, {"repeats": 21}])
def test_there_are_bounds(room: World, wrong: dict[str, int]) -> None:
    with pytest.raises(OutOfRange):
        room.backend("pace.update", **wrong)


def test_little_is_kept_and_it_goes_with_the_user(room: World) -> None:
    room.backend("pace.update", messages=20, repeats=0, repeat_seconds=0)
    for count in range(20):
        send(room, f"message {count}")
    later(room, 11, "bob", "messages.send", channel_url=ROOM, message="one more")
    kept = room.store.read(room.application, lambda txn: [value for _, value in txn.scan(tables.LAST_MESSAGES)])
    assert [len(each) for each in kept] == [20]
    room.backend("users.delete", user_id="bob")
    assert rows(room, tables.LAST_MESSAGES) == [0]
    assert not findings_of(room.store).counts
