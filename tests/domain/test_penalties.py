"""Penalties: who is filtered too often in too short a time is muted, removed or banned, and operators are not."""

from __future__ import annotations

from typing import Any

import pytest

from chatd import ids
from chatd.errors import Banned, ChatdError, MessageBlocked, Muted
from chatd.store import tables
from tests.domain.conftest import World

ROOM = {"channel_url": "room"}
HALL = {"channel_url": "hall"}
MUTE, KICK, BAN = 1, 2, 3


class Clock:
    """The time, which only a test moves."""

    def __init__(self) -> None:
        self.now = ids.now_ms()

    def __call__(self) -> int:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(ids, "now_ms", clock)
    return clock


@pytest.fixture
def room(clock: Clock, world: World) -> World:
    """A channel of ann, its operator, and bob; an open one; "slug" is replaced, "snail" blocked."""
    world.users("ann", "bob")
    world.client("ann", "channels.create", channel_url="room", user_ids=["bob"], operator_ids=["ann"])
    world.client("ann", "open_channels.create", channel_url="hall")
    world.backend("moderation.update", profanity_filter={"type": 2, "keywords": ["slug"]})
    return world


def punish(world: World, action: int, **more: Any) -> None:
    penalty = {"action": action, "count": 3, "duration": 60, "seconds": 600} | more
    world.backend("moderation.update", profanity_triggered_moderation=penalty)


def offend(world: World, times: int, user_id: str = "bob", **where: str) -> None:
    for _ in range(times):
        with pytest.raises(MessageBlocked):
            send(world, user_id, "slug", **where)


def send(world: World, user_id: str, text: str, **where: str) -> Any:
    return world.client(user_id, "messages.send", **(ROOM | {"message": text} | where))


def acts(world: World) -> list[tuple[str, str, str, str]]:
    found = world.backend("audit.list", user_id="bob")["acts"]
    return [(each["kind"], each["actor_type"], each["user"]["user_id"], each["reason"]) for each in found]


@pytest.mark.parametrize(
    ("action", "where", "error", "act"),
    [
        (MUTE, ROOM, Muted, "member.muted"),
        (KICK, ROOM, ChatdError, "member.removed"),
        (BAN, ROOM, ChatdError, "user.banned"),
        (MUTE, HALL, Muted, "member.muted"),
        (KICK, HALL, Muted, "member.muted"),
        (BAN, HALL, Banned, "user.banned"),
    ],
)
def test_who_goes_on_is_punished_by_the_server(
    room: World, action: int, where: dict[str, str], error: type[ChatdError], act: str
) -> None:
    punish(room, action)
    offend(room, 2, **where)
    assert send(room, "bob", "hi", **where)
    offend(room, 1, **where)
    with pytest.raises(error):
        send(room, "bob", "hi", **where)
    assert acts(room) == [(act, "server", "bob", "Filtered too often.")]


def test_a_penalty_ends(room: World, clock: Clock) -> None:
    punish(room, MUTE)
    offend(room, 3)
    clock.now += 599_000
    with pytest.raises(Muted):
        send(room, "bob", "hi")
    clock.now += 2_000
    assert send(room, "bob", "hi")
    offend(room, 2)
    assert send(room, "bob", "hi"), "it counts anew"


def test_only_hits_of_the_last_seconds_count(room: World, clock: Clock) -> None:
    punish(room, MUTE)
    for _ in range(4):
        offend(room, 1)
        clock.now += 31_000
    assert send(room, "bob", "hi")


def test_hits_in_all_channels_count(room: World) -> None:
    punish(room, MUTE)
    offend(room, 2)
    offend(room, 1, **HALL)
    assert send(room, "bob", "hi")
    with pytest.raises(Muted):
        send(room, "bob", "hi", **HALL)


def test_what_was_replaced_is_sent_before_the_penalty(room: World) -> None:
    room.backend("moderation.update", profanity_filter={"type": 1})
    punish(room, KICK, count=1)
    assert send(room, "bob", "slug")["message"] == "****"
    assert acts(room)[0][0] == "member.removed"
    told = [each.data["type"] for each in room.told if each.data]
    assert told[-2:] == ["message.created", "member.left"]


def test_what_a_blocked_message_led_to_is_told(room: World) -> None:
    punish(room, MUTE, count=1)
    before = len(room.told)
    offend(room, 1)
    assert [each.data["type"] for each in room.told[before:] if each.data] == ["user.muted"]


def test_operators_are_not_punished(room: World) -> None:
    punish(room, BAN, count=1)
    offend(room, 2, "ann")
    assert send(room, "ann", "hi")


def test_the_hits_that_are_kept_are_few(room: World) -> None:
    offend(room, 105)
    rows = room.store.read(room.application, lambda txn: list(txn.scan(tables.FILTER_HITS)))
    assert [len(times) for _, times in rows] == [100]
