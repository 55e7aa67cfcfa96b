"""Operators: made and unmade, leaving and coming back."""

from __future__ import annotations

from typing import Any

import pytest

from chatd.errors import Forbidden, InvalidValue, MissingParameter, TooManyItems
from tests.domain.conftest import World


@pytest.fixture
def team(world: World) -> World:
    world.users("ann", "bob", "cid", "dan")
    world.client("ann", "channels.create", channel_url="tea1", user_ids=["bob", "cid"])
    return world


def ids(result: dict[str, Any]) -> list[str]:
    return [user["user_id"] for user in result["operators"]]


def role(world: World, user_id: str) -> str:
    found: str = world.client(user_id, "channels.view", channel_url="tea1")["my_role"]
    return found


def test_operators_are_made_and_unmade(team: World) -> None:
    assert ids(team.client("ann", "operators.add", channel_url="tea1", operator_ids=["bob", "cid"])) == [
        "ann",
        "bob",
        "cid",
    ]
    assert team.told[-1].data["type"] == "operators.changed"
    assert [user["user_id"] for user in team.told[-1].data["added"]] == ["bob", "cid"]
    assert ids(team.client("bob", "operators.remove", channel_url="tea1", operator_ids=["ann", "bob"])) == ["cid"]
    assert [role(team, user) for user in ("ann", "bob", "cid")] == ["none", "none", "operator"]
    assert ids(team.backend("operators.remove", channel_url="tea1", delete_all=True)) == []
    with pytest.raises(MissingParameter):
        team.backend("operators.remove", channel_url="tea1")


def test_only_who_belongs_to_a_channel_operates_it(team: World) -> None:
    with pytest.raises(InvalidValue):
        team.client("ann", "operators.add", channel_url="tea1", operator_ids=["dan"])
    with pytest.raises(Forbidden):
        team.client("bob", "operators.add", channel_url="tea1", operator_ids=["bob"])
    team.client("dan", "users.update_invitation_preference", auto_accept=False)
    team.client("ann", "channels.invite", channel_url="tea1", user_ids=["dan"])
    assert ids(team.client("ann", "operators.add", channel_url="tea1", operator_ids=["dan"])) == ["ann"]
    team.client("dan", "channels.accept", channel_url="tea1")
    assert role(team, "dan") == "operator"


@pytest.mark.parametrize(("removes", "expected"), [(False, "operator"), (True, "none")])
def test_who_leaves_by_choice_comes_back_as_operator_unless_told_otherwise(
    team: World, removes: bool, expected: str
) -> None:
    team.client("ann", "channels.leave", channel_url="tea1", should_remove_operator_status=removes)
    assert ids(team.client("bob", "operators.list", channel_url="tea1")) == []
    # Nobody operates the channel now, so all its members may change it, but not take it.
    team.client("bob", "channels.update", channel_url="tea1", name="Tea")
    with pytest.raises(Forbidden):
        team.client("bob", "channels.update", channel_url="tea1", operator_ids=["bob"])
    team.client("bob", "channels.invite", channel_url="tea1", user_ids=["ann"])
    assert role(team, "ann") == expected


def test_who_is_removed_is_operator_no_more(team: World) -> None:
    team.client("ann", "operators.add", channel_url="tea1", operator_ids=["bob"])
    team.client("bob", "channels.leave", channel_url="tea1", user_ids=["ann"])
    assert team.told[-1].data["reason"] == "removed"
    team.client("bob", "channels.invite", channel_url="tea1", user_ids=["ann"])
    assert role(team, "ann") == "none"


@pytest.mark.parametrize(
    ("reason", "told"), [("LEFT_BY_OWN_CHOICE", "left"), ("admin_removed", "removed_by_admin"), ("", "left")]
)
def test_a_backend_says_why_somebody_left(team: World, reason: str, told: str) -> None:
    team.backend("channels.leave", channel_url="tea1", user_ids=["bob"], reason=reason)
    assert team.told[-1].data["reason"] == told
    with pytest.raises(InvalidValue):
        team.backend("channels.leave", channel_url="tea1", user_ids=["cid"], reason="bored")


def test_an_update_says_who_operates(team: World) -> None:
    updated = team.backend("channels.update", channel_url="tea1", operator_ids=["bob", "cid"])
    assert ids(updated) == ["bob", "cid"]


def test_there_are_a_hundred_at_most_and_they_are_listed_in_pages(world: World) -> None:
    names = [f"user{n:03}" for n in range(101)]
    world.users(*names)
    made = {"channel_url": "tea1", "is_super": True, "user_ids": names[:100], "operator_ids": names[:100]}
    world.backend("channels.create", **made)
    world.backend("channels.invite", channel_url="tea1", user_ids=names[100:])
    with pytest.raises(TooManyItems):
        world.backend("operators.add", channel_url="tea1", operator_ids=names[100:])
    found, token = [], ""
    while True:
        page = world.backend("operators.list", channel_url="tea1", limit=30, token=token)
        found += ids(page)
        token = page["next"]
        if not token:
            break
    assert found == names[:100]
    # Who has left and would be operator again counts, until the status is taken.
    world.client("user000", "channels.leave", channel_url="tea1")
    with pytest.raises(TooManyItems):
        world.backend("operators.add", channel_url="tea1", operator_ids=names[100:])
    world.backend("operators.remove", channel_url="tea1", operator_ids=["user000"])
    world.backend("operators.add", channel_url="tea1", operator_ids=names[100:])
