"""The sorted meta array, and mentions."""

from __future__ import annotations

from typing import Any

import pytest

from chatd.errors import AlreadyExists, Forbidden, InvalidValue, MissingParameter, NotFound, TooLong, TooManyItems
from tests.domain.conftest import World
from tests.domain.test_verify import findings_of

CHANNEL = "tea_time"
PLACE = {"key": "place", "value": ["kitchen", "garden"]}
TIME = {"key": "a time", "value": ["four"]}


@pytest.fixture
def tea(world: World) -> World:
    world.users("ann", "bob", "cid")
    world.backend("channels.create", channel_url=CHANNEL, user_ids=["ann", "bob"])
    return world


def send(tea: World, **more: Any) -> Any:
    return tea.client("ann", "messages.send", channel_url=CHANNEL, message="tea?", **more)


def meta_of(tea: World, message: Any) -> Any:
    where = {"channel_url": CHANNEL, "message_id": message["message_id"]}
    assert "sorted_metaarray" not in tea.client("bob", "messages.view", **where)
    return tea.client("bob", "messages.view", with_sorted_meta_array=True, **where)["sorted_metaarray"]


def call(tea: World, verb: str, message: Any, /, user: str = "ann", **params: Any) -> Any:
    where = {"channel_url": CHANNEL, "message_id": message["message_id"]}
    return tea.client(user, f"messages.{verb}_metaarray", **where, **params)


def test_it_is_sent_in_its_order_told_and_shown_when_asked_for(tea: World) -> None:
    message = send(tea, sorted_metaarray=[PLACE, TIME], req_id="r1")
    assert message["sorted_metaarray"] == [PLACE, TIME]
    assert tea.told[-1].data["message"] == message
    assert meta_of(tea, message) == [PLACE, TIME]
    assert send(tea, req_id="r1") == message
    page = tea.client("bob", "messages.list", channel_url=CHANNEL, message_ts=0, with_sorted_meta_array=True)
    assert [each["sorted_metaarray"] for each in page["messages"]] == [[PLACE, TIME]]
    assert not findings_of(tea.store)


def test_an_edit_replaces_it_and_leaves_it_when_absent(tea: World) -> None:
    message = send(tea, sorted_metaarray=[PLACE])
    where = {"channel_url": CHANNEL, "message_id": message["message_id"]}
    edited = tea.client("ann", "messages.update", message="coffee?", **where)
    assert edited["sorted_metaarray"] == [PLACE]
    tea.client("ann", "messages.update", sorted_metaarray=[TIME], **where)
    assert meta_of(tea, message) == [TIME]
    assert "sorted_metaarray" not in tea.client("ann", "messages.update", sorted_metaarray=[], **where)


def test_keys_come_change_and_go(tea: World) -> None:
    message = send(tea, sorted_metaarray=[PLACE])
    assert call(tea, "create", message, sorted_metaarray=[TIME])["sorted_metaarray"] == [PLACE, TIME]
    with pytest.raises(AlreadyExists):
        call(tea, "create", message, sorted_metaarray=[TIME])
    more = [{"key": "place", "value": ["garden", "attic"]}]
    added = call(tea, "update", message, sorted_metaarray=more)["sorted_metaarray"]
    assert added[0]["value"] == ["kitchen", "garden", "attic"]
    less = [{"key": "place", "value": ["garden", "cellar"]}]
    removed = call(tea, "update", message, sorted_metaarray=less, mode="remove")["sorted_metaarray"]
    assert removed[0]["value"] == ["kitchen", "attic"]
    assert tea.told[-1].data["message"]["sorted_metaarray"] == removed
    assert call(tea, "delete", message, keys=["place", "unknown"]) == {}
    assert meta_of(tea, message) == [TIME]
    call(tea, "delete", message)
    assert meta_of(tea, message) == []
    assert not findings_of(tea.store)


def test_a_key_that_is_not_there_is_made_only_when_wished(tea: World) -> None:
    message = send(tea)
    with pytest.raises(NotFound):
        call(tea, "update", message, sorted_metaarray=[TIME])
    with pytest.raises(NotFound):
        call(tea, "update", message, sorted_metaarray=[TIME], upsert=True, mode="remove")
    assert call(tea, "update", message, sorted_metaarray=[TIME], upsert=True)["sorted_metaarray"] == [TIME]
    told = len(tea.told)
    call(tea, "update", message, sorted_metaarray=[TIME])
    assert len(tea.told) == told


def test_limits_and_who_may(tea: World) -> None:
    def items(count: int) -> list[dict[str, Any]]:
        return [{"key": str(n), "value": []} for n in range(count)]

    message = send(tea, sorted_metaarray=items(10))
    with pytest.raises(TooManyItems):
        send(tea, sorted_metaarray=items(11))
    with pytest.raises(TooManyItems):
        call(tea, "create", message, sorted_metaarray=[TIME])
    with pytest.raises(InvalidValue, match="twice"):
        send(tea, sorted_metaarray=[TIME, TIME])
    with pytest.raises(TooLong):
        send(tea, sorted_metaarray=[{"key": "k", "value": ["v" * 191]}])
    with pytest.raises(MissingParameter):
        call(tea, "create", message, sorted_metaarray=[])
    with pytest.raises(Forbidden):
        call(tea, "delete", message, user="bob")
    assert len(meta_of(tea, message)) == 10


def test_a_deleted_message_has_none(tea: World) -> None:
    message = send(tea, sorted_metaarray=[PLACE])
    where = {"channel_url": CHANNEL, "message_id": message["message_id"]}
    tea.client("ann", "messages.delete", **where)
    listed = {"message_ts": 0, "including_removed": True, "with_sorted_meta_array": True}
    page = tea.client("bob", "messages.list", channel_url=CHANNEL, **listed)
    assert [each["sorted_metaarray"] for each in page["messages"]] == [[]]


def test_mentions_are_of_users_or_of_the_whole_channel(tea: World) -> None:
    message = send(tea, mentioned_user_ids=["bob", "ann", "bob"])
    assert [user["user_id"] for user in message["mentioned_users"]] == ["bob", "ann"]
    where = {"channel_url": CHANNEL, "message_id": message["message_id"]}
    edited = tea.client("ann", "messages.update", mention_type="channel", **where)
    assert (edited["mention_type"], edited["mentioned_users"]) == ("channel", [])
    edited = tea.client("ann", "messages.update", mention_type="users", mentioned_user_ids=["bob"], **where)
    assert (edited["mention_type"], [user["user_id"] for user in edited["mentioned_users"]]) == ("users", ["bob"])
    everybody = send(tea, mention_type="channel", mentioned_user_ids=["bob"])
    assert (everybody["mention_type"], everybody["mentioned_users"]) == ("channel", [])
    with pytest.raises(TooManyItems):
        send(tea, mentioned_user_ids=[str(n) for n in range(101)])
    with pytest.raises(NotFound):
        send(tea, mentioned_user_ids=["nobody"])
