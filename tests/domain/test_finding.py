"""Users are found by every filter, in pages, without looking at the others."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chatd.domain.paging import token_of
from chatd.domain.users import finding
from chatd.errors import Forbidden, InvalidValue, MissingParameter
from chatd.store.names import folded
from tests.domain.conftest import World
from tests.domain.test_costs import Counted

NAMES = ("Ann", "anna", "ANNE", "Bob", "bo\0b", "straße", "STRASSE", "", "Ann van Berg")
CITIES = ("Kyoto", "Nara", "x" * 150 + "a", "x" * 150 + "b")


def people(count: int = 24) -> list[dict[str, Any]]:
    """Users with everything by which they are found, each in another mixture."""
    return [
        {
            "user_id": f"u{n:02}",
            "nickname": NAMES[n % len(NAMES)],
            "metadata": {"city": CITIES[n % len(CITIES)]} if n % 3 else {},
            "discovery_keys": [f"key{n % 5}"] if n % 2 else [],
            "is_active": n % 7 != 0,
            "is_bot": n % 11 == 5,
        }
        for n in range(count)
    ]


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Any:
    from chatd.store.store import Store
    from tests.domain.conftest import MAP_SIZE

    world = World(Store.open(tmp_path_factory.mktemp("town") / "data", MAP_SIZE))
    for each in people():
        make(world, each)
    yield world
    world.store.close()


def make(world: World, each: dict[str, Any]) -> None:
    if each["is_bot"]:
        named = {f"bot_{name}": each[name] for name in ("nickname", "metadata")}
        more = {"bot_profile_url": "", "bot_type": "", "bot_callback_url": "", "is_privacy_mode": True}
        world.backend("bots.create", bot_userid=each["user_id"], **named, **more)
    else:
        given = {name: value for name, value in each.items() if name not in ("is_active", "is_bot")}
        world.backend("users.create", **given)
    said = {"discovery_keys": each["discovery_keys"], "is_active": each["is_active"]}
    world.backend("users.update", user_id=each["user_id"], **said)


def matches(each: dict[str, Any], asked: dict[str, Any]) -> bool:
    mode, city = asked.get("active_mode", "activated"), each["metadata"].get("city")
    return (
        (mode == "all" or each["is_active"] == (mode == "activated"))
        and (asked.get("show_bot", True) or not each["is_bot"])
        and ("user_ids" not in asked or each["user_id"] in asked["user_ids"])
        and ("nickname" not in asked or each["nickname"] == asked["nickname"])
        and folded(each["nickname"]).startswith(folded(asked.get("nickname_startswith", "")))
        and any(word.startswith(folded(asked.get("search", ""))) for word in words_of(each))
        and ("metadatakey" not in asked or city is not None)
        and ("metadatavalues_in" not in asked or city in asked["metadatavalues_in"])
        and ("discovery_keys" not in asked or bool({*asked["discovery_keys"]} & {*each["discovery_keys"]}))
    )


def words_of(each: dict[str, Any]) -> list[str]:
    return [each["user_id"], folded(each["nickname"]), *folded(each["nickname"]).split()]


FILTERS: dict[str, st.SearchStrategy[Any]] = {
    "active_mode": st.sampled_from(["activated", "deactivated", "all"]),
    "show_bot": st.booleans(),
    "user_ids": st.lists(st.sampled_from([each["user_id"] for each in people()] + ["nobody"]), max_size=6),
    "nickname": st.sampled_from([name for name in NAMES if name]),
    "nickname_startswith": st.sampled_from(["a", "AN", "anne", "b", "stras", "z", ""]),
    "search": st.sampled_from(["a", "U0", "berg", "B", "str", "u1", ""]),
    "metadatakey": st.just("city"),
    "metadatavalues_in": st.lists(st.sampled_from(CITIES), max_size=3),
    "discovery_keys": st.lists(st.sampled_from(["key1", "key3", "none"]), max_size=2),
}
filters = st.fixed_dictionaries({}, optional=FILTERS).map(
    lambda asked: asked | {"metadatakey": "city"} if "metadatavalues_in" in asked else asked
)


def listed(world: World, limit: int, asked: dict[str, Any]) -> list[str]:
    """All pages of a list."""
    found, token = [], ""
    while True:
        page = world.backend("users.list", limit=limit, token=token, **asked)
        assert len(page["users"]) <= limit
        found += [each["user_id"] for each in page["users"]]
        token = page["next"]
        if not token:
            return found


@settings(max_examples=80, deadline=None)
@given(asked=filters, limit=st.integers(1, 9))
def test_all_who_match_are_found_once(town: World, asked: dict[str, Any], limit: int) -> None:
    found = listed(town, limit, asked)
    assert sorted(found) == [each["user_id"] for each in people() if matches(each, asked)]


@settings(max_examples=20, deadline=None)
@given(asked=filters)
def test_who_is_looked_at_in_vain_ends_a_page_early_and_is_not_missed(town: World, asked: dict[str, Any]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(finding, "LOOKED_AT", 2)
        found = listed(town, 5, asked)
    assert sorted(found) == [each["user_id"] for each in people() if matches(each, asked)]


@pytest.mark.parametrize(
    "asked",
    [
        {"user_ids": ["u01"]},
        {"nickname": "Someone"},
        {"nickname_startswith": "some"},
        {"metadatakey": "rare", "metadatavalues_in": ["yes"]},
        {"discovery_keys": ["rare"]},
        {"active_mode": "deactivated"},
    ],
)
def test_what_is_found_by_an_index_does_not_read_the_others(world: World, asked: dict[str, Any]) -> None:
    rare = {"metadata": {"rare": "yes"}, "discovery_keys": ["rare"]}
    world.backend("users.create", user_id="someone", nickname="Someone", **rare)
    world.users("u01")
    rows = []
    for size in (0, 60):
        world.users(*(f"other{n}" for n in range(size)))
        with pytest.MonkeyPatch.context() as patch:
            counted = Counted(patch)
            world.backend("users.list", **asked)
            rows.append(counted.rows)
    assert rows[1] <= rows[0] + 1


def test_who_changes_is_found_as_they_are_now(world: World) -> None:
    world.backend("users.create", user_id="ann", nickname="Ann", metadata={"city": "Kyoto"})
    world.client("ann", "users.update", nickname="Zoe", metadata={"city": "Nara"})
    assert listed(world, 5, {"nickname_startswith": "a"}) == []
    assert listed(world, 5, {"nickname": "Zoe"}) == ["ann"]
    assert listed(world, 5, {"metadatakey": "city", "metadatavalues_in": ["Kyoto"]}) == []
    world.backend("users.delete", user_id="ann")
    assert listed(world, 5, {"nickname": "Zoe", "active_mode": "all"}) == []
    world.users("ann")
    assert listed(world, 5, {}) == ["ann"]


def test_values_need_their_key_and_tokens_their_list(world: World) -> None:
    with pytest.raises(MissingParameter):
        world.backend("users.list", metadatavalues_in=["Kyoto"])
    with pytest.raises(InvalidValue):
        world.backend("users.list", token="nonsense")


def test_clients_find_each_other_only_where_that_is_allowed(world: World) -> None:
    world.users("ann", "bob")
    assert world.client("ann", "users.list")["users"]
    world.backend("applications.update_user_discovery", is_allowed=False)
    with pytest.raises(Forbidden):
        world.client("ann", "users.list", user_ids=["bob"])
    assert world.client("ann", "users.view", user_id="bob")["user_id"] == "bob"
    assert world.backend("users.list")["users"]
    world.backend("applications.update_user_discovery", is_allowed=True)
    assert world.client("ann", "users.list")["users"]


@pytest.mark.parametrize("mode", ["all", "deactivated"])
def test_all_are_listed_in_the_order_that_is_asked_for(town: World, mode: str) -> None:
    asked = {"active_mode": mode}
    everybody = listed(town, 100, asked)
    newest = listed(town, 2, asked | {"order": "newest"})
    named = listed(town, 2, asked | {"order": "nickname_alphabetical"})
    assert sorted(newest) == sorted(named) == sorted(everybody)
    assert newest == sorted(newest, reverse=True)
    nicknames = {each["user_id"]: folded(each["nickname"]) for each in people()}
    assert [nicknames[each] for each in named] == sorted(nicknames[each] for each in named)
    with pytest.raises(InvalidValue):
        town.backend("users.list", order="newest", token=token_of((-1,)))
