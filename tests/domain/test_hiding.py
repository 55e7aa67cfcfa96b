"""Hiding channels and resetting histories, by example."""

from __future__ import annotations

from typing import Any

import pytest

from chatd.domain import COMMANDS
from chatd.errors import Forbidden, MissingParameter, NotFound
from tests.domain.conftest import World

CHANNEL = "chan1"


@pytest.fixture
def team(world: World) -> World:
    world.users("ann", "bob", "cid")
    world.client("ann", "channels.create", channel_url=CHANNEL, user_ids=["bob"])
    say(world, "ann", "first")
    return world


def say(world: World, user_id: str, text: str, **params: Any) -> int:
    return world.client(user_id, "messages.send", channel_url=CHANNEL, message=text, **params)["message_id"]


def shown(world: World, user_id: str, **params: Any) -> list[str]:
    found = world.client(user_id, "channels.list", show_empty=True, **params)
    return [channel["channel_url"] for channel in found["channels"]]


def own(world: World, user_id: str) -> Any:
    return world.client(user_id, "channels.view", channel_url=CHANNEL)


def history(world: World, user_id: str) -> list[str]:
    found = world.client(user_id, "messages.list", channel_url=CHANNEL, message_ts=2**50, next_limit=0)
    return [message["message"] for message in found["messages"]]


def test_a_hidden_channel_comes_back_with_a_message(team: World) -> None:
    team.client("bob", "channels.hide", channel_url=CHANNEL)
    assert shown(team, "bob") == []
    assert shown(team, "bob", hidden_mode="hidden_only") == [CHANNEL]
    assert shown(team, "ann") == [CHANNEL]
    assert (own(team, "bob")["hidden_state"], own(team, "bob")["is_hidden"]) == ("hidden_allow_auto_unhide", True)
    say(team, "ann", "quiet", is_silent=True)
    assert shown(team, "bob") == []
    say(team, "ann", "second")
    assert shown(team, "bob") == [CHANNEL]
    assert (own(team, "bob")["hidden_state"], own(team, "bob")["is_hidden"]) == ("unhidden", False)
    assert shown(team, "bob", hidden_mode="hidden_only") == []


def test_a_channel_may_stay_hidden(team: World) -> None:
    team.client("bob", "channels.hide", channel_url=CHANNEL, allow_auto_unhide=False)
    say(team, "ann", "second")
    assert own(team, "bob")["hidden_state"] == "hidden_prevent_auto_unhide"
    assert shown(team, "bob") == []
    assert shown(team, "bob", hidden_mode="all") == [CHANNEL]
    assert shown(team, "bob", hidden_mode="hidden_allow_auto_unhide") == []
    assert shown(team, "bob", hidden_mode="hidden_prevent_auto_unhide") == [CHANNEL]
    team.client("bob", "channels.unhide", channel_url=CHANNEL)
    assert shown(team, "bob") == [CHANNEL]


def test_it_is_told_to_the_own_devices_only_and_once(team: World) -> None:
    team.told.clear()
    for _ in range(2):
        team.client("bob", "channels.hide", channel_url=CHANNEL)
    for _ in range(2):
        team.client("bob", "channels.unhide", channel_url=CHANNEL)
    bob = team.actor("bob").user
    assert [(each.user, each.channel, each.data) for each in team.told] == [
        (bob, 0, {"type": "channel.hidden", "channel_url": CHANNEL, "hidden_state": "hidden_allow_auto_unhide"}),
        (bob, 0, {"type": "channel.unhidden", "channel_url": CHANNEL, "hidden_state": "unhidden"}),
    ]


def test_a_backend_hides_for_all_who_are_members_then(team: World) -> None:
    team.client("bob", "channels.hide", channel_url=CHANNEL, allow_auto_unhide=False)
    team.backend("channels.hide", channel_url=CHANNEL, should_hide_all=True)
    team.client("ann", "channels.invite", channel_url=CHANNEL, user_ids=["cid"])
    assert [shown(team, user_id) for user_id in ("ann", "bob", "cid")] == [[], [], [CHANNEL]]
    team.client("ann", "channels.unhide", channel_url=CHANNEL)
    assert shown(team, "ann") == [CHANNEL]
    team.client("ann", "channels.hide", channel_url=CHANNEL)
    team.backend("channels.unhide", channel_url=CHANNEL, should_unhide_all=True)
    assert [shown(team, user_id) for user_id in ("ann", "bob", "cid")] == [[CHANNEL]] * 3
    with pytest.raises(Forbidden):
        team.client("ann", "channels.hide", channel_url=CHANNEL, should_hide_all=True)
    with pytest.raises(MissingParameter):
        team.backend("channels.hide", channel_url=CHANNEL)


def test_who_leaves_and_comes_back_has_hidden_nothing(team: World) -> None:
    team.client("bob", "channels.hide", channel_url=CHANNEL, allow_auto_unhide=False)
    team.client("bob", "channels.leave", channel_url=CHANNEL)
    team.client("ann", "channels.invite", channel_url=CHANNEL, user_ids=["bob"])
    assert shown(team, "bob") == [CHANNEL]


def test_a_reset_history_is_not_seen_by_who_reset_it(team: World) -> None:
    first = say(team, "ann", "second")
    reply = say(team, "ann", "reply", parent_message_id=first)
    result = team.client("bob", "channels.reset_history", channel_url=CHANNEL)
    channel = own(team, "bob")
    assert channel["ts_message_offset"] == result["ts_message_offset"] > 0
    assert (channel["unread_message_count"], channel["last_message"]) == (0, None)
    assert history(team, "bob") == []
    for message_id in (first, reply):
        with pytest.raises(NotFound):
            team.client("bob", "messages.view", channel_url=CHANNEL, message_id=message_id)
        with pytest.raises(NotFound):
            team.client("bob", "messages.list", channel_url=CHANNEL, message_id=message_id)
    assert history(team, "ann") == ["first", "second"]
    assert own(team, "ann")["last_message"]["message"] == "reply"
    say(team, "ann", "third")
    assert history(team, "bob") == ["third"]
    channel = own(team, "bob")
    assert (channel["unread_message_count"], channel["last_message"]["message"]) == (1, "third")


def test_what_comes_in_the_same_millisecond_is_seen(team: World) -> None:
    def reset_and_send(txn: Any) -> None:
        for name, actor, params in (
            ("messages.send", "ann", {"message": "before"}),
            ("channels.reset_history", "bob", {}),
            ("messages.send", "ann", {"message": "after"}),
        ):
            command = COMMANDS[name]
            command.function(txn, actors[actor], command.parse({"channel_url": CHANNEL, **params}))

    actors = {user_id: team.actor(user_id) for user_id in ("ann", "bob")}
    team.write(reset_and_send)
    assert history(team, "bob") == ["after"]


def test_a_reply_shows_nothing_of_what_is_not_seen(team: World) -> None:
    first = say(team, "ann", "second")
    team.client("bob", "channels.reset_history", channel_url=CHANNEL)
    reply = say(team, "ann", "reply", parent_message_id=first)
    where = {"channel_url": CHANNEL, "message_id": reply, "include_parent_message_info": True}
    assert team.client("bob", "messages.view", **where)["parent_message_info"] == {}
    assert team.client("ann", "messages.view", **where)["parent_message_info"]["message"] == "second"


def test_hiding_may_reset_the_history(team: World) -> None:
    team.client("bob", "channels.hide", channel_url=CHANNEL, hide_previous_messages=True)
    assert own(team, "bob")["is_hidden"] is True
    say(team, "ann", "second")
    assert history(team, "bob") == ["second"]


def test_a_history_is_reset_for_all_but_backends(team: World) -> None:
    team.backend("channels.reset_history", channel_url=CHANNEL, reset_all=True)
    assert [history(team, "ann"), history(team, "bob")] == [[], []]
    assert own(team, "bob")["unread_message_count"] == 0
    assert team.client("bob", "users.unread_message_count")["unread_count"] == 0
    found = team.backend("messages.list", channel_url=CHANNEL, message_ts=2**50)
    assert [message["message"] for message in found["messages"]] == ["first"]
    with pytest.raises(Forbidden):
        team.client("ann", "channels.reset_history", channel_url=CHANNEL, reset_all=True)


def test_only_members_hide(team: World) -> None:
    with pytest.raises(NotFound):
        team.client("cid", "channels.hide", channel_url=CHANNEL)
    with pytest.raises(Forbidden):
        team.backend("channels.hide", channel_url=CHANNEL, user_id="cid")


def test_a_backend_brings_users_in_who_do_not_see_it_at_once(team: World) -> None:
    statuses = {"ann": "hidden_allow_auto_unhide", "bob": "unhidden", "nobody": "hidden_prevent_auto_unhide"}
    team.backend("channels.create", channel_url="chan2", user_ids=["ann", "bob"], hidden_status=statuses)
    assert shown(team, "ann") == [CHANNEL]
    assert shown(team, "bob") == ["chan2", CHANNEL]
    statuses = {"cid": "hidden_prevent_auto_unhide"}
    team.backend("channels.invite", channel_url="chan2", user_ids=["cid"], hidden_status=statuses)
    assert shown(team, "cid") == []
    with pytest.raises(Forbidden):
        team.client("ann", "channels.invite", channel_url=CHANNEL, user_ids=["cid"], hidden_status=statuses)
