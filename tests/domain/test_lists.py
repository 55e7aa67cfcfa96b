"""Lists of channels, by example."""

from __future__ import annotations

from typing import Any
from unittest.mock import patch

import pytest

from chatd.domain.channels import discovery
from chatd.errors import Unacceptable
from tests.domain.conftest import World


@pytest.fixture
def team(world: World) -> World:
    world.users("ann", "bob", "cid")
    world.client("ann", "channels.create", channel_url="pair", user_ids=["bob"], name="Tea")
    world.client("ann", "channels.create", channel_url="three", user_ids=["bob", "cid"], name="Coffee", custom_type="x")
    world.client("ann", "channels.create", channel_url="open", is_public=True, name="Square", custom_type="xy")
    world.client("bob", "channels.create", channel_url="alone", is_public=True, name="Bob's tea")
    return world


def urls(page: Any) -> list[str]:
    return [channel["channel_url"] for channel in page["channels"]]


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({"members_exactly_in": ["ann", "bob"]}, ["pair"]),
        ({"members_exactly_in": ["ann", "nobody"]}, []),
        ({"members_include_in": ["bob"]}, ["three", "pair"]),
        ({"members_include_in": ["bob", "cid"]}, ["three"]),
        ({"members_include_in": ["bob", "cid"], "query_type": "OR"}, ["three", "pair"]),
        ({"super_mode": "super"}, []),
        ({"super_mode": "nonsuper", "custom_type_startswith": "x"}, ["open", "three"]),
        ({"show_frozen": False, "name_startswith": "t"}, ["pair"]),
        ({"members_nickname": "Cid"}, ["three"]),
        ({"members_nickname_contains": "o"}, ["three", "pair"]),
        ({"members_nickname_startswith": "an"}, ["open", "three", "pair"]),
        ({"search_query": "TEA"}, ["pair"]),
        ({"search_query": "b"}, ["three", "pair"]),
        ({"search_query": "b", "search_fields": ["channel_name"]}, []),
    ],
)
def test_filters(team: World, filters: dict[str, Any], expected: list[str]) -> None:
    assert urls(team.client("ann", "channels.search", show_empty=True, **filters)) == expected


def test_a_quick_list_does_not_look_for_nicknames(team: World) -> None:
    with pytest.raises(Unacceptable):
        team.client("ann", "channels.list", members_nickname_contains="Bob")
    quick = team.client("ann", "channels.list", show_empty=True, search_query="tea", search_fields=["channel_name"])
    assert urls(quick) == ["pair"]


def test_public_channels_are_found_by_everybody(team: World) -> None:
    found = team.client("cid", "channels.list_public")
    assert urls(found) == ["alone", "open"]
    assert "member_state" not in found["channels"][0]
    assert team.client("bob", "channels.list_public")["channels"][0]["member_state"] == "joined"
    assert urls(team.client("cid", "channels.list_public", name_contains="TEA")) == ["alone"]
    assert urls(team.client("cid", "channels.list_public", custom_types=["xy"])) == ["open"]


def test_pages_of_public_channels_end_where_much_was_looked_at(team: World) -> None:
    for at_once in (1, 2, 3):
        with patch.object(discovery, "LOOKED_AT", at_once):
            pages, token = [], ""
            while not pages or token:
                page = team.client("cid", "channels.list_public", token=token, limit=1)
                pages.append(urls(page))
                token = page["next"]
            assert [each for page in pages for each in page] == ["alone", "open"]
            assert len(pages) >= 2


def test_channels_are_counted(team: World) -> None:
    def count(**params: Any) -> int:
        return team.client("ann", "channels.count", **params)["group_channel_count"]

    team.client("ann", "channels.hide", channel_url="pair")
    assert count() == 2
    assert count(hidden_mode="all") == 3
    assert count(hidden_mode="all", custom_types=["x"]) == 1
    assert count(super_mode="super") == 0
    assert team.backend("channels.count", user_id="bob")["group_channel_count"] == 3


def test_who_is_invited_has_the_channel_in_the_list(team: World) -> None:
    def listed(state: str) -> list[str]:
        return urls(team.client("bob", "channels.list", show_empty=True, member_state_filter=state))

    place = team.client("bob", "channels.changes")["next"]
    team.client("bob", "users.update_invitation_preference", auto_accept=False)
    team.client("ann", "channels.create", channel_url="asked", user_ids=["bob"])
    team.client("ann", "messages.send", channel_url="asked", message="hi")
    assert listed("all")[0] == "asked"
    assert "asked" not in listed("joined_only")
    assert listed("invited_only") == listed("invited_by_non_friend") == ["asked"]
    assert listed("invited_by_friend") == []
    assert team.client("bob", "channels.count", state="invited")["group_channel_count"] == 1
    unread = team.client("bob", "channels.list", unread_filter="unread_message", hidden_mode="all")
    assert "asked" not in urls(unread)
    found = team.client("bob", "channels.changes", token=place)
    assert [channel["member_state"] for channel in found["updated"]] == ["invited"]
    team.client("bob", "channels.decline", channel_url="asked")
    found = team.client("bob", "channels.changes", token=place)
    assert (found["updated"], found["deleted"]) == ([], ["asked"])
