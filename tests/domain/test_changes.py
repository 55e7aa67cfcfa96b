"""Changes since a place in the log: applied to what a client had, they give what it would load now."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chatd.domain.channels import changes as channel_changes
from chatd.domain.messages import changes as message_changes
from chatd.domain.paging import token_of
from chatd.errors import ChatdError, ExpiredToken, InvalidValue, NotFound
from chatd.store.store import Store
from tests.domain import erasing
from tests.domain.conftest import MAP_SIZE, MEMORY, World
from tests.domain.histories import USERS, aimed, channel, do, message, reaction, steps, talk

SHOWN = {"include_reactions": True, "include_thread_info": True}
Step = tuple[str, str, dict[str, Any]]

# What people are called is no change of a channel.
moves = steps.filter(lambda step: step[1] not in ("users.update", "pictures.set"))
# What ann's device looks at, and what random steps alone come to seldom.
near = st.one_of(
    st.sampled_from(
        [
            ("bob", "messages.expire", {"channel_url": "chan1", "count": 1}),
            ("ann", "channels.hide", {"channel_url": "chan1", "allow_auto_unhide": False}),
            ("ann", "channels.unhide", {"channel_url": "chan1"}),
            ("ann", "channels.reset_history", {"channel_url": "chan1"}),
            ("ann", "messages.send", {"channel_url": "chan1", "message": "more"}),
        ]
    ),
    st.tuples(
        st.just("cid"),
        st.just("reactions.add"),
        st.fixed_dictionaries({"channel_url": channel, "message_id": message, "reaction": reaction}),
    ),
)
# As a whole each, since `|` would give every one of the many moves the same weight as each of these.
histories = st.lists(moves.map(tuple) | near.map(tuple), min_size=6, max_size=20)


class Device:
    """What one of ann's devices keeps, and how far it has come."""

    def __init__(self, world: World, limit: int) -> None:
        self.world, self.limit = world, limit
        self.channels: dict[str, Any] = {}
        self.messages: dict[int, Any] = {}

    def load(self) -> None:
        self.place = self.world.client("ann", "channels.changes")["next"]
        self.channels = loaded_channels(self.world)
        self.number = self.world.client("ann", "channels.view", channel_url="chan1")["id"]
        self.message_place = self.world.client("ann", "messages.changes", channel_url="chan1")["next"]
        self.messages = loaded_messages(self.world)

    def turn_channels(self) -> bool:
        """Apply a page; whether there are more."""
        page = self.world.client("ann", "channels.changes", token=self.place, limit=self.limit)
        self.place = page["next"]
        for channel_url in page["deleted"]:
            self.channels.pop(channel_url, None)
        self.channels |= {channel["channel_url"]: channel for channel in page["updated"]}
        return bool(page["has_more"])

    def turn_messages(self) -> bool:
        """Apply a page; whether there are more."""
        params = {"channel_url": "chan1", "token": self.message_place, "limit": self.limit} | SHOWN
        page = self.world.client("ann", "messages.changes", **params)
        self.message_place = page["next"]
        for message_id in page["deleted"]:
            self.messages.pop(message_id, None)
        if page["expired"]:
            end = (page["expired"]["created_at"], page["expired"]["message_id"])
            self.messages = {key: each for key, each in self.messages.items() if (each["created_at"], key) > end}
        self.messages |= {message["message_id"]: message for message in page["updated"]}
        return bool(page["has_more"])


def loaded_channels(world: World) -> dict[str, Any]:
    found = world.client("ann", "channels.list", show_empty=True, hidden_mode="all", limit=100)
    return {channel["channel_url"]: channel for channel in found["channels"]}


def loaded_messages(world: World) -> dict[int, Any]:
    params = {"message_ts": 2**50, "prev_limit": 200, "include_reply_type": "ALL"} | SHOWN
    found = world.client("ann", "messages.list", channel_url="chan1", **params)
    return {message["message_id"]: message for message in found["messages"]}


def law(before: list[Step], after: list[Step], limit: int, check: Callable[[Device, Callable[[], bool]], None]) -> None:
    """Load in the middle of a history, and check while the rest of it happens, a step at a time."""
    with (
        TemporaryDirectory(dir=MEMORY) as directory,
        patch.object(channel_changes, "LOOKED_AT", 2 * limit),
        patch.object(message_changes, "LOOKED_AT", 2 * limit),
    ):
        world = World(Store.open(Path(directory) / "one", MAP_SIZE))
        world.users(*USERS)
        sent = [message for channel_url in ("chan1", "chan2") for message in talk(world, channel_url)]
        count = 0

        def play(history: list[Step]) -> None:
            nonlocal count
            for user_id, name, params in history:
                count += 1
                try:
                    result = do(world, user_id, name, aimed(params, sent), f"file{count}")
                except ChatdError:
                    continue
                if "message_id" in result:
                    sent.append((result["channel_url"], result["message_id"]))

        play(before)
        device = Device(world, limit)
        try:
            device.load()
            play(after[:-3])
            rest = after[-3:]

            def go_on() -> bool:
                play(rest[:1])
                return bool(rest and rest.pop(0))

            check(device, go_on)
        except NotFound:
            pass  # the channel is gone, or closed to ann: she was told so
        finally:
            world.store.close()


@settings(max_examples=40, deadline=None)
@given(histories, histories, st.integers(1, 4))
def test_changes_of_channels_lead_to_the_present_list(before: list[Step], after: list[Step], limit: int) -> None:
    def check(device: Device, go_on: Callable[[], bool]) -> None:
        while device.turn_channels() | go_on():
            pass
        assert without_people(device.channels) == without_people(loaded_channels(device.world))

    law(before, after, limit, check)


@settings(max_examples=40, deadline=None)
@given(histories, histories | st.lists(near, min_size=6, max_size=15), st.integers(1, 4))
def test_changes_of_messages_lead_to_the_present_ones(before: list[Step], after: list[Step], limit: int) -> None:
    def check(device: Device, go_on: Callable[[], bool]) -> None:
        while device.turn_messages() | go_on():
            pass
        if device.world.client("ann", "channels.view", channel_url="chan1")["id"] == device.number:
            assert without_people(device.messages) == without_people(loaded_messages(device.world))

    law(before, after, limit, check)


def without_people(value: Any) -> Any:
    """Only ids of users: what they are called and are in a channel now is no change of what names them."""
    if isinstance(value, list):
        return [without_people(each) for each in value]
    if not isinstance(value, dict):
        return value
    if {"user_id", "nickname"} <= value.keys():
        return value["user_id"]
    return {key: without_people(each) for key, each in value.items() if key != "is_op_msg"}


@pytest.fixture
def team(world: World) -> World:
    world.users("ann", "bob")
    world.client("ann", "channels.create", channel_url="chan1", user_ids=["bob"])
    return world


def test_a_place_may_be_a_time(team: World) -> None:
    first = team.client("ann", "messages.send", channel_url="chan1", message="one")
    found = team.client("ann", "messages.changes", channel_url="chan1", change_ts=first["created_at"])
    assert [message["message"] for message in found["updated"]] == ["one"]
    assert not found["has_more"]
    later = team.client("ann", "messages.changes", channel_url="chan1", change_ts=first["created_at"] + 10_000)
    assert (later["updated"], later["deleted"]) == ([], [])
    assert len(team.client("ann", "channels.changes", change_ts=0)["updated"]) == 1


def test_a_channel_that_is_left_or_gone_is_named(team: World) -> None:
    team.client("ann", "channels.create", channel_url="chan2", user_ids=["bob"])
    place = team.client("bob", "channels.changes")["next"]
    team.client("bob", "channels.leave", channel_url="chan1")
    team.client("ann", "channels.delete", channel_url="chan1")
    team.client("ann", "channels.delete", channel_url="chan2")
    found = team.client("bob", "channels.changes", token=place)
    assert (found["updated"], found["deleted"]) == ([], ["chan1", "chan2"])
    team.client("ann", "channels.create", channel_url="chan2", user_ids=["bob"])
    found = team.client("bob", "channels.changes", token=place)
    assert [channel["channel_url"] for channel in found["updated"]] == ["chan2"]
    assert found["deleted"] == ["chan1"]


def test_a_place_of_another_log_or_behind_an_erasure_is_refused(team: World) -> None:
    place = team.client("ann", "channels.changes")["next"]
    with pytest.raises(InvalidValue):
        team.client("ann", "channels.changes", token="nonsense")
    team.backend("users.erase", user_id="bob")
    for _ in erasing.steps(team):
        pass
    with pytest.raises(ExpiredToken):
        team.client("ann", "channels.changes", token=place)
    with pytest.raises(ExpiredToken):
        team.client("ann", "messages.changes", channel_url="chan1", change_ts=0)
    foreign = token_of(("another", 1))
    with pytest.raises(ExpiredToken):
        team.client("ann", "channels.changes", token=foreign)
