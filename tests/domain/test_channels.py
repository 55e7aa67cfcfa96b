"""Channels and their members, by example."""

from __future__ import annotations

import pytest

from chatd.errors import AlreadyExists, Forbidden, IncompatibleValues, InvalidValue, NotFound
from tests.domain.conftest import World


@pytest.fixture
def team(world: World) -> World:
    world.users("ann", "bob", "cid", "dan")
    return world


def user_ids(members: list[dict[str, object]]) -> list[object]:
    return [member["user_id"] for member in members]


def test_a_client_is_member_and_operator_of_what_it_creates(team: World) -> None:
    channel = team.client("ann", "channels.create", user_ids=["bob"], name="Tea")
    assert user_ids(channel["members"]) == ["ann", "bob"]
    assert user_ids(channel["operators"]) == ["ann"]
    assert channel["is_created"] is True
    assert channel["created_by"]["user_id"] == "ann"


def test_a_distinct_channel_is_made_once_for_its_members(team: World) -> None:
    first = team.client("ann", "channels.create", user_ids=["bob"], is_distinct=True)
    again = team.client("bob", "channels.create", user_ids=["ann"], is_distinct=True)
    assert again["channel_url"] == first["channel_url"]
    assert again["is_created"] is False


def test_a_distinct_channel_whose_members_change_is_one_no_more(team: World) -> None:
    first = team.client("ann", "channels.create", user_ids=["bob"], is_distinct=True)
    team.client("ann", "channels.invite", channel_url=first["channel_url"], user_ids=["cid"])
    again = team.client("ann", "channels.create", user_ids=["bob"], is_distinct=True)
    assert again["channel_url"] != first["channel_url"]
    assert team.client("ann", "channels.view", channel_url=first["channel_url"])["is_distinct"] is False


def test_distinct_and_public_exclude_each_other(team: World) -> None:
    with pytest.raises(IncompatibleValues):
        team.client("ann", "channels.create", is_distinct=True, is_public=True)


def test_a_taken_url_is_refused(team: World) -> None:
    team.client("ann", "channels.create", channel_url="tea_time")
    with pytest.raises(AlreadyExists):
        team.client("ann", "channels.create", channel_url="tea_time")


def test_unknown_users_are_passed_over_unless_strict(team: World) -> None:
    channel = team.backend("channels.create", user_ids=["ann", "nobody"])
    assert user_ids(channel["members"]) == ["ann"]
    with pytest.raises(InvalidValue):
        team.backend("channels.create", user_ids=["ann", "nobody"], strict=True)


def test_a_private_channel_does_not_exist_for_strangers(team: World) -> None:
    team.client("ann", "channels.create", channel_url="secret")
    for name in ("channels.view", "messages.count", "members.list", "channels.join", "channels.leave"):
        with pytest.raises(NotFound):
            team.client("bob", name, channel_url="secret")


def test_a_public_channel_can_be_joined_and_left(team: World) -> None:
    team.client("ann", "channels.create", channel_url="open", is_public=True)
    with pytest.raises(Forbidden):
        team.client("bob", "messages.send", channel_url="open", message="hi")
    team.client("bob", "channels.join", channel_url="open")
    team.client("bob", "messages.send", channel_url="open", message="hi")
    team.client("bob", "channels.leave", channel_url="open")
    assert team.client("bob", "channels.list", show_empty=True)["channels"] == []


def test_only_operators_delete_and_remove(team: World) -> None:
    team.client("ann", "channels.create", channel_url="tea1", user_ids=["bob", "cid"])
    with pytest.raises(Forbidden):
        team.client("bob", "channels.delete", channel_url="tea1")
    with pytest.raises(Forbidden):
        team.client("bob", "channels.leave", channel_url="tea1", user_ids=["cid"])
    team.client("ann", "channels.leave", channel_url="tea1", user_ids=["cid"])
    assert team.told[-1].data["reason"] == "removed"
    team.client("ann", "channels.delete", channel_url="tea1")
    with pytest.raises(NotFound):
        team.client("ann", "channels.view", channel_url="tea1")
    team.client("ann", "channels.create", channel_url="tea1")


def test_a_deleted_user_leaves_but_what_they_wrote_stays(team: World) -> None:
    team.client("ann", "channels.create", channel_url="tea1", user_ids=["bob"])
    sent = team.client("bob", "messages.send", channel_url="tea1", message="I was here")
    team.backend("users.delete", user_id="bob")
    seen = team.client("ann", "messages.view", channel_url="tea1", message_id=sent["message_id"])
    assert seen["user"]["user_id"] == "bob"
    assert seen["user"]["nickname"] == ""
    assert team.client("ann", "channels.view", channel_url="tea1")["member_count"] == 1
    team.users("bob")
    assert team.client("bob", "channels.list", show_empty=True)["channels"] == []


@pytest.mark.parametrize("order", ["chronological", "latest_last_message", "channel_name_alphabetical"])
@pytest.mark.parametrize("limit", [1, 2, 3, 7])
def test_pages_join_up_to_the_whole_list(team: World, order: str, limit: int) -> None:
    for n in range(7):
        team.client("ann", "channels.create", channel_url=f"channel_{n}", name=f"n{n % 3}")
    for n in (3, 1, 5):
        team.client("ann", "messages.send", channel_url=f"channel_{n}", message="hi")
    whole = team.client("ann", "channels.list", order=order, show_empty=True, limit=100)["channels"]
    paged, token = [], ""
    while True:
        page = team.client("ann", "channels.list", order=order, show_empty=True, limit=limit, token=token)
        paged += page["channels"]
        token = page["next"]
        if not token:
            break
    assert [channel["channel_url"] for channel in paged] == [channel["channel_url"] for channel in whole]
    assert len(whole) == 7


def test_lists_leave_out_empty_channels_unless_asked(team: World) -> None:
    team.client("ann", "channels.create", channel_url="quiet")
    team.client("ann", "channels.create", channel_url="lively")
    team.client("ann", "messages.send", channel_url="lively", message="hi")
    found = team.client("ann", "channels.list")["channels"]
    assert [channel["channel_url"] for channel in found] == ["lively"]


def test_backends_filter_by_members(team: World) -> None:
    team.backend("channels.create", channel_url="ann_bob", user_ids=["ann", "bob"])
    team.backend("channels.create", channel_url="ann_bob_cid", user_ids=["ann", "bob", "cid"])

    def urls(**filters: object) -> set[str]:
        found = team.backend("channels.list_all", show_empty=True, **filters)["channels"]
        return {channel["channel_url"] for channel in found}

    assert urls(members_exactly_in=["bob", "ann"]) == {"ann_bob"}
    assert urls(members_include_in=["cid", "ann"]) == {"ann_bob_cid"}
    assert urls(members_include_in=["cid", "ann"], query_type="OR") == {"ann_bob", "ann_bob_cid"}
