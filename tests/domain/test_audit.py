"""The audit log: each act once, with who and on whom; found by each of its filters; reasons go with persons."""

from __future__ import annotations

from typing import Any

import pytest

from chatd import events
from chatd.domain.moderation import looking
from chatd.domain.moderation.audit import About, note_act
from chatd.store import tables
from tests.domain import erasing
from tests.domain.conftest import World


@pytest.fixture
def room(world: World) -> World:
    """A channel of ann, its operator, with bob and cid."""
    world.users("ann", "bob", "cid")
    world.client("ann", "channels.create", channel_url="room", user_ids=["bob", "cid"], operator_ids=["ann"])
    return world


def acts(world: World, **filters: Any) -> list[tuple[str, str, str]]:
    """Kind, actor and user of each, the first first."""
    found = world.backend("audit.list", limit=100, **filters)["acts"]
    name = lambda user: user["user_id"] if user else ""  # noqa: E731
    return [(each["kind"], name(each["actor"]) or each["actor_type"], name(each["user"])) for each in reversed(found)]


def send(world: World, user_id: str) -> int:
    return int(world.client(user_id, "messages.send", channel_url="room", message="hi")["message_id"])


def test_acts_are_noted_once_with_who_and_on_whom(room: World) -> None:
    room.client("ann", "messages.delete", channel_url="room", message_id=send(room, "bob"))
    room.backend("messages.delete", channel_url="room", message_id=send(room, "bob"))
    for _ in range(2):
        room.client("ann", "operators.add", channel_url="room", operator_ids=["bob"])
        room.client("ann", "channels.freeze", channel_url="room", freeze=True)
        room.client("ann", "channels.leave", channel_url="room", user_ids=["cid"])
    room.backend("channels.update", channel_url="room", operator_ids=["ann"])
    room.backend("users.update", user_id="cid", is_active=False)
    room.client("ann", "channels.delete", channel_url="room")
    assert acts(room) == [
        ("message.deleted", "ann", "bob"),
        ("message.deleted", "backend", "bob"),
        ("operator.added", "ann", "bob"),
        ("channel.frozen", "ann", ""),
        ("member.removed", "ann", "cid"),
        ("operator.removed", "backend", "bob"),
        ("user.deactivated", "backend", "cid"),
        ("channel.deleted", "ann", ""),
    ]


def test_what_people_do_with_their_own_is_no_act(room: World) -> None:
    room.client("bob", "messages.delete", channel_url="room", message_id=send(room, "bob"))
    room.client("bob", "channels.leave", channel_url="room")
    room.backend("channels.leave", channel_url="room", user_ids=["cid"], reason="LEFT_BY_OWN_CHOICE")
    assert acts(room) == []


def test_filters_combine(room: World) -> None:
    for user_id in ("bob", "cid"):
        room.client("ann", "messages.delete", channel_url="room", message_id=send(room, user_id))
        room.backend("operators.add", channel_url="room", operator_ids=[user_id])
    assert acts(room, user_id="bob") == [("message.deleted", "ann", "bob"), ("operator.added", "backend", "bob")]
    assert acts(room, actor_id="ann", user_id="bob") == [("message.deleted", "ann", "bob")]
    assert len(acts(room, channel_url="room", kind="operator.added")) == 2
    assert acts(room, actor_id="bob") == []


def test_times_bound_what_is_listed(room: World) -> None:
    room.client("ann", "channels.freeze", channel_url="room", freeze=True)
    (act,) = room.backend("audit.list")["acts"]
    time = act["created_at"]
    assert len(acts(room, start_ts=time, end_ts=time + 1)) == 1
    assert acts(room, start_ts=time + 1) == acts(room, end_ts=time) == []
    assert len(acts(room, start_ts=time, end_ts=time + 1, reverse=True)) == 1
    assert acts(room, start_ts=time + 1, reverse=True) == acts(room, end_ts=time, reverse=True) == []


@pytest.mark.parametrize("reverse", [False, True])
def test_pages_together_are_all(room: World, reverse: bool) -> None:
    for count in range(5):
        room.client("ann", "channels.freeze", channel_url="room", freeze=count % 2 == 0)
    whole = room.backend("audit.list")["acts"]
    pages: list[Any] = []
    token = ""
    while token or not pages:
        page = room.backend("audit.list", limit=2, token=token, reverse=reverse)
        pages += page["acts"]
        token = page["next"]
    assert pages == (whole[::-1] if reverse else whole)
    assert [each["act_id"] for each in whole] == sorted((each["act_id"] for each in whole), reverse=True)


def test_a_page_looks_at_so_many_and_goes_on_there(room: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(looking, "LOOKED_AT", 3)
    room.backend("messages.delete", channel_url="room", message_id=send(room, "bob"))
    for count in range(4):
        room.client("ann", "channels.freeze", channel_url="room", freeze=count % 2 == 0)
    empty = room.backend("audit.list", kind="message.deleted")
    assert empty["acts"] == []
    (found,) = room.backend("audit.list", kind="message.deleted", token=empty["next"])["acts"]
    assert found["kind"] == "message.deleted"
    first = room.backend("audit.list", kind="channel.unfrozen", reverse=True)
    assert len(first["acts"]) == 1
    more = room.backend("audit.list", kind="channel.unfrozen", reverse=True, token=first["next"])
    assert len(more["acts"]) == 1


@pytest.mark.parametrize("gone", ["ann", "bob"])
def test_the_reason_goes_with_the_person(room: World, gone: str) -> None:
    actor, user = room.actor("ann"), room.actor("bob").user
    room.write(lambda txn: note_act(txn, actor, "member.muted", None, About(user or 0, reason="said it again")))
    room.backend("users.erase", user_id=gone)
    for _ in erasing.steps(room):
        pass
    (act,) = (each for each in room.backend("audit.list")["acts"] if each["kind"] == "member.muted")
    assert act["reason"] == ""
    assert (act["actor"] is None, act["user"] is None) == (gone == "ann", gone == "bob")
    log = room.store.read(room.application, lambda txn: [entry.event for _, entry in txn.scan(tables.LOG)])
    assert all(event.reason == "" for event in log if isinstance(event, events.ActNoted))
