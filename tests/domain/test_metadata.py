"""Metadata and counters of channels, by example, and lists by them."""

from __future__ import annotations

from typing import Any

import pytest

from chatd.domain.channels.items import MAX_ITEMS
from chatd.domain.channels.metacounters import MOST
from chatd.domain.upkeep.purge import purge
from chatd.errors import (
    AlreadyExists,
    Forbidden,
    InvalidCharacter,
    MissingParameter,
    NotFound,
    OutOfRange,
    TooLong,
    TooManyItems,
)
from chatd.store import tables
from tests.domain.conftest import World

CHANNEL = "chan1"


@pytest.fixture
def team(world: World) -> World:
    world.users("ann", "bob", "cid")
    world.client("ann", "channels.create", channel_url=CHANNEL, user_ids=["bob"])
    return world


def test_metadata_is_created_changed_and_deleted(team: World) -> None:
    team.told.clear()
    made = team.client("ann", "channel_metadata.create", channel_url=CHANNEL, metadata={"a": "1", "b": "2"})
    assert made == {"a": "1", "b": "2"}
    with pytest.raises(AlreadyExists):
        team.client("ann", "channel_metadata.create", channel_url=CHANNEL, metadata={"b": "3", "c": "3"})
    update = {"channel_url": CHANNEL, "metadata": {"b": "3", "c": "4", "a": "1"}}
    assert team.client("ann", "channel_metadata.update", **update) == {"b": "3", "a": "1"}
    assert team.client("ann", "channel_metadata.update", **update, upsert=True) == {"b": "3", "c": "4", "a": "1"}
    assert team.client("bob", "channel_metadata.view", channel_url=CHANNEL, key="c") == {"c": "4"}
    assert team.client("bob", "channel_metadata.view", channel_url=CHANNEL, keys=["a", "z"]) == {"a": "1"}
    with pytest.raises(NotFound):
        team.client("bob", "channel_metadata.view", channel_url=CHANNEL, key="z")
    team.client("ann", "channel_metadata.delete", channel_url=CHANNEL, key="a")
    team.client("ann", "channel_metadata.delete", channel_url=CHANNEL)
    team.client("ann", "channel_metadata.delete", channel_url=CHANNEL)
    assert team.client("bob", "channel_metadata.view", channel_url=CHANNEL) == {}
    said = [(each.data["created"], each.data["updated"], each.data["deleted"]) for each in team.told]
    assert said == [
        ({"a": "1", "b": "2"}, {}, []),
        ({}, {"b": "3"}, []),
        ({"c": "4"}, {}, []),
        ({}, {}, ["a"]),
        ({}, {}, ["b", "c"]),
    ]


def test_counters_count(team: World) -> None:
    where = {"channel_url": CHANNEL}
    assert team.client("ann", "metacounters.create", **where, metacounter={"likes": 3}) == {"likes": 3}
    up = {"metacounter": {"likes": 2, "views": 1}, "mode": "increase"}
    assert team.client("ann", "metacounters.update", **where, **up) == {"likes": 5}
    assert team.backend("metacounters.update", **where, **up, upsert=True) == {"likes": 7, "views": 1}
    down = {"metacounter": {"likes": 10}, "mode": "decrease"}
    assert team.client("ann", "metacounters.update", **where, **down) == {"likes": -3}
    assert team.client("ann", "metacounters.update", **where, metacounter={"likes": 0}) == {"likes": 0}
    with pytest.raises(OutOfRange):
        team.client("ann", "metacounters.update", **where, metacounter={"views": MOST}, mode="increase")
    assert team.client("bob", "metacounters.view", **where) == {"likes": 0, "views": 1}
    team.client("ann", "metacounters.delete", **where, key="likes")
    assert team.client("bob", "metacounters.view", **where) == {"views": 1}


@pytest.mark.parametrize(
    ("metadata", "error"),
    [
        ({}, MissingParameter),
        ({"a,b": "1"}, InvalidCharacter),
        ({"": "1"}, InvalidCharacter),
        ({"a": "b\0"}, InvalidCharacter),
        ({"k" * 129: "1"}, TooLong),
        ({"a": "v" * 191}, TooLong),
        ({str(n): "1" for n in range(6)}, TooManyItems),
    ],
)
def test_limits(team: World, metadata: dict[str, str], error: type[Exception]) -> None:
    with pytest.raises(error):
        team.client("ann", "channel_metadata.create", channel_url=CHANNEL, metadata=metadata)


def test_the_longest_items_can_be_kept_and_found(team: World) -> None:
    key, value = "\N{GRINNING FACE}" * 128, "\N{GRINNING FACE}" * 190
    team.backend("channel_metadata.create", channel_url=CHANNEL, metadata={key: value})
    assert found(team, metadata_key=key, metadata_values=[value]) == [CHANNEL]
    assert found(team, metadata_key=key, metadata_values=[value[:-1]]) == []
    assert found(team, metadata_key=key, metadata_value_startswith=value[:-1]) == [CHANNEL]
    page = team.backend(
        "channels.list_all", show_empty=True, order="metadata_value_alphabetical", metadata_order_key=key, limit=1
    )
    assert len(page["channels"]) == 1


def test_a_channel_has_only_so_many(team: World) -> None:
    for n in range(0, MAX_ITEMS, 5):
        team.backend("channel_metadata.create", channel_url=CHANNEL, metadata={str(n + k): "" for k in range(5)})
    with pytest.raises(TooManyItems):
        team.backend("channel_metadata.update", channel_url=CHANNEL, metadata={"more": ""}, upsert=True)


def test_who_may(team: World) -> None:
    for name, params in (("channel_metadata", {"metadata": {"a": "1"}}), ("metacounters", {"metacounter": {"a": 1}})):
        with pytest.raises(Forbidden):
            team.client("bob", f"{name}.create", channel_url=CHANNEL, **params)
        with pytest.raises(NotFound):
            team.client("cid", f"{name}.view", channel_url=CHANNEL)


def test_nothing_is_left_of_a_deleted_channel(team: World) -> None:
    team.backend("channel_metadata.create", channel_url=CHANNEL, metadata={"a": "1"})
    team.backend("metacounters.create", channel_url=CHANNEL, metacounter={"a": 1})
    team.backend("channels.hide", channel_url=CHANNEL, should_hide_all=True)
    team.client("bob", "channels.hide", channel_url=CHANNEL, allow_auto_unhide=False)
    team.backend("channels.delete", channel_url=CHANNEL)
    while team.write(purge, 1):
        pass
    left = (
        *(tables.CHANNEL_METADATA, tables.METADATA_VALUES, tables.METACOUNTERS, tables.METACOUNTER_VALUES),
        *(tables.OWN_SETTINGS, tables.COMMON_SETTINGS),
    )
    for table in left:
        assert team.store.read(team.application, lambda txn, table=table: list(txn.scan(table))) == []


def found(world: World, **params: Any) -> list[str]:
    """What a backend finds among all channels, which is what ann finds among hers."""
    names = [
        [channel["channel_url"] for channel in channels["channels"]]
        for channels in (
            world.backend("channels.list_all", show_empty=True, limit=100, **params),
            world.client("ann", "channels.list", show_empty=True, limit=100, **params),
        )
    ]
    assert names[0] == names[1]
    return names[0]


@pytest.fixture
def several(world: World) -> World:
    world.users("ann")
    for number, value in enumerate(("red", "green", "", "Rose", "red")):
        world.client("ann", "channels.create", channel_url=f"chan{number}")
        if value:
            items = {"channel_url": f"chan{number}", "metadata": {"color": value, "other": "green"}}
            world.client("ann", "channel_metadata.create", **items)
        world.client("ann", "metacounters.create", channel_url=f"chan{number}", metacounter={"n": number - 2})
    return world


def test_lists_by_metadata(several: World) -> None:
    assert found(several, metadata_key="color") == ["chan4", "chan3", "chan1", "chan0"]
    assert found(several, metadata_key="color", metadata_values=["red", "blue"]) == ["chan4", "chan0"]
    assert found(several, metadata_key="color", metadata_value_startswith="r") == ["chan4", "chan0"]
    order = {"order": "metadata_value_alphabetical", "metadata_order_key": "color"}
    assert found(several, **order) == ["chan1", "chan0", "chan4", "chan3", "chan2"]
    pages: list[str] = []
    token = ""
    while not pages or token:
        page = several.client("ann", "channels.list", show_empty=True, limit=2, token=token, **order)
        pages += [channel["channel_url"] for channel in page["channels"]]
        token = page["next"]
    assert pages == found(several, **order)
    for params in (order | {"metadata_order_key": ""}, {"metadata_values": ["red"]}, {"metacounter_value_gt": 1}):
        with pytest.raises(MissingParameter):
            several.client("ann", "channels.list", **params)


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({}, "43210"),
        ({"metacounter_values": [-2, 1, 7]}, "30"),
        ({"metacounter_value_gt": -1}, "432"),
        ({"metacounter_value_gte": -1, "metacounter_value_lt": 1}, "21"),
        ({"metacounter_value_lte": -1}, "10"),
        ({"metacounter_value_gt": 5, "metacounter_value_lt": 2}, ""),
        ({"metacounter_values": [2**80], "metacounter_value_gt": -(2**80)}, ""),
    ],
)
def test_lists_by_counters(several: World, filters: dict[str, Any], expected: str) -> None:
    assert found(several, metacounter_key="n", **filters) == [f"chan{number}" for number in expected]


def test_metadata_is_shown_when_asked_for(several: World) -> None:
    expected = {"color": "red", "other": "green"}
    channel = several.client("ann", "channels.view", channel_url="chan0", show_metadata=True)
    assert channel["metadata"] == expected
    listed = several.client("ann", "channels.list", show_empty=True, channel_urls=["chan0"], show_metadata=True)
    assert listed["channels"][0]["metadata"] == expected
    assert "metadata" not in several.client("ann", "channels.view", channel_url="chan0")
