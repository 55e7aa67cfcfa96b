"""What lists of members show of blocks and notifications, how many have read a message, and pushes of bots."""

from __future__ import annotations

from typing import Any

import pytest

from chatd.domain.fold.stored import current_message
from chatd.domain.users.notifying import wants_push
from chatd.errors import Forbidden
from chatd.store import tables
from chatd.store.transaction import Transaction
from tests.domain.conftest import World


@pytest.fixture
def team(world: World) -> World:
    world.users("ann", "bob", "cid")
    world.client("ann", "channels.create", channel_url="room1", user_ids=["bob", "cid"])
    world.client("ann", "blocks.add", target_id="bob")
    world.client("cid", "blocks.add", target_id="ann")
    return world


def shown(found: dict[str, Any], *names: str) -> dict[str, list[Any]]:
    return {each["user_id"]: [each.get(name) for name in names] for each in found["members"]}


def test_members_say_who_has_blocked_whom(team: World) -> None:
    both = ("is_blocked_by_me", "is_blocking_me")
    seen = shown(team.backend("members.list", channel_url="room1", user_id="ann"), *both)
    assert seen == {"ann": [False, False], "bob": [True, False], "cid": [False, True]}
    own = shown(team.client("ann", "members.list", channel_url="room1", user_id="ann"), *both)
    assert own == {"ann": [False, None], "bob": [True, None], "cid": [False, None]}
    assert set(map(tuple, shown(team.client("ann", "members.list", channel_url="room1"), *both).values())) == {
        (None, None)
    }
    with pytest.raises(Forbidden):
        team.client("ann", "members.list", channel_url="room1", user_id="bob")


def test_backends_see_how_members_are_notified(team: World) -> None:
    team.client("ann", "users.update_push_preference", push_trigger_option="off")
    team.client("bob", "channels.update_push_preference", channel_url="room1", push_trigger_option="mention_only")
    team.client("cid", "users.update_push_preference", do_not_disturb=True)
    names = ("push_enabled", "push_trigger_option", "do_not_disturb")
    found = shown(team.backend("members.list", channel_url="room1", include_push_preference=True), *names)
    assert found == {
        "ann": [False, "off", False],
        "bob": [True, "mention_only", False],
        "cid": [True, "all", True],
    }
    with pytest.raises(Forbidden):
        team.client("ann", "members.list", channel_url="room1", include_push_preference=True)


def test_it_is_said_how_many_have_read_a_message(team: World) -> None:
    sent = team.client("ann", "messages.send", channel_url="room1", message="hi")["message_id"]
    team.client("bob", "channels.mark_read", channel_url="room1")
    asked = {"channel_url": "room1", "message_id": sent, "limit": 1}
    for state, number in (("read", 1), ("unread", 1), ("undelivered", 1)):
        found = team.client("ann", "messages.readers", **asked, state=state)
        assert (found["total_count"], len(found["users"])) == (number, 1)
    team.client("ann", "channels.leave", channel_url="room1")
    assert team.backend("messages.readers", **asked, state="unread")["total_count"] == 1


def test_who_wants_nothing_of_bots_is_not_notified_of_them(team: World) -> None:
    named = {"bot_nickname": "Robin", "bot_profile_url": "", "bot_type": "bird", "bot_callback_url": ""}
    team.backend("bots.create", bot_userid="robin", is_privacy_mode=False, **named)
    team.backend("bots.join", bot_userid="robin", channel_urls=["room1"])
    sent = team.backend("bots.send", bot_userid="robin", channel_url="room1", message="@ann beep", mentioned=["ann"])
    number = sent.get("message_id") or sent["message"]["message_id"]

    def wants(txn: Transaction) -> bool:
        message = current_message(txn, number)
        assert message is not None
        return wants_push(txn, txn.require(tables.USER_IDS, "ann"), message.channel, message)

    assert team.store.read(team.application, wants)
    assert team.client("ann", "users.update_push_preference", block_push_from_bots=True)["block_push_from_bots"]
    assert not team.store.read(team.application, wants)
