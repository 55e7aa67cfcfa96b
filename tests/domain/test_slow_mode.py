"""Slow mode: who waits, for how long, and what is kept of it."""

from __future__ import annotations

import pytest

from chatd.domain.upkeep.purge import purge
from chatd.errors import Forbidden, RateLimited
from chatd.store import tables
from tests.domain.conftest import World
from tests.domain.test_sanctions import later, rows
from tests.domain.test_verify import findings_of

ROOM, HALL = "room", "hall1"


@pytest.fixture
def room(world: World) -> World:
    """A group channel and an open one of ann, in both of which who writes waits for ten seconds."""
    world.users("ann", "bob", "cid", "dan")
    world.client("ann", "channels.create", channel_url=ROOM, user_ids=["bob", "cid", "dan"])
    world.client("ann", "open_channels.create", channel_url=HALL)
    for channel_url in (ROOM, HALL):
        world.client("ann", "slow_mode.update", channel_url=channel_url, slow_mode_seconds=10)
    return world


@pytest.mark.parametrize("channel_url", [ROOM, HALL])
def test_who_has_written_waits_and_is_told_how_long(room: World, channel_url: str) -> None:
    sending = {"channel_url": channel_url, "message": "hi"}
    room.client("bob", "messages.send", **sending, req_id="r1")
    room.client("cid", "messages.send", **sending)
    with pytest.raises(RateLimited, match="10 seconds") as refused:
        room.client("bob", "messages.send", **sending)
    assert refused.value.retry_after == 10
    room.client("bob", "messages.send", **sending, req_id="r1")
    later(room, 11, "bob", "messages.send", **sending)


@pytest.mark.parametrize("channel_url", [ROOM, HALL])
def test_operators_and_backends_never_wait(room: World, channel_url: str) -> None:
    for _ in range(2):
        room.client("ann", "messages.send", channel_url=channel_url, message="hi")
        room.backend("messages.send", channel_url=channel_url, user_id="bob", message="hi")


def test_it_is_said_of_the_channel_and_ends(room: World) -> None:
    assert room.client("bob", "channels.view", channel_url=ROOM)["slow_mode_seconds"] == 10
    assert room.client("bob", "open_channels.view", channel_url=HALL)["slow_mode_seconds"] == 10
    with pytest.raises(Forbidden):
        room.client("bob", "slow_mode.update", channel_url=ROOM, slow_mode_seconds=0)
    room.client("ann", "slow_mode.update", channel_url=ROOM, slow_mode_seconds=0)
    for _ in range(2):
        room.client("bob", "messages.send", channel_url=ROOM, message="hi")
    kinds = [act["detail"] for act in room.backend("audit.list", kind="channel.slowed")["acts"]]
    assert kinds == ["0", "10", "10"]


def test_what_is_kept_goes_by_and_by_and_with_the_channel(room: World) -> None:
    for user_id in ("bob", "cid", "dan"):
        room.client(user_id, "messages.send", channel_url=ROOM, message="hi")
    assert rows(room, tables.LAST_SENT) == [3]
    later(room, 11, "ann", "messages.send", channel_url=ROOM, message="hi")
    assert rows(room, tables.LAST_SENT) == [2]
    room.client("ann", "channels.delete", channel_url=ROOM)
    while room.write(purge, 2):
        assert not findings_of(room.store)
    assert rows(room, tables.LAST_SENT, tables.DELETED_CHANNELS) == [0, 0]
