"""What users keep for themselves: drafts, saved messages, the threads that they follow."""

from __future__ import annotations

from typing import Any

import pytest

from chatd.domain.messages import drafts, saved
from chatd.domain.upkeep.purge import purge
from chatd.errors import LimitExceeded, NotFound, RequestError
from chatd.store import tables
from tests.domain.conftest import World
from tests.domain.histories import expire
from tests.domain.test_erasure import places
from tests.domain.test_verify import findings_of

CHANNEL = "tea_time"


@pytest.fixture
def tea(world: World) -> World:
    world.users("ann", "bob", "cid")
    world.backend("channels.create", channel_url=CHANNEL, user_ids=["ann", "bob"])
    return world


def send(world: World, user_id: str, text: str = "hi", **more: Any) -> int:
    number: int = world.client(user_id, "messages.send", channel_url=CHANNEL, message=text, **more)["message_id"]
    return number


def texts(world: World, **params: Any) -> list[str]:
    found = world.client("ann", "drafts.list", **params)["drafts"]
    return [each["message"] for each in found]


def kept(world: World, user_id: str = "ann", **params: Any) -> list[int]:
    found = world.client(user_id, "saved.list", **params)["saved"]
    return [each["message"]["message_id"] for each in found]


def threads(world: World, user_id: str, **params: Any) -> list[tuple[int, int]]:
    found = world.client(user_id, "threads.list", **params)["threads"]
    return [(each["message_id"], each["unread_reply_count"]) for each in found]


def test_a_draft_is_one_for_each_channel_and_thread(tea: World) -> None:
    parent = send(tea, "bob")
    tea.told.clear()
    tea.client("ann", "drafts.set", channel_url=CHANNEL, message="one")
    tea.client("ann", "drafts.set", channel_url=CHANNEL, message="two", data="x")
    tea.client("ann", "drafts.set", channel_url=CHANNEL, message="reply", parent_message_id=parent)
    assert texts(tea) == texts(tea, channel_url=CHANNEL) == ["two", "reply"]
    assert {(each.data["type"], each.user) for each in tea.told} == {("draft.changed", tea.actor("ann").user)}
    tea.client("ann", "drafts.set", channel_url=CHANNEL, message="")
    tea.client("ann", "drafts.delete", channel_url=CHANNEL, parent_message_id=parent)
    tea.client("ann", "drafts.delete", channel_url=CHANNEL)
    assert texts(tea) == []
    assert len(tea.told) == 5
    assert [each.data["draft"]["message"] for each in tea.told[3:]] == ["", ""]


def test_only_the_draft_of_now_is_anywhere(tea: World) -> None:
    for text in ("xyzzy one", "xyzzy two"):
        tea.client("ann", "drafts.set", channel_url=CHANNEL, message=text)
    assert places(tea.store, "xyzzy one") == []
    assert places(tea.store, "xyzzy two") == ["log", "drafts"]
    tea.client("ann", "drafts.delete", channel_url=CHANNEL)
    assert places(tea.store, "xyzzy") == []
    assert not findings_of(tea.store)


def test_drafts_in_channels_that_were_left_are_not_shown_and_make_room(
    tea: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(drafts, "MAX_DRAFTS", 2)
    for name in ("chan_one", "chan_two", "chan_three"):
        tea.client("ann", "channels.create", channel_url=name, name=name)
    for name in ("chan_one", "chan_two"):
        tea.client("ann", "drafts.set", channel_url=name, message=name)
    with pytest.raises(LimitExceeded):
        tea.client("ann", "drafts.set", channel_url="chan_three", message="chan_three")
    tea.client("ann", "drafts.set", channel_url="chan_two", message="two again")
    tea.client("ann", "channels.leave", channel_url="chan_one")
    assert texts(tea) == ["two again"]
    with pytest.raises(NotFound):
        texts(tea, channel_url="chan_one")
    tea.client("ann", "drafts.set", channel_url="chan_three", message="chan_three")
    assert texts(tea) == ["two again", "chan_three"]
    assert not findings_of(tea.store)


def test_drafts_go_with_their_channel(tea: World) -> None:
    parent = send(tea, "bob")
    for name, params in (("ann", {}), ("ann", {"parent_message_id": parent}), ("bob", {})):
        tea.client(name, "drafts.set", channel_url=CHANNEL, message="xyzzy", **params)
    tea.client("ann", "channels.create", channel_url="other", user_ids=["bob"])
    tea.client("ann", "drafts.set", channel_url="other", message="stays")
    tea.backend("channels.delete", channel_url=CHANNEL)
    while tea.write(purge, 1):
        assert not findings_of(tea.store)
    assert places(tea.store, "xyzzy") == []
    assert texts(tea) == ["stays"]


def test_a_draft_of_a_thread_that_is_gone_can_be_removed(tea: World) -> None:
    parent = send(tea, "bob")
    tea.client("ann", "drafts.set", channel_url=CHANNEL, message="xyzzy", parent_message_id=parent)
    send(tea, "bob", "newer")
    expire(tea, CHANNEL, 1)
    (found,) = tea.client("ann", "drafts.list")["drafts"]
    tea.client("ann", "drafts.delete", channel_url=CHANNEL, parent_message_id=found["parent_message_id"])
    assert places(tea.store, "xyzzy") == []


def test_pages_of_drafts(tea: World) -> None:
    parents = [send(tea, "bob") for _ in range(3)]
    for parent in parents:
        tea.client("ann", "drafts.set", channel_url=CHANNEL, message=str(parent), parent_message_id=parent)
    for params in ({}, {"channel_url": CHANNEL}):
        first = tea.client("ann", "drafts.list", limit=2, **params)
        assert [each["parent_message_id"] for each in first["drafts"]] == parents[:2]
        assert texts(tea, limit=2, token=first["next"], **params) == [str(parents[2])]


def test_saved_messages_are_those_that_can_be_read(tea: World) -> None:
    one, two, three = (send(tea, "bob", str(n)) for n in range(3))
    for message_id in (two, one, three, two):
        tea.client("ann", "saved.add", channel_url=CHANNEL, message_id=message_id)
    assert kept(tea) == kept(tea, channel_url=CHANNEL) == [three, one, two]
    assert kept(tea, "bob") == []
    page = tea.client("ann", "saved.list", limit=2)
    assert kept(tea, limit=2, token=page["next"]) == [two]
    tea.client("bob", "messages.delete", channel_url=CHANNEL, message_id=one)
    tea.client("ann", "saved.remove", message_id=three)
    tea.client("ann", "saved.remove", message_id=three)
    assert kept(tea) == [two]
    tea.client("ann", "channels.leave", channel_url=CHANNEL)
    assert kept(tea) == []
    with pytest.raises(NotFound):
        tea.client("ann", "saved.add", channel_url=CHANNEL, message_id=two)
    tea.backend("channels.invite", channel_url=CHANNEL, user_ids=["ann"])
    assert kept(tea) == [two]


def test_what_is_gone_makes_room(tea: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(saved, "MAX_SAVED", 2)
    messages = [send(tea, "bob", str(n)) for n in range(3)]
    for message_id in messages[:2]:
        tea.client("ann", "saved.add", channel_url=CHANNEL, message_id=message_id)
    with pytest.raises(LimitExceeded):
        tea.client("ann", "saved.add", channel_url=CHANNEL, message_id=messages[2])
    tea.client("bob", "messages.delete", channel_url=CHANNEL, message_id=messages[0])
    tea.client("ann", "saved.add", channel_url=CHANNEL, message_id=messages[2])
    assert kept(tea) == [messages[2], messages[1]]
    assert tea.store.entries()["saved"] == tea.store.entries()["saved_order"] == 2


def test_who_takes_part_follows_a_thread(tea: World) -> None:
    tea.backend("channels.invite", channel_url=CHANNEL, user_ids=["cid"])
    parent = send(tea, "ann")
    assert threads(tea, "ann") == []
    send(tea, "bob", "first", parent_message_id=parent)
    assert (threads(tea, "ann"), threads(tea, "bob"), threads(tea, "cid")) == ([(parent, 1)], [(parent, 0)], [])
    send(tea, "ann", "second", parent_message_id=parent)
    last = send(tea, "bob", "third", parent_message_id=parent)
    assert (threads(tea, "ann"), threads(tea, "bob")) == ([(parent, 1)], [(parent, 0)])
    tea.client("bob", "messages.delete", channel_url=CHANNEL, message_id=last)
    assert threads(tea, "ann") == [(parent, 0)]


def test_reading_moves_forward_only(tea: World) -> None:
    parent = send(tea, "ann")
    replies = [send(tea, "bob", str(n), parent_message_id=parent) for n in range(4)]

    def read(**params: Any) -> int:
        place = {"channel_url": CHANNEL, "message_id": parent}
        found: int = tea.client("ann", "threads.mark_read", **place, **params)["unread_reply_count"]
        return found

    assert read(reply_id=replies[1]) == 2
    assert read(reply_id=replies[0]) == 2
    assert threads(tea, "ann", only_unread=True) == [(parent, 2)]
    tea.told.clear()
    assert read() == 0
    assert [(each.data["type"], each.user) for each in tea.told] == [("thread.read", tea.actor("ann").user)]
    assert threads(tea, "ann", only_unread=True) == []
    with pytest.raises(RequestError):
        read(reply_id=parent)


def test_of_each_thread_it_is_told_whether_it_is_followed(tea: World) -> None:
    parent = send(tea, "ann")

    def view(user: str) -> tuple[bool, int, int]:
        found = tea.client(user, "threads.view", channel_url=CHANNEL, message_id=parent)
        assert (found["channel_url"], found["message_id"], "parent_message" in found) == (CHANNEL, parent, False)
        return found["is_followed"], found["unread_reply_count"], found["thread_info"]["reply_count"]

    assert (view("ann"), view("bob")) == ((False, 0, 0), (False, 0, 0))
    tea.client("ann", "threads.subscribe", channel_url=CHANNEL, message_id=parent)
    assert view("ann") == (True, 0, 0)
    send(tea, "bob", "reply", parent_message_id=parent)
    assert (view("ann"), view("bob")) == ((True, 1, 1), (True, 0, 1))
    tea.client("bob", "threads.unsubscribe", channel_url=CHANNEL, message_id=parent)
    assert view("bob") == (False, 0, 1)
    tea.client("ann", "messages.delete", channel_url=CHANNEL, message_id=parent)
    assert view("ann") == (True, 1, 1)
    with pytest.raises(RequestError):
        tea.client("bob", "threads.view", channel_url=CHANNEL, message_id=parent + 1000)


def test_threads_are_left_and_chosen(tea: World) -> None:
    parent = send(tea, "ann")
    send(tea, "ann", "mine", parent_message_id=parent)
    place = {"channel_url": CHANNEL, "message_id": parent}
    followed = tea.client("bob", "threads.subscribe", **place)
    assert (followed["is_followed"], followed["unread_reply_count"]) == (True, 0)
    send(tea, "ann", "more", parent_message_id=parent)
    assert threads(tea, "bob") == [(parent, 1)]
    tea.client("bob", "threads.unsubscribe", **place)
    assert threads(tea, "bob") == []
    send(tea, "ann", "again", parent_message_id=parent)
    assert threads(tea, "bob") == []
    send(tea, "bob", "back", parent_message_id=parent)
    assert threads(tea, "bob") == [(parent, 0)]
    with pytest.raises(RequestError):
        tea.client("bob", "threads.subscribe", channel_url=CHANNEL, message_id=parent + 1)


def test_who_leaves_the_own_thread_before_its_first_reply_does_not_follow_it(tea: World) -> None:
    parent = send(tea, "ann")
    assert tea.client("ann", "threads.unsubscribe", channel_url=CHANNEL, message_id=parent)["is_followed"] is False
    send(tea, "bob", "reply", parent_message_id=parent)
    assert threads(tea, "ann") == []
    send(tea, "ann", "back", parent_message_id=parent)
    assert threads(tea, "ann") == [(parent, 0)]


def test_threads_with_the_newest_replies_come_first(tea: World) -> None:
    parents = [send(tea, "ann", str(n)) for n in range(3)]
    for parent in (parents[1], parents[2], parents[0], parents[2]):
        send(tea, "bob", "reply", parent_message_id=parent)
    found, token = [], ""
    while True:
        page = tea.client("ann", "threads.list", limit=1, token=token)
        found += [each["message_id"] for each in page["threads"]]
        token = page["next"]
        if not token:
            break
    assert sorted(found) == parents
    times = [tea.store.read(1, lambda txn, p=p: txn.require(tables.THREADS, p).last_replied_at) for p in found]
    assert times == sorted(times, reverse=True)


def test_who_is_gone_keeps_nothing(tea: World) -> None:
    parent = send(tea, "bob")
    tea.client("ann", "drafts.set", channel_url=CHANNEL, message="xyzzy")
    tea.client("ann", "saved.add", channel_url=CHANNEL, message_id=parent)
    tea.backend("users.delete", user_id="ann")
    assert places(tea.store, "xyzzy") == []
    entries = tea.store.entries()
    assert (entries["drafts"], entries["saved"], entries["saved_order"]) == (0, 0, 0)
    assert not findings_of(tea.store)
