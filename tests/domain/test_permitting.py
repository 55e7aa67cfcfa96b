"""Permissions: what members may do, for all channels and for each; operators and backends always may."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, get_args

import pytest

from chatd.domain.channels.access import Deed
from chatd.errors import Forbidden
from chatd.store import tables
from tests.domain.conftest import World

ROOM = {"channel_url": "room"}
HALL = {"channel_url": "hall"}


@pytest.fixture
def room(world: World) -> World:
    """A channel of ann, its operator, with bob; an open one of ann's."""
    world.users("ann", "bob", "cid", "dan")
    world.client("ann", "channels.create", channel_url="room", user_ids=["bob"], operator_ids=["ann"])
    world.client("ann", "open_channels.create", channel_url="hall")
    return world


def send(world: World, user_id: str, **more: Any) -> int:
    return int(world.client(user_id, "messages.send", **(ROOM | {"message": "hi"} | more))["message_id"])


GUESTS = {"ann": "cid", "bob": "dan"}
DEEDS: dict[str, Callable[[World, str, int], Any]] = {
    "send": lambda world, who, _: send(world, who),
    "send_files": lambda world, who, _: send(world, who, files=[{"file_id": world.upload(who, f"of-{who}")}]),
    "mention_channel": lambda world, who, _: send(world, who, mention_type="channel"),
    "invite": lambda world, who, _: world.client(who, "channels.invite", user_ids=[GUESTS[who]], **ROOM),
    "edit_channel": lambda world, who, _: world.client(who, "channels.update", name=who, **ROOM),
    "pin": lambda world, who, sent: world.client(who, "messages.pin", message_id=sent, **ROOM),
    "react": lambda world, who, sent: world.client(who, "reactions.add", message_id=sent, reaction="+1", **ROOM),
}


@pytest.mark.parametrize("deed", DEEDS)
def test_members_do_what_they_are_permitted(room: World, deed: str) -> None:
    sent = send(room, "ann")
    room.client("ann", "permissions.update", permissions={deed: False}, **ROOM)
    with pytest.raises(Forbidden, match=deed):
        DEEDS[deed](room, "bob", sent)
    DEEDS[deed](room, "ann", sent)
    told = room.client("ann", "permissions.update", permissions={deed: True}, **ROOM)
    assert told["permissions"][deed]
    assert room.told[-1].data["permissions"] == told["permissions"]
    DEEDS[deed](room, "bob", sent)


def test_without_a_word_members_change_and_pin_only_where_nobody_operates(room: World) -> None:
    usual = {"send": True, "send_files": True, "mention_channel": True, "invite": True, "react": True}
    view = lambda: room.client("bob", "permissions.view", **ROOM)["permissions"]  # noqa: E731
    assert view() == usual | {"edit_channel": False, "pin": False}
    room.backend("operators.remove", delete_all=True, **ROOM)
    assert view() == usual | {"edit_channel": True, "pin": True}


def test_a_channel_comes_before_the_application(room: World) -> None:
    allowed = lambda: room.client("bob", "permissions.view", **ROOM)["permissions"]["send"]  # noqa: E731
    room.backend("applications.update_permissions", permissions={"send": False, "pin": True})
    assert not allowed()
    room.backend("permissions.update", permissions={"send": True}, **ROOM)
    assert allowed()
    room.backend("permissions.update", permissions={"send": None}, **ROOM)
    assert not allowed()
    assert room.backend("applications.update_permissions", permissions={"send": None}) == {"permissions": {"pin": True}}
    assert allowed()


def test_open_channels_have_permissions_too(room: World) -> None:
    room.client("ann", "permissions.update", permissions={"send": False}, **HALL)
    with pytest.raises(Forbidden):
        send(room, "bob", **HALL)
    assert send(room, "ann", **HALL)
    with pytest.raises(Forbidden):
        room.client("bob", "permissions.update", permissions={"send": True}, **HALL)


def test_a_backend_that_sends_for_a_user_is_held_to_what_the_user_may(room: World) -> None:
    room.client("ann", "permissions.update", permissions={"send": False}, **ROOM)
    with pytest.raises(Forbidden):
        room.backend("messages.send", user_id="bob", message="hi", **ROOM)
    room.backend("messages.send", message_type="ADMM", message="hi", **ROOM)


def test_an_edit_mentions_the_channel_only_with_permission(room: World) -> None:
    sent = send(room, "bob", mention_type="channel")
    later = send(room, "bob")
    room.client("ann", "permissions.update", permissions={"mention_channel": False}, **ROOM)
    room.client("bob", "messages.update", message_id=sent, message="hello", **ROOM)
    with pytest.raises(Forbidden):
        room.client("bob", "messages.update", message_id=later, mention_type="channel", **ROOM)


def test_changes_are_in_the_audit_log_once(room: World) -> None:
    for _ in range(2):
        room.client("ann", "permissions.update", permissions={"send": False, "pin": True}, **ROOM)
        room.backend("applications.update_permissions", permissions={"react": False})
    room.client("ann", "permissions.update", permissions={"pin": None}, **ROOM)
    acts = room.backend("audit.list", kind="permissions.changed")["acts"]
    assert [each["detail"] for each in acts] == ["pin: as usual", "react: no", "send: no, pin: yes"]


def test_permissions_go_with_their_channel(room: World) -> None:
    room.client("ann", "permissions.update", permissions={"send": False}, **ROOM)
    room.client("ann", "channels.delete", **ROOM)
    assert room.store.read(room.application, lambda txn: list(txn.scan(tables.PERMISSIONS))) == []


def test_every_deed_is_tried() -> None:
    assert set(get_args(Deed)) == set(DEEDS)
