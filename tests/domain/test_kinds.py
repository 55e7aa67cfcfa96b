"""Kinds of group channels: what each lets whom do."""

from __future__ import annotations

from typing import Any

import pytest

from chatd.domain.upkeep import retention
from chatd.errors import AlreadyExists, Forbidden, IncompatibleValues
from chatd.store import tables
from tests.domain.conftest import World


@pytest.fixture
def team(world: World) -> World:
    world.users("ann", "bob", "cid")
    return world


def make(world: World, **kind: Any) -> Any:
    return world.client("ann", "channels.create", channel_url="tea1", user_ids=["bob"], **kind)


@pytest.mark.parametrize(
    "kind",
    [
        {"is_distinct": True, "is_super": True},
        {"is_distinct": True, "is_public": True},
        {"access_code": "open", "is_public": False},
    ],
)
def test_some_kinds_exclude_each_other(team: World, kind: dict[str, Any]) -> None:
    with pytest.raises(IncompatibleValues):
        make(team, **kind)


@pytest.mark.parametrize("flag", ["is_super", "is_broadcast", "is_exclusive", "is_ephemeral"])
def test_a_channel_says_of_what_kind_it_is(team: World, flag: str) -> None:
    assert make(team, **{flag: True})[flag] is True
    assert team.client("bob", "channels.view", channel_url="tea1")[flag] is True


def test_only_operators_write_in_a_broadcast_channel(team: World) -> None:
    make(team, is_broadcast=True)
    with pytest.raises(Forbidden):
        team.client("bob", "messages.send", channel_url="tea1", message="hi")
    team.client("ann", "messages.send", channel_url="tea1", message="hi")
    team.backend("messages.send", channel_url="tea1", message="hi", message_type="ADMM")


def test_only_operators_write_while_a_channel_is_frozen(team: World) -> None:
    make(team)
    with pytest.raises(Forbidden):
        team.client("bob", "channels.freeze", channel_url="tea1", freeze=True)
    assert team.client("ann", "channels.freeze", channel_url="tea1", freeze=True)["freeze"] is True
    assert team.told[-1].data == {"type": "channel.frozen", "channel_url": "tea1", "freeze": True}
    with pytest.raises(Forbidden, match="frozen"):
        team.client("bob", "messages.send", channel_url="tea1", message="hi")
    team.client("ann", "messages.send", channel_url="tea1", message="hi")
    since = len(team.told)
    team.client("ann", "channels.freeze", channel_url="tea1", freeze=True)
    assert len(team.told) == since
    team.backend("channels.freeze", channel_url="tea1", freeze=False)
    team.client("bob", "messages.send", channel_url="tea1", message="hi")


def test_only_operators_bring_users_into_an_exclusive_channel(team: World) -> None:
    make(team, is_exclusive=True, is_public=True)
    with pytest.raises(Forbidden):
        team.client("bob", "channels.invite", channel_url="tea1", user_ids=["cid"])
    with pytest.raises(Forbidden):
        team.client("cid", "channels.join", channel_url="tea1")
    assert team.client("ann", "channels.invite", channel_url="tea1", user_ids=["cid"])["member_count"] == 3


def test_joining_takes_the_access_code(team: World) -> None:
    made = make(team, is_public=True, access_code="sésame")
    assert made["is_access_code_required"] is True
    for code in ("", "sesame"):
        with pytest.raises(Forbidden):
            team.client("cid", "channels.join", channel_url="tea1", access_code=code)
    assert team.client("cid", "channels.join", channel_url="tea1", access_code="sésame")["member_count"] == 3
    log = team.store.read(team.application, lambda txn: repr(list(txn.scan(tables.LOG))))
    assert "sésame" not in log
    assert "sésame" not in repr([publication.data for publication in team.told])


def test_an_access_code_can_be_changed_and_removed(team: World) -> None:
    make(team, is_public=True, access_code="one")
    team.client("ann", "channels.update", channel_url="tea1", access_code="two")
    with pytest.raises(Forbidden):
        team.client("cid", "channels.join", channel_url="tea1", access_code="one")
    with pytest.raises(IncompatibleValues):
        team.client("ann", "channels.update", channel_url="tea1", is_public=False)
    assert team.client("ann", "channels.update", channel_url="tea1", access_code="")["is_access_code_required"] is False
    team.client("cid", "channels.join", channel_url="tea1")


def test_who_is_invited_needs_no_access_code(team: World) -> None:
    make(team, is_public=True, access_code="one")
    team.client("cid", "users.update_invitation_preference", auto_accept=False)
    team.client("ann", "channels.invite", channel_url="tea1", user_ids=["cid"])
    assert team.client("cid", "channels.join", channel_url="tea1")["joined_member_count"] == 3


def test_an_ephemeral_channel_tells_and_does_not_keep(team: World, monkeypatch: pytest.MonkeyPatch) -> None:
    made = make(team, is_ephemeral=True)
    sent = team.client("bob", "messages.send", channel_url="tea1", message="mist")
    assert team.told[-1].data["message"]["message"] == "mist"
    listed = team.client("ann", "messages.list", channel_url="tea1", message_ts=sent["created_at"], prev_limit=10)
    assert listed["messages"] == []
    assert team.client("ann", "channels.view", channel_url="tea1")["last_message"] is None
    later = sent["created_at"] + 61_000
    monkeypatch.setattr("chatd.ids.now_ms", lambda: later)
    assert team.store.read_now(team.application, retention.due, 0, 10)[0] == [made["id"]]
    team.write(retention.remove_expired, made["id"], 100)
    assert "mist" not in team.store.read(team.application, lambda txn: repr(list(txn.scan(tables.LOG))))


def test_a_public_channel_may_be_undiscoverable(team: World) -> None:
    assert make(team, is_public=True, is_discoverable=False)["is_discoverable"] is False
    assert team.client("ann", "channels.update", channel_url="tea1", is_discoverable=True)["is_discoverable"] is True
    assert team.client("ann", "channels.update", channel_url="tea1", is_public=False)["is_discoverable"] is False


def test_distinct_channels_are_told_apart_by_their_type(team: World) -> None:
    def url(**params: Any) -> tuple[str, bool]:
        made = team.client("ann", "channels.create", user_ids=["bob"], is_distinct=True, **params)
        return made["channel_url"], made["is_created"]

    work, _ = url(custom_type="work")
    home, _ = url(custom_type="home")
    assert work != home
    assert url(custom_type="work") == (work, False)
    assert url() in ((work, False), (home, False))
    with pytest.raises(AlreadyExists):
        team.client("ann", "channels.update", channel_url=work, custom_type="home")
    team.client("ann", "channels.update", channel_url=home, custom_type="")
    assert url() == (home, False)
    team.client("ann", "channels.update", channel_url=home, is_distinct=False)
    assert url() == (work, False)
    assert url(custom_type="home")[1] is True
