"""What the server says by itself: when it is to, in the commit of what it is about, and never of who was forgotten."""

from __future__ import annotations

from typing import Any

import pytest

from chatd.domain.messages.auto_messages import WORDS
from chatd.store import tables
from tests.domain import erasing
from tests.domain.conftest import World


@pytest.fixture
def tea(world: World) -> World:
    world.users("ann", "bob", "cid", "dan", "eve")
    say(world, *WORDS)
    return world


def say(world: World, *happenings: str, **said: Any) -> None:
    world.backend("auto_messages.update", auto_event_message={each: {"enabled": True} | said for each in happenings})


def texts(world: World) -> list[str]:
    found = world.backend("messages.list", channel_url="room", message_ts=0, next_limit=200)["messages"]
    assert all(each["type"] == "ADMM" and each["silent"] and "user" not in each for each in found)
    return [each["message"] for each in found]


def make(world: World, *user_ids: str, **more: Any) -> None:
    world.client("ann", "channels.create", channel_url="room", user_ids=user_ids, **more)


def test_nothing_is_said_unless_it_is_asked_for(world: World) -> None:
    world.users("ann", "bob")
    make(world, "bob")
    world.client("bob", "channels.leave", channel_url="room")
    assert texts(world) == []


def test_what_happens_is_said(tea: World) -> None:
    make(tea, "bob", name="Tea", is_public=True)
    tea.client("cid", "channels.join", channel_url="room")
    tea.client("cid", "channels.join", channel_url="room")
    tea.backend("users.update_invitation_preference", user_id="dan", auto_accept=False)
    tea.client("ann", "channels.invite", channel_url="room", user_ids=["dan", "eve"])
    tea.client("dan", "channels.accept", channel_url="room")
    tea.client("bob", "channels.leave", channel_url="room")
    tea.client("ann", "channels.update", channel_url="room", name="Coffee", data="x")
    tea.client("ann", "channels.update", channel_url="room", name="Coffee", data="y")
    assert texts(tea) == [
        "The channel was created.",
        "Cid joined the channel.",
        "Eve joined the channel.",
        "Invited to the channel: Dan.",
        "Dan joined the channel.",
        "Bob left the channel.",
        'The channel is called "Coffee" now.',
    ]


def test_it_is_said_in_the_words_of_the_application(tea: World) -> None:
    say(tea, "user_join", message="{inviter} brought {users} {nobody} to {channel_name}")
    tea.backend("users.update", user_id="bob", nickname="{channel_name}")
    make(tea, name="Tea")
    tea.client("ann", "channels.invite", channel_url="room", user_ids=["bob", "cid", "dan", "eve"])
    assert texts(tea)[1:] == ["Ann brought {channel_name}, Cid, Dan, 1 more {nobody} to Tea"]
    say(tea, "user_join", message="")
    shown = tea.backend("auto_messages.view")["auto_event_message"]
    assert shown["user_join"] == {"enabled": True, "message": WORDS["user_join"]}


def test_it_comes_with_what_it_is_about_and_is_not_unread(tea: World) -> None:
    make(tea, "bob", is_public=True)
    before = tea.backend("users.unread_message_count", user_id="bob")
    end = tea.store.read(tea.application, lambda txn: txn.head.sequence)
    tea.client("cid", "channels.join", channel_url="room")
    kinds = [
        type(entry.event).__name__
        for _, entry in tea.store.read(tea.application, lambda txn: list(txn.scan(tables.LOG, start=(end + 1,))))
    ]
    assert kinds == ["MemberJoined", "MessageSent"]
    assert tea.backend("users.unread_message_count", user_id="bob") == before


def test_who_is_forgotten_is_named_no_more(tea: World) -> None:
    make(tea, "bob", is_public=True)
    for user_id in ("cid", "dan"):
        tea.client(user_id, "channels.join", channel_url="room")
    tea.client("ann", "channels.invite", channel_url="room", user_ids=["eve"])
    tea.backend("users.erase", user_id="cid")
    for _ in erasing.steps(tea):
        pass
    assert texts(tea) == ["The channel was created.", "Dan joined the channel.", "Eve joined the channel."]
    log = tea.store.read(tea.application, lambda txn: [entry.event for _, entry in txn.scan(tables.LOG)])
    assert "Cid" not in repr(log)
