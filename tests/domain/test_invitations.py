"""Invitations: who is asked, what the asked see, and what becomes of it."""

from __future__ import annotations

from typing import Any

import pytest

from chatd.domain.channels.memberships import invited_channels
from chatd.domain.upkeep.purge import purge
from chatd.errors import Forbidden, NotFound, TooManyItems
from tests.domain.conftest import World
from tests.domain.test_verify import findings_of


@pytest.fixture
def team(world: World) -> World:
    """Cid decides each time."""
    world.users("ann", "bob", "cid", "dan")
    world.client("cid", "users.update_invitation_preference", auto_accept=False)
    world.client("ann", "channels.create", channel_url="tea1", user_ids=["bob"])
    return world


def states(channel: dict[str, Any]) -> dict[str, str]:
    return {member["user_id"]: member["state"] for member in channel["members"]}


def kinds(world: World, since: int) -> list[str]:
    return [publication.data["type"] for publication in world.told[since:]]


def test_who_decides_is_asked_and_who_does_not_joins(team: World) -> None:
    channel = team.client("ann", "channels.invite", channel_url="tea1", user_ids=["cid", "dan"])
    assert states(channel) == {"ann": "joined", "bob": "joined", "dan": "joined", "cid": "invited"}
    assert (channel["member_count"], channel["joined_member_count"]) == (4, 3)
    told = {publication.data["type"]: publication for publication in team.told[-3:]}
    assert list(told) == ["member.joined", "member.invited", "invitation.received"]
    assert told["invitation.received"].user == team.actor("cid").user
    assert told["invitation.received"].data["channel"]["inviter"]["user_id"] == "ann"


def test_the_invited_see_the_channel_and_not_what_is_said(team: World) -> None:
    team.client("ann", "messages.send", channel_url="tea1", message="secret")
    team.client("ann", "channels.invite", channel_url="tea1", user_ids=["cid"])
    seen = team.client("cid", "channels.view", channel_url="tea1", show_member=True)
    assert (seen["member_state"], seen["last_message"], len(seen["members"])) == ("invited", None, 3)
    assert team.client("cid", "members.view", channel_url="tea1", user_id="cid") == {
        "is_member": False,
        "state": "invited",
    }
    for name in ("messages.count", "channels.typing", "channels.mark_read", "channels.leave"):
        with pytest.raises(NotFound):
            team.client("cid", name, channel_url="tea1")
    number = team.actor("cid").user
    assert team.store.read(team.application, invited_channels, number) == [seen["id"]]
    assert "secret" not in repr([p.data for p in team.told if p.user == number])


def test_accepting_makes_a_member(team: World) -> None:
    team.client("ann", "channels.invite", channel_url="tea1", user_ids=["cid"])
    channel = team.client("cid", "channels.accept", channel_url="tea1")
    assert states(channel)["cid"] == "joined"
    assert (channel["member_count"], channel["joined_member_count"]) == (3, 3)
    assert team.told[-1].data["inviter"]["user_id"] == "ann"
    since = len(team.told)
    team.client("cid", "channels.accept", channel_url="tea1")
    assert len(team.told) == since
    with pytest.raises(NotFound):
        team.client("dan", "channels.accept", channel_url="tea1")


def test_declining_and_canceling_end_an_invitation(team: World) -> None:
    team.client("ann", "channels.invite", channel_url="tea1", user_ids=["cid"])
    since = len(team.told)
    team.client("cid", "channels.decline", channel_url="tea1")
    assert kinds(team, since) == ["invitation.declined", "invitation.ended"]
    with pytest.raises(NotFound):
        team.client("cid", "channels.view", channel_url="tea1")
    team.client("ann", "channels.invite", channel_url="tea1", user_ids=["cid"])
    with pytest.raises(Forbidden):
        team.client("bob", "channels.leave", channel_url="tea1", user_ids=["cid"])
    since = len(team.told)
    team.client("ann", "channels.leave", channel_url="tea1", user_ids=["cid"])
    assert kinds(team, since) == ["invitation.canceled", "invitation.ended"]
    assert team.client("ann", "channels.view", channel_url="tea1")["member_count"] == 2


def test_nobody_is_asked_twice(team: World) -> None:
    team.client("ann", "channels.invite", channel_url="tea1", user_ids=["cid"])
    since = len(team.told)
    channel = team.client("bob", "channels.invite", channel_url="tea1", user_ids=["cid", "ann"])
    assert (channel["member_count"], len(team.told)) == (3, since)


def test_the_status_asks_anybody_and_only_a_backend_overrules_a_preference(team: World) -> None:
    status = {"dan": "invited_by_friend", "cid": "joined"}
    asked = {"channel_url": "tea1", "user_ids": ["cid", "dan"], "invitation_status": status}
    assert states(team.client("ann", "channels.invite", **asked)) | {"ann": "", "bob": ""} == {
        "ann": "",
        "bob": "",
        "cid": "invited",
        "dan": "invited",
    }
    assert states(team.backend("channels.invite", **asked))["cid"] == "joined"


def test_the_application_says_what_holds_for_those_who_do_not(team: World) -> None:
    team.backend("applications.update_invitation_preference", auto_accept=False)
    assert team.client("dan", "users.view_invitation_preference") == {"auto_accept": False}
    team.client("bob", "users.update_invitation_preference", auto_accept=True)
    made = team.client("ann", "channels.create", user_ids=["bob", "dan"])
    assert states(made) == {"ann": "joined", "bob": "joined", "dan": "invited"}
    assert team.told[-1].data["type"] == "invitation.received"


def test_a_distinct_channel_stays_so_while_its_people_answer(team: World) -> None:
    made = team.client("ann", "channels.create", user_ids=["cid"], is_distinct=True)
    again = team.client("ann", "channels.create", user_ids=["cid"], is_distinct=True)
    assert (again["channel_url"], again["is_created"]) == (made["channel_url"], False)
    assert team.client("cid", "channels.accept", channel_url=made["channel_url"])["is_distinct"] is True
    assert team.client("cid", "channels.create", user_ids=["ann"], is_distinct=True)["is_created"] is False


def test_a_distinct_channel_that_is_declined_is_one_no_more(team: World) -> None:
    made = team.client("ann", "channels.create", user_ids=["cid"], is_distinct=True)
    team.client("cid", "channels.decline", channel_url=made["channel_url"])
    assert team.client("ann", "channels.view", channel_url=made["channel_url"])["is_distinct"] is False


def test_invitations_end_with_the_channel_and_with_the_user(team: World) -> None:
    team.client("dan", "users.update_invitation_preference", auto_accept=False)
    team.client("ann", "channels.invite", channel_url="tea1", user_ids=["cid", "dan"])
    number = team.actor("cid").user
    team.backend("users.delete", user_id="cid")
    assert team.client("ann", "channels.view", channel_url="tea1")["member_count"] == 3
    team.client("ann", "channels.delete", channel_url="tea1")
    since = len(team.told)
    while team.write(purge, 1):
        pass
    assert [(p.data["reason"], p.user) for p in team.told[since:]] == [("deleted", team.actor("dan").user)]
    assert team.store.read(team.application, invited_channels, number) == []
    assert not findings_of(team.store)


def test_a_full_channel_takes_nobody(team: World) -> None:
    team.users(*(f"user{n}" for n in range(98)))
    names = [f"user{n}" for n in range(97)]
    team.client("ann", "channels.invite", channel_url="tea1", user_ids=[*names, "cid"])
    with pytest.raises(TooManyItems, match="100"):
        team.client("ann", "channels.invite", channel_url="tea1", user_ids=["user97"])
    # There is room for who is already counted.
    assert team.client("cid", "channels.accept", channel_url="tea1")["joined_member_count"] == 100
    team.client("ann", "channels.update", channel_url="tea1", is_super=True)
    channel = team.client("ann", "channels.invite", channel_url="tea1", user_ids=["user97"])
    assert (channel["member_count"], channel["members"]) == (101, [])
    with pytest.raises(TooManyItems):
        team.client("ann", "channels.update", channel_url="tea1", is_super=False)
