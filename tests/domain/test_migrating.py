"""Messages that are taken over from elsewhere."""

from __future__ import annotations

from typing import Any

import pytest

from chatd.errors import IncompatibleValues, MissingParameter, NotFound, OutOfRange, TooManyItems, Unacceptable
from tests.domain.conftest import World

YEAR = 365 * 24 * 60 * 60 * 1000
THEN = 1_500_000_000_000


@pytest.fixture
def room(world: World) -> World:
    """Ann and bob share the channel `den1`, in which ann has written; cid is not in it."""
    world.users("ann", "bob", "cid")
    world.client("ann", "channels.create", channel_url="den1", user_ids=["bob"])
    world.client("ann", "messages.send", channel_url="den1", message="now")
    return world


def old(user_id: str, message: str, timestamp: int = THEN, **more: Any) -> dict[str, Any]:
    return {"user_id": user_id, "message": message, "timestamp": timestamp} | more


def migrate(world: World, *messages: dict[str, Any], **more: Any) -> Any:
    return world.backend("messages.migrate", channel_url="den1", messages=messages, **more)


def texts(world: World) -> list[str]:
    listed = world.client("ann", "messages.list", channel_url="den1", message_ts=0, next_limit=100)["messages"]
    return [message["message"] for message in listed]


def unread(world: World) -> dict[str, int]:
    return world.backend("channels.unread_count", channel_url="den1")["unread"]  # type: ignore[no-any-return]


def test_they_stand_where_they_were_sent(room: World) -> None:
    assert migrate(room, old("cid", "second", THEN + 1), old("ann", "first")) == {}
    assert texts(room) == ["first", "second", "now"]
    first = room.client("ann", "messages.list", channel_url="den1", message_ts=THEN)["messages"][0]
    assert (first["created_at"], first["user"]["user_id"], first["updated_at"]) == (THEN, "ann", 0)
    assert room.client("ann", "channels.view", channel_url="den1")["last_message"]["message"] == "now"


def test_whoever_had_read_all_has_read_them_too(room: World) -> None:
    assert unread(room) == {"ann": 0, "bob": 1}
    migrate(room, old("ann", "a"), old("bob", "b"))
    assert unread(room) == {"ann": 0, "bob": 0}
    room.client("ann", "messages.send", channel_url="den1", message="again")
    migrate(room, old("cid", "c"))
    assert unread(room) == {"ann": 0, "bob": 2}
    migrate(room, old("cid", "d"), update_read_ts=False)
    assert unread(room) == {"ann": 1, "bob": 3}


def test_one_with_an_id_is_taken_over_once(room: World) -> None:
    for _ in range(2):
        migrate(room, old("ann", "a", dedup_id="1"), old("bob", "b", dedup_id="1"))
    assert texts(room) == ["a", "b", "now"]


def test_all_of_them_or_none(room: World) -> None:
    future = THEN + 100 * YEAR
    for wrong, error in (
        (old("nobody", "x"), NotFound),
        (old("ann", "x", future), OutOfRange),
        (old("ann", ""), MissingParameter),
        ({"message": "x", "timestamp": THEN}, MissingParameter),
        (old("ann", "x", message_type="ADMM"), IncompatibleValues),
    ):
        with pytest.raises(error):
            migrate(room, old("ann", "a"), wrong)
    with pytest.raises(MissingParameter):
        migrate(room)
    with pytest.raises(TooManyItems):
        migrate(room, *[old("ann", "a")] * 101)
    with pytest.raises(Unacceptable):
        migrate(room, old("ann", "a"), rewind_read_ts=True)
    assert texts(room) == ["now"]


def test_files_and_admin_messages_are_taken_over_too(room: World) -> None:
    file = {"url": "https://files.example/a.png", "file_name": "a.png", "file_size": 5, "file_type": "image/png"}
    migrate(
        room,
        {"message_type": "ADMM", "message": "Welcome", "timestamp": THEN},
        old("ann", "", THEN + 1, message_type="FILE", **file),
    )
    welcome, picture = room.client("ann", "messages.list", channel_url="den1", message_ts=THEN)["messages"][:2]
    assert (welcome["type"], picture["type"], picture["file"]["name"]) == ("ADMM", "FILE", "a.png")


def test_a_backend_may_say_when_it_sends(room: World) -> None:
    sent = room.backend("messages.send", channel_url="den1", user_id="bob", message="before", created_at=THEN)
    assert sent["created_at"] == THEN
    assert texts(room) == ["before", "now"]
    with pytest.raises(OutOfRange):
        room.backend("messages.send", channel_url="den1", user_id="bob", message="x", created_at=THEN + 100 * YEAR)
