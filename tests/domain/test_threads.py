"""Replies and their threads, by example; tests/domain/test_laws.py has the laws."""

from __future__ import annotations

from typing import Any

import pytest

from chatd.domain.upkeep.purge import purge
from chatd.errors import IncompatibleValues, InvalidValue, NotFound
from chatd.store import tables
from tests.domain.conftest import World

CHANNEL = "tea_time"


@pytest.fixture
def tea(world: World) -> World:
    world.users("ann", "bob", "cid")
    world.backend("channels.create", channel_url=CHANNEL, user_ids=["ann", "bob", "cid"])
    return world


def send(world: World, user_id: str, text: str = "x", **more: Any) -> int:
    sent = world.client(user_id, "messages.send", channel_url=CHANNEL, message=text, **more)
    message_id: int = sent["message_id"]
    return message_id


def delete(world: World, user_id: str, message_id: int) -> None:
    world.client(user_id, "messages.delete", channel_url=CHANNEL, message_id=message_id)


def view(world: World, message_id: int, **more: Any) -> Any:
    wanted = {"include_thread_info": True, "include_parent_message_info": True} | more
    return world.client("ann", "messages.view", channel_url=CHANNEL, message_id=message_id, **wanted)


def listed(world: World, **more: Any) -> list[int]:
    params = {"message_ts": 2**53, "prev_limit": 200} | more
    found = world.client("ann", "messages.list", channel_url=CHANNEL, **params)
    return [message["message_id"] for message in found["messages"]]


def repliers(info: Any) -> list[str]:
    return [user["user_id"] for user in info["most_replies"]]


def test_a_thread_knows_its_replies(tea: World) -> None:
    parent = send(tea, "ann", "who comes?")
    assert view(tea, parent)["thread_info"] == {
        "reply_count": 0,
        "most_replies": [],
        "last_replied_at": 0,
        "updated_at": 0,
    }
    for user_id in ("cid", "bob", "bob"):
        last = send(tea, user_id, parent_message_id=parent)
    info = view(tea, parent)["thread_info"]
    reply = view(tea, last)
    assert (info["reply_count"], repliers(info)) == (3, ["bob", "cid"])
    assert info["last_replied_at"] == info["updated_at"] == reply["created_at"]
    assert reply["parent_message_id"] == parent
    assert "thread_info" not in reply
    assert reply["parent_message_info"] == {
        "type": "MESG",
        "message": "who comes?",
        "user": reply["parent_message_info"]["user"],
        "ts": view(tea, parent)["created_at"],
        "custom_type": "",
    }
    assert reply["parent_message_info"]["user"]["user_id"] == "ann"


def test_whoever_is_connected_sees_the_thread_change(tea: World) -> None:
    parent = send(tea, "ann")
    reply = send(tea, "bob", parent_message_id=parent)
    told = tea.told[-1].data
    assert (told["type"], told["message"]["parent_message_id"]) == ("message.created", parent)
    assert told["thread_info"]["reply_count"] == 1
    delete(tea, "bob", reply)
    told = tea.told[-1].data
    assert (told["type"], told["message_id"], told["parent_message_id"]) == ("message.deleted", reply, parent)
    assert told["thread_info"]["reply_count"] == 0


def test_deleted_replies_are_counted_no_more(tea: World) -> None:
    parent = send(tea, "ann")
    first, second, third = (send(tea, user_id, parent_message_id=parent) for user_id in ("bob", "cid", "cid"))
    delete(tea, "cid", third)
    delete(tea, "cid", second)
    info = view(tea, parent)["thread_info"]
    assert (info["reply_count"], repliers(info)) == (1, ["bob"])
    assert info["last_replied_at"] == view(tea, first)["created_at"]
    assert listed(tea, parent_message_id=parent) == [first]


def test_the_first_five_of_many_are_right_after_every_change(tea: World) -> None:
    names = [f"user{n}" for n in range(8)]
    tea.users(*names)
    tea.backend("channels.invite", channel_url=CHANNEL, user_ids=names)
    parent = send(tea, "ann")
    sent = [(name, send(tea, name, parent_message_id=parent)) for n, name in enumerate(names) for _ in range(n + 1)]
    assert repliers(view(tea, parent)["thread_info"]) == ["user7", "user6", "user5", "user4", "user3"]
    for name, message_id in sent[-8:-2]:
        delete(tea, name, message_id)
    assert repliers(view(tea, parent)["thread_info"]) == ["user6", "user5", "user4", "user3", "user2"]


def test_replies_are_listed_where_they_are_asked_for(tea: World) -> None:
    parent, other = send(tea, "ann"), send(tea, "ann")
    inside = send(tea, "bob", parent_message_id=parent)
    shown = send(tea, "bob", parent_message_id=parent, reply_to_channel=True)
    assert listed(tea) == [parent, other]
    assert listed(tea, include_reply_type="ONLY_REPLY_TO_CHANNEL") == [parent, other, shown]
    assert listed(tea, include_reply_type="ALL") == [parent, other, inside, shown]
    assert listed(tea, parent_message_id=parent) == [inside, shown]
    assert listed(tea, parent_message_id=parent, prev_limit=1) == [shown]
    assert listed(tea, parent_message_id=parent, message_ts=0, next_limit=1) == [inside]
    assert listed(tea, parent_message_id=other) == []
    with pytest.raises(NotFound):
        listed(tea, parent_message_id=999)


def test_replies_count_as_unread_like_every_message(tea: World) -> None:
    parent = send(tea, "ann")
    send(tea, "ann", parent_message_id=parent)
    assert tea.client("bob", "channels.unread_count", channel_url=CHANNEL)["unread"] == {"bob": 2}


def test_a_thread_has_one_level_and_admins_no_part_in_it(tea: World) -> None:
    parent = send(tea, "ann")
    reply = send(tea, "bob", parent_message_id=parent)
    notice = tea.backend("messages.send", channel_url=CHANNEL, message_type="ADMM", message="x")["message_id"]
    for wrong in (reply, notice):
        with pytest.raises(InvalidValue):
            send(tea, "ann", parent_message_id=wrong)
    with pytest.raises(IncompatibleValues):
        tea.backend("messages.send", channel_url=CHANNEL, message_type="ADMM", message="x", parent_message_id=parent)
    tea.client("ann", "channels.create", channel_url="elsewhere")
    with pytest.raises(NotFound):
        tea.client("ann", "messages.send", channel_url="elsewhere", message="x", parent_message_id=parent)


def test_a_thread_outlives_its_parent_and_takes_no_more(tea: World) -> None:
    parent = send(tea, "ann", "secret")
    reply = send(tea, "bob", parent_message_id=parent)
    delete(tea, "ann", parent)
    assert listed(tea, parent_message_id=parent) == [reply]
    assert view(tea, reply)["parent_message_info"]["message"] == ""
    removed = tea.client(
        "ann", "messages.list", channel_url=CHANNEL, message_id=parent, including_removed=True, include_thread_info=True
    )
    assert removed["messages"][0]["thread_info"]["reply_count"] == 1
    with pytest.raises(NotFound):
        send(tea, "ann", parent_message_id=parent)
    delete(tea, "bob", reply)
    assert listed(tea, parent_message_id=parent) == []


def test_a_deleted_channel_leaves_nothing_of_its_threads(tea: World) -> None:
    parent = send(tea, "ann")
    send(tea, "bob", parent_message_id=parent)
    tea.client("cid", "reactions.add", channel_url=CHANNEL, message_id=parent, reaction="+1")
    tea.backend("channels.delete", channel_url=CHANNEL)
    while tea.store.write_now(tea.application, purge, 1):
        pass
    tea.store.refresh()
    for table in (tables.THREADS, tables.REPLIES, tables.REPLIERS, tables.REACTIONS):
        assert tea.store.read(tea.application, lambda txn, table=table: list(txn.scan(table))) == [], table
