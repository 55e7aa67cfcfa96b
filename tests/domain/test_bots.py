"""Bots: made, told of what is meant for them, and heard."""

from __future__ import annotations

from typing import Any

import pytest

from chatd.domain.fold.stored import current_message
from chatd.domain.upkeep.purge import purge
from chatd.domain.users.bot_receiving import bot_notification, bots_told, mark_told
from chatd.domain.users.bot_tokens import bot_token
from chatd.domain.users.people import find_user
from chatd.errors import AlreadyExists, Forbidden, InvalidValue, NotFound
from chatd.store import tables
from chatd.store.transaction import Transaction
from tests.domain.conftest import World

URL = "https://bots.example/hook"


def make(world: World, user_id: str, **more: Any) -> Any:
    named = {"bot_nickname": user_id.title(), "bot_profile_url": "", "bot_type": "guide", "bot_callback_url": URL}
    return world.backend("bots.create", bot_userid=user_id, **(named | {"is_privacy_mode": False} | more))


@pytest.fixture
def room(world: World) -> World:
    """A channel of ann and bob, with a bot that is told all and one that is told what is meant for it."""
    world.users("ann", "bob")
    world.client("ann", "channels.create", channel_url="room", user_ids=["bob"])
    for user_id, is_private in (("hal", False), ("eve", True)):
        make(world, user_id, is_privacy_mode=is_private)
        world.backend("bots.join", bot_userid=user_id, channel_urls=["room"])
    return world


def send(world: World, text: str, **more: Any) -> int:
    sent: int = world.client("ann", "messages.send", channel_url="room", message=text, **more)["message_id"]
    return sent


def told(world: World, message_id: int) -> list[str]:
    """The ids of the bots that are told of a message."""

    def look(txn: Transaction) -> list[str]:
        message = current_message(txn, message_id)
        assert message is not None
        return [txn.require(tables.USERS, user).user_id for user in bots_told(txn, message)]

    return world.store.read(world.application, look)


def notification(world: World, user_id: str, message_id: int) -> Any:
    number = world.store.read(world.application, find_user, user_id).number
    return world.store.read(world.application, bot_notification, number, message_id)


def test_a_bot_is_a_user_that_is_listed_and_its_token_told_once(room: World) -> None:
    made = make(room, "max", bot_metadata={"v": "1"})
    assert len(made["bot"]["bot_token"]) == 64
    assert room.backend("bots.view", bot_userid="max") == made | {"bot": made["bot"] | {"bot_token": ""}}
    page = room.backend("bots.list", limit=2)
    rest = room.backend("bots.list", limit=2, token=page["next"])
    assert [each["bot"]["bot_userid"] for each in page["bots"] + rest["bots"]] == ["eve", "hal", "max"]
    page = room.backend("bots.list", limit=2, reverse=True)
    rest = room.backend("bots.list", limit=2, reverse=True, token=page["next"])
    assert [each["bot"]["bot_userid"] for each in page["bots"] + rest["bots"]] == ["max", "hal", "eve"]
    assert room.backend("users.view", user_id="max")["is_bot"]
    assert not room.backend("users.view", user_id="ann")["is_bot"]


def test_another_token_replaces_the_first(room: World) -> None:
    first = make(room, "max")["bot"]["bot_token"]
    second = room.backend("bots.update", bot_userid="max", issue_bot_token=True)["bot"]["bot_token"]
    assert second not in ("", first)

    def token(txn: Transaction) -> str:
        user = find_user(txn, "max").number
        return bot_token(txn, user, txn.require(tables.BOTS, user))

    assert room.store.read(room.application, token) == second
    for table in (tables.LOG, tables.USERS, tables.BOTS):
        stored = room.store.read(room.application, lambda txn, table=table: list(txn.stored(table)))
        assert not any(second.encode() in value for _, value in stored)


def test_only_what_may_be_is_made(room: World) -> None:
    with pytest.raises(AlreadyExists):
        make(room, "ann")
    for url in ("ftp://x", "javascript:alert(1)"):
        with pytest.raises(InvalidValue):
            make(room, "max", bot_callback_url=url)
    for name in ("bots.view", "bots.update", "bots.delete"):
        for user_id in ("ann", "nobody"):
            with pytest.raises(NotFound):
                room.backend(name, bot_userid=user_id)


def test_changes_are_kept(room: World) -> None:
    changes = {"bot_nickname": "Hal 2", "bot_callback_url": "", "show_member": True, "is_privacy_mode": True}
    changed = room.backend("bots.update", bot_userid="hal", **changes, channel_invitation_preference=1)
    assert changed["bot"]["bot_nickname"] == "Hal 2"
    assert (changed["bot_callback_url"], changed["show_member"], changed["is_privacy_mode"]) == ("", True, True)
    assert room.backend("bots.view", bot_userid="hal") == changed
    room.backend("channels.leave", channel_url="room", user_ids=["hal"])
    room.client("ann", "channels.invite", channel_url="room", user_ids=["hal"])
    assert not room.backend("members.view", channel_url="room", user_id="hal")["is_member"]


def test_a_bot_accepts_invitations_whatever_others_prefer(room: World) -> None:
    room.backend("applications.update_invitation_preference", auto_accept=False)
    make(room, "max")
    room.client("ann", "channels.invite", channel_url="room", user_ids=["max"])
    assert room.backend("members.view", channel_url="room", user_id="max")["is_member"]


def test_a_private_bot_is_told_what_is_meant_for_it(room: World) -> None:
    assert told(room, send(room, "hello")) == ["hal"]
    assert told(room, send(room, "/help")) == ["hal", "eve"]
    assert told(room, send(room, "hello", mentioned_user_ids=["eve"])) == ["hal", "eve"]
    assert told(room, send(room, "all", mention_type="channel")) == ["hal", "eve"]


def test_no_bot_is_told_what_a_bot_wrote_or_what_is_gone(room: World) -> None:
    sent = room.backend("bots.send", bot_userid="hal", channel_url="room", message="/hello")["message"]
    assert told(room, sent["message_id"]) == []
    assert sent["user"]["is_bot"]
    gone = send(room, "/hello")
    room.client("ann", "messages.delete", channel_url="room", message_id=gone)
    assert told(room, gone) == []
    assert notification(room, "hal", gone) is None


def test_who_has_left_is_told_no_more(room: World) -> None:
    room.backend("bots.leave", bot_userid="hal", channel_url="room")
    assert told(room, send(room, "/hello")) == ["eve"]
    room.backend("bots.delete", bot_userid="eve")
    assert told(room, send(room, "/hello")) == []
    room.backend("bots.join", bot_userid="hal", channel_urls=["room"])
    room.backend("bots.leave", bot_userid="hal")
    assert told(room, send(room, "/hello")) == []


def test_a_notification_has_what_is_documented(room: World) -> None:
    sent = send(room, "/help", mentioned_user_ids=["bob"])
    found = notification(room, "eve", sent)
    assert found["category"] == "bot_message_notification"
    assert found["sender"]["user_id"] == "ann"
    assert found["bot"] == {"bot_userid": "eve", "bot_nickname": "Eve"}
    assert found["channel"]["channel_url"] == "room"
    assert (found["message"]["message_id"], found["message"]["text"]) == (sent, "/help")
    assert [each["user_id"] for each in found["mentioned"]] == ["bob"]
    assert "members" not in found
    room.backend("bots.update", bot_userid="eve", show_member=True)
    assert {each["user_id"] for each in notification(room, "eve", sent)["members"]} == {"ann", "bob", "eve", "hal"}


def test_a_bot_that_was_told_has_read(room: World) -> None:
    sent = send(room, "hello")
    unread = {"channel_url": "room", "user_ids": ["hal", "eve"]}
    room.backend("bots.update", bot_userid="eve", enable_mark_as_read=False)
    for user_id in ("hal", "eve"):
        room.write(mark_told, room.actor(user_id).user, sent)
        room.write(mark_told, room.actor(user_id).user, sent)
    assert room.backend("channels.unread_count", **unread) == {"unread": {"hal": 0, "eve": 1}}


def test_a_bot_writes_as_others_do(room: World) -> None:
    first = room.backend("bots.send", bot_userid="hal", channel_url="room", message="one", dedup_id="d")
    assert room.backend("bots.send", bot_userid="hal", channel_url="room", message="two", dedup_id="d") == first
    room.backend("bots.leave", bot_userid="hal", channel_url="room")
    with pytest.raises(Forbidden):
        room.backend("bots.send", bot_userid="hal", channel_url="room", message="three")
    with pytest.raises(NotFound):
        room.backend("bots.send", bot_userid="ann", channel_url="room", message="three")


def test_a_deleted_channel_forgets_its_bots(room: World) -> None:
    room.client("ann", "channels.delete", channel_url="room")
    while room.write(purge, 10):
        pass
    assert room.store.read(room.application, lambda txn: list(txn.scan(tables.CHANNEL_BOTS))) == []
