"""Open channels: anybody may be in them, nobody is a member, and their streams are whole."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chatd.domain import live, stream
from chatd.domain.channels.open_access import enterable
from chatd.domain.channels.open_channels import participants_page
from chatd.errors import AlreadyExists, ChatdError, Forbidden, IncompatibleValues, NotFound, Unacceptable
from chatd.store import tables
from chatd.store.store import Store
from tests.domain.conftest import MAP_SIZE, MEMORY, World
from tests.domain.histories import HALL, histories, run
from tests.domain.test_laws import silenced


@pytest.fixture
def hall(world: World) -> World:
    """Ann made the open channel `hall1`, which bob operates too; cid is nobody there."""
    world.users("ann", "bob", "cid")
    world.client("ann", "open_channels.create", channel_url=HALL, name="Hall", operator_ids=["bob"], req_id="r1")
    return world


def urls(found: dict[str, Any]) -> list[str]:
    return [channel["channel_url"] for channel in found["channels"]]


def test_who_makes_one_operates_it_and_a_retry_finds_it(hall: World) -> None:
    found = hall.client("cid", "open_channels.view", channel_url=HALL)
    assert [user["user_id"] for user in found["operators"]] == ["ann", "bob"]
    assert hall.client("ann", "open_channels.create", channel_url=HALL, req_id="r1") == found
    with pytest.raises(AlreadyExists):
        hall.client("ann", "open_channels.create", channel_url=HALL, req_id="r2")
    hall.client("ann", "messages.send", channel_url=HALL, message="hi", req_id="m1")
    with pytest.raises(IncompatibleValues):
        hall.client("ann", "open_channels.create", channel_url="hall2", req_id="m1")
    with pytest.raises(IncompatibleValues):
        hall.client("ann", "channels.create", channel_url="den1", req_id="r1")


def test_only_operators_and_backends_change_it(hall: World) -> None:
    for name, params in (("update", {"name": "Mine"}), ("delete", {})):
        with pytest.raises(Forbidden):
            hall.client("cid", f"open_channels.{name}", channel_url=HALL, **params)
    assert hall.client("bob", "open_channels.update", channel_url=HALL, name="Ours")["name"] == "Ours"
    assert hall.backend("open_channels.update", channel_url=HALL, data="x")["name"] == "Ours"
    hall.client("bob", "open_channels.delete", channel_url=HALL)
    with pytest.raises(NotFound):
        hall.client("ann", "open_channels.view", channel_url=HALL)


def test_anybody_writes_reads_and_finds_and_only_operators_delete_what_is_of_others(hall: World) -> None:
    sent = hall.client("cid", "messages.send", channel_url=HALL, message="hello")
    assert (sent["channel_type"], sent["is_op_msg"]) == ("open", False)
    assert hall.client("bob", "messages.send", channel_url=HALL, message="order")["is_op_msg"]
    assert hall.backend("messages.send", channel_url=HALL, user_id="cid", message="for cid")["user"]["user_id"] == "cid"
    listed = hall.client("cid", "messages.list", channel_url=HALL, message_ts=0, include=False)["messages"]
    assert [message["message"] for message in listed] == ["hello", "order", "for cid"]
    assert hall.client("cid", "messages.count", channel_url=HALL) == {"total": 3}
    with pytest.raises(Forbidden):
        hall.client("cid", "messages.delete", channel_url=HALL, message_id=listed[1]["message_id"])
    hall.client("bob", "messages.delete", channel_url=HALL, message_id=sent["message_id"])
    hall.client("cid", "messages.delete", channel_url=HALL, message_id=listed[2]["message_id"])
    assert hall.client("cid", "messages.count", channel_url=HALL) == {"total": 1}


def test_anybody_may_operate_one(hall: World) -> None:
    added = hall.client("bob", "operators.add", channel_url=HALL, operator_ids=["cid"])
    assert [user["user_id"] for user in added["operators"]] == ["ann", "bob", "cid"]
    assert hall.client("cid", "messages.send", channel_url=HALL, message="order")["is_op_msg"]
    hall.client("cid", "operators.remove", channel_url=HALL, operator_ids=["ann"])
    listed = hall.client("ann", "operators.list", channel_url=HALL, limit=1)
    assert [user["user_id"] for user in listed["operators"]] == ["bob"]
    rest = hall.client("ann", "operators.list", channel_url=HALL, token=listed["next"])
    assert [user["user_id"] for user in rest["operators"]] == ["cid"]
    for name, params in (("add", {"operator_ids": ["ann"]}), ("remove", {"delete_all": True})):
        with pytest.raises(Forbidden):
            hall.client("ann", f"operators.{name}", channel_url=HALL, **params)
    changed = hall.backend("open_channels.update", channel_url=HALL, operator_ids=["ann"])
    assert [user["user_id"] for user in changed["operators"]] == ["ann"]


def test_its_operators_say_what_it_is_and_who_may_write(hall: World) -> None:
    hall.client("bob", "channel_metadata.create", channel_url=HALL, metadata={"topic": "art"})
    hall.client("bob", "metacounters.create", channel_url=HALL, metacounter={"likes": 1})
    assert hall.client("cid", "channel_metadata.view", channel_url=HALL) == {"topic": "art"}
    assert hall.client("cid", "open_channels.view", channel_url=HALL, show_metadata=True)["metadata"] == {
        "topic": "art"
    }
    assert hall.client("cid", "open_channels.list", show_metadata=True)["channels"][0]["metadata"] == {"topic": "art"}
    assert hall.client("bob", "open_channels.freeze", channel_url=HALL, freeze=True)["freeze"]
    hall.client("ann", "messages.send", channel_url=HALL, message="quiet, please")
    with pytest.raises(Forbidden):
        hall.client("cid", "messages.send", channel_url=HALL, message="why?")
    for name, params in (
        ("channel_metadata.delete", {}),
        ("metacounters.delete", {}),
        ("open_channels.freeze", {"freeze": False}),
    ):
        with pytest.raises(Forbidden):
            hall.client("cid", name, channel_url=HALL, **params)


@pytest.mark.parametrize(
    ("name", "params"),
    [
        ("channels.view", {}),
        ("channels.update", {"name": "x"}),
        ("channels.delete", {}),
        ("channels.invite", {"user_ids": ["cid"]}),
        ("channels.join", {}),
        ("channels.leave", {}),
        ("channels.mark_read", {}),
        ("channels.unread_count", {}),
        ("channels.typing", {}),
        ("members.list", {}),
        ("members.view", {"user_id": "ann"}),
        ("reactions.add", {"message_id": 1, "reaction": "+1"}),
    ],
)
def test_what_needs_members_says_that_there_are_none(hall: World, name: str, params: dict[str, Any]) -> None:
    with pytest.raises(Unacceptable, match="open channel"):
        hall.client("ann", name, channel_url=HALL, **params)


def test_a_group_channel_is_not_entered(hall: World) -> None:
    hall.client("ann", "channels.create", channel_url="den1", is_public=True)
    for name in ("open_channels.view", "open_channels.participants"):
        with pytest.raises(NotFound):
            hall.client("ann", name, channel_url="den1")
    assert urls(hall.backend("channels.list_all", show_empty=True)) == ["den1"]


def test_lists_are_filtered_and_paged_newest_first(hall: World) -> None:
    for n in range(5):
        hall.backend("open_channels.create", channel_url=f"room{n}", name=f"Room {n}", custom_type=f"t{n % 2}")
    listed, token = [], ""
    while not listed or token:
        page = hall.client("cid", "open_channels.list", limit=2, token=token)
        listed, token = listed + urls(page), page["next"]
    assert listed == ["room4", "room3", "room2", "room1", "room0", HALL]
    found = hall.client("cid", "open_channels.list", name_contains="ROOM", custom_types=["t1"])
    assert urls(found) == ["room3", "room1"]
    assert urls(hall.client("cid", "open_channels.list", url_contains="OOM2")) == ["room2"]
    assert urls(hall.client("cid", "open_channels.list", channel_urls=["room1", HALL])) == ["room1", HALL]


def test_participants_are_asked_of_the_gateway_page_by_page(hall: World) -> None:
    numbers = [hall.actor(user_id).user or 0 for user_id in ("ann", "bob", "cid")]
    page = hall.store.read(hall.application, participants_page, numbers, 2)
    assert [user["user_id"] for user in page["participants"]] == ["ann", "bob"]
    channel = hall.store.read(hall.application, enterable, hall.actor("ann"), HALL)
    question = hall.client("ann", "open_channels.participants", channel_url=HALL, limit=2, token=page["next"])
    assert question == live.Participants(channel.number, numbers[2], 2)


@settings(max_examples=30, deadline=None)
@given(histories, st.integers(0, 80))
def test_the_stream_of_an_open_channel_is_what_was_told_live(
    history: list[tuple[str, str, dict[str, Any]]], offset: int
) -> None:
    with TemporaryDirectory(dir=MEMORY) as directory:
        world = World(Store.open(Path(directory) / "one", MAP_SIZE))
        run(world, history)
        head = world.store.read(world.application, stream.top).sequence
        for (number,), _ in world.store.read(world.application, lambda txn: list(txn.scan(tables.OPEN_CHANNELS))):
            live_ = {p.sequence for p in world.told if p.channel == number and p.sequence > offset}
            missed = world.store.read(world.application, stream.missed_in, number, offset, 1000)
            assert (missed is None) == (offset > head)
            if missed is not None:
                assert missed == sorted(set(missed))
                assert set(missed) - silenced(world) == live_ - silenced(world)
        world.store.close()


def test_files_are_for_everybody(hall: World) -> None:
    sent = hall.client("ann", "messages.send", channel_url=HALL, files=[{"file_id": hall.upload("ann", "f1")}])
    assert sent["file"]["name"] == "f1.txt"


def test_who_is_gone_is_no_operator_and_what_they_wrote_stays(hall: World) -> None:
    hall.client("bob", "messages.send", channel_url=HALL, message="order")
    hall.backend("users.delete", user_id="bob")
    found = hall.client("cid", "open_channels.view", channel_url=HALL)
    assert [user["user_id"] for user in found["operators"]] == ["ann"]
    assert hall.client("cid", "messages.count", channel_url=HALL) == {"total": 1}


def test_a_deactivated_user_does_not_write(hall: World) -> None:
    hall.backend("users.update", user_id="cid", is_active=False)
    with pytest.raises(ChatdError):
        hall.client("cid", "messages.send", channel_url=HALL, message="x")
