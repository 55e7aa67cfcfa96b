"""Blocks: what does not reach the other, what does, and who learns of it."""

from __future__ import annotations

from typing import Any

import pytest

from chatd.domain.moderation import blocking
from chatd.domain.upkeep.purge import purge
from chatd.errors import Blocked, Forbidden, IncompatibleValues, InvitesBlocked, InvitesBlocker, TooManyItems
from chatd.store import tables
from tests.domain import erasing
from tests.domain.conftest import World
from tests.domain.test_sanctions import rows
from tests.domain.test_verify import findings_of

PAIR, ROOM = "pair", "room"
OF_BLOCKS = (tables.BLOCKS, tables.BLOCKED_BY, tables.BLOCK_COUNTS)


@pytest.fixture
def pair(world: World) -> World:
    """Ann and bob have a direct channel, and one with cid; ann has blocked bob."""
    world.users("ann", "bob", "cid")
    world.client("ann", "channels.create", channel_url=PAIR, user_ids=["bob"], is_distinct=True)
    world.client("cid", "channels.create", channel_url=ROOM, user_ids=["ann", "bob"])
    world.client("bob", "messages.send", channel_url=PAIR, message="before")
    world.client("ann", "blocks.add", target_id="bob")
    return world


def send(world: World, user_id: str, channel_url: str) -> Any:
    return world.client(user_id, "messages.send", channel_url=channel_url, message="hi")


@pytest.mark.parametrize("user_id", ["ann", "bob"])
def test_nothing_is_said_in_the_direct_channel_until_it_ends(pair: World, user_id: str) -> None:
    sent = pair.client(user_id, "messages.list", channel_url=PAIR, message_ts=0)["messages"][0]["message_id"]
    for name, params in (
        ("messages.send", {"message": "hi"}),
        ("reactions.add", {"message_id": sent, "reaction": "+1"}),
        *((("messages.update", {"message_id": sent, "message": "after"}),) if user_id == "bob" else ()),
    ):
        with pytest.raises(Blocked):
            pair.client(user_id, name, channel_url=PAIR, **params)
    with pytest.raises(Blocked):
        pair.backend("messages.send", channel_url=PAIR, user_id=user_id, message="hi")
    assert pair.client(user_id, "channels.typing", channel_url=PAIR, typing=True) == []
    send(pair, user_id, ROOM)
    pair.client("ann", "blocks.remove", target_id="bob")
    send(pair, user_id, PAIR)


def test_a_direct_channel_is_found_but_not_made(pair: World) -> None:
    for caller, other, error in (("ann", "bob", InvitesBlocked), ("bob", "ann", InvitesBlocker)):
        found = pair.client(caller, "channels.create", user_ids=[other], is_distinct=True)
        assert found["channel_url"] == PAIR
        with pytest.raises(error):
            pair.client(caller, "channels.create", user_ids=[other, "cid"], is_distinct=True)
        with pytest.raises(error):
            pair.backend("channels.create", user_ids=["ann", "bob"], inviter_id=caller)
    pair.backend("channels.create", user_ids=["ann", "bob"])


def test_neither_invites_the_other_and_others_may_invite_both(pair: World) -> None:
    pair.client("ann", "channels.create", channel_url="hers")
    pair.client("bob", "channels.create", channel_url="his1")
    with pytest.raises(InvitesBlocked):
        pair.client("ann", "channels.invite", channel_url="hers", user_ids=["cid", "bob"])
    with pytest.raises(InvitesBlocker):
        pair.client("bob", "channels.invite", channel_url="his1", user_ids=["ann"])
    assert pair.client("ann", "channels.invite", channel_url=ROOM, user_ids=["bob"])["member_count"] == 3
    pair.client("cid", "channels.create", user_ids=["ann", "bob"])


def test_a_direct_channel_in_which_one_is_still_asked(world: World) -> None:
    world.users("ann", "bob")
    world.client("bob", "users.update_invitation_preference", auto_accept=False)
    world.client("ann", "channels.create", channel_url=PAIR, user_ids=["bob"], is_distinct=True)
    world.client("bob", "blocks.add", target_id="ann")
    with pytest.raises(Blocked):
        send(world, "ann", PAIR)


def test_who_is_blocked_is_told_nothing_and_cannot_ask(pair: World) -> None:
    bob = pair.actor("bob").user
    assert [each.user for each in pair.told if each.data["type"] == "user.blocked"] == [pair.actor("ann").user]
    assert not [each for each in pair.told if each.user == bob and "block" in each.data["type"]]
    with pytest.raises(Forbidden):
        pair.client("bob", "blocks.list", list="blocking_me")
    assert pair.client("bob", "blocks.list")["users"] == []


def test_lists_of_both_sides_in_pages(pair: World) -> None:
    pair.client("ann", "blocks.add", user_ids=["bob", "cid"])
    first = pair.client("ann", "blocks.list", limit=1)
    second = pair.client("ann", "blocks.list", limit=1, token=first["next"])
    assert [page["users"][0]["user_id"] for page in (first, second)] == ["bob", "cid"]
    assert second["next"] == ""
    found = pair.backend("blocks.list", user_id="bob", list="blocking_me")["users"]
    assert [each["user_id"] for each in found] == ["ann"]
    assert [each["user_id"] for each in pair.client("ann", "blocks.list", user_ids=["cid"])["users"]] == ["cid"]


def test_limits(pair: World, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(IncompatibleValues):
        pair.client("ann", "blocks.add", target_id="ann")
    monkeypatch.setattr(blocking, "MAX_BLOCKED", 1)
    pair.client("ann", "blocks.add", target_id="bob")
    with pytest.raises(TooManyItems):
        pair.client("ann", "blocks.add", target_id="cid")


def test_of_who_is_deleted_nothing_is_left(pair: World) -> None:
    pair.client("bob", "blocks.add", user_ids=["ann", "cid"])
    pair.client("cid", "blocks.add", target_id="bob")
    pair.backend("users.delete", user_id="bob")
    assert pair.client("ann", "blocks.list")["users"] == []
    rounds = 0
    while pair.write(purge, 1):
        rounds += 1
        assert not findings_of(pair.store)
    assert rounds == 4
    assert rows(pair, *OF_BLOCKS, tables.DELETED_USERS) == [0, 0, 0, 0]


def test_of_who_is_forgotten_every_step_is_sound(pair: World) -> None:
    pair.backend("privacy.create", user_ids=["bob"])
    for _ in erasing.steps(pair):
        assert not findings_of(pair.store)
    while pair.write(purge, 1):
        assert not findings_of(pair.store)
    assert rows(pair, *OF_BLOCKS) == [0, 0, 0]
