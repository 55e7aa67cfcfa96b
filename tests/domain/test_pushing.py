"""What the sender of a message says of notifications, and whether they have read by sending."""

from __future__ import annotations

from typing import Any

import pytest

from chatd import ids
from chatd.domain.announcements.sending import send_some
from chatd.domain.fold.stored import current_message
from chatd.domain.push.notices import Notice
from chatd.domain.push.settling import Verdict, settle_push
from chatd.errors import Forbidden, RequestError
from tests.domain.conftest import World
from tests.domain.notifying import apns_provider
from tests.domain.test_push import TAKEN, attempts, room, user_id

__all__ = ["room"]


def send(world: World, **params: Any) -> Any:
    """A message of ann, by a backend."""
    said = {"channel_url": "room", "user_id": "ann", "message": "Hello"} | params
    return world.backend("messages.send", **said)


def notices(world: World) -> dict[str, Notice]:
    """What each user is told, which they are."""
    found = {}
    for claimed, each in attempts(world):
        world.write(settle_push, claimed, TAKEN, Verdict.OVER, False)
        if each is not None:
            found[user_id(world, each.device.user)] = each
    return found


def notice(world: World) -> Notice:
    """What bob is told."""
    return notices(world)["bob"]


def told(world: World) -> dict[str, str]:
    """What each user is told, in words."""
    return {name: each.body for name, each in notices(world).items()}


def test_a_message_may_be_told_to_nobody(room: World) -> None:
    events = send(room, send_push=False)["message_events"]
    assert events["send_push_notification"] == "none"
    assert events["update_unread_count"] is True
    assert told(room) == {}
    assert send(room)["message_events"]["send_push_notification"] == "receivers"
    assert set(told(room)) == {"bob", "cid"}


def test_a_client_may_be_silent_too(room: World) -> None:
    room.client("ann", "messages.send", channel_url="room", message="psst", send_push=False)
    assert told(room) == {}


def test_admin_messages_are_told_when_they_are_to_be(room: World) -> None:
    said = {"channel_url": "room", "message_type": "ADMM", "message": "Rain."}
    room.backend("messages.send", **said)
    assert told(room) == {}
    room.backend("messages.send", **said, send_push=True)
    assert told(room) == {"bob": "Rain.", "cid": "Rain."}


def test_a_message_names_its_template(room: World) -> None:
    room.client("cid", "push.choose_template", name="alternative")
    send(room, push_message_template="alternative")
    assert told(room) == {"bob": "New message from Ann", "cid": "New message from Ann"}
    send(room, push_message_template="default")
    assert told(room) == {"bob": "Ann: Hello", "cid": "New message from Ann"}, "who hides texts is not shown any"


def test_a_message_brings_its_own_words(room: World) -> None:
    send(room, push_message_template={"title": "{channel_name}!", "body": "{sender_name} waters {nothing}"})
    found = notice(room)
    assert (found.title, found.body) == ("Garden!", "Ann waters {nothing}")
    send(room, push_message_template={"body": "Come"})
    found = notice(room)
    assert (found.title, found.body) == ("Garden", "Come")


@pytest.mark.parametrize("said", [{"push_message_template": {"title": "Bank"}}, {"apns_bundle_id": "org.example.a"}])
def test_clients_do_not_speak_for_the_application(room: World, said: dict[str, Any]) -> None:
    for name, more in (("messages.send", {}), ("scheduled_messages.create", {"scheduled_at": 2**50})):
        with pytest.raises(Forbidden):
            room.client("ann", name, channel_url="room", message="Hello", **said, **more)


def test_what_is_no_template_and_no_volume_is_refused(room: World) -> None:
    for said in (
        {"push_message_template": "loud"},
        {"push_message_template": {"title": "x" * 101}},
        {"apple_critical_alert_options": {"volume": 1.5}},
        {"apple_critical_alert_options": {"volume": -1}},
        {"apns_bundle_id": "a b"},
    ):
        with pytest.raises(RequestError):
            send(room, **said)


def test_only_the_app_that_is_named_is_told(room: World) -> None:
    for name in ("a", "b"):
        room.backend("push.add_apns", **apns_provider(apns_bundle_id=f"org.example.{name}"))
    send(room, apns_bundle_id="org.example.b")
    assert [each.topic for each in notice(room).apns] == ["org.example.b"]
    send(room)
    assert [each.topic for each in notice(room).apns] == ["org.example.a", "org.example.b"]


def test_a_critical_alert_says_how_loud(room: World) -> None:
    message = send(room, apple_critical_alert_options={"name": "fire.caf", "volume": 0.5})
    assert message["is_apple_critical_alert"] is True
    found = notice(room)
    assert (found.sound, found.volume) == ("fire.caf", 0.5)
    assert "is_apple_critical_alert" not in send(room)
    assert notice(room).volume < 0


def test_the_sound_is_that_of_the_channel_or_of_the_user(room: World) -> None:
    send(room)
    assert notice(room).sound == ""
    room.client("bob", "users.update_push_preference", push_sound="bell")
    send(room)
    assert notice(room).sound == "bell"
    room.client("bob", "channels.update_push_preference", channel_url="room", push_trigger_option="all", push_sound="x")
    send(room)
    assert notice(room).sound == "x"


def unread(world: World, user_id: str) -> int:
    found = world.backend("channels.unread_count", channel_url="room", user_ids=[user_id])["unread"]
    return int(found[user_id])


def test_sending_reads_the_channel_unless_it_is_not_to(room: World) -> None:
    room.client("bob", "messages.send", channel_url="room", message="one")
    assert unread(room, "ann") == 1
    send(room, mark_as_read=False)
    assert unread(room, "ann") == 2, "and their own message is unread too"
    send(room)
    assert unread(room, "ann") == 0


def test_a_scheduled_message_keeps_what_was_said(room: World) -> None:
    later = {"channel_url": "room", "user_id": "ann", "message": "Later", "scheduled_at": ids.now_ms() + 60_000}
    words = {"title": "Tea", "body": "now"}
    made = room.backend("scheduled_messages.create", **later, push_message_template=words, mark_as_read=False)
    assert (made["send_push"], made["mark_as_read"]) == (True, False)
    which = {"scheduled_message_id": made["scheduled_message_id"]}
    assert room.backend("scheduled_messages.update", **which, send_push=False)["send_push"] is False
    room.backend("scheduled_messages.update", **which, send_push=True)
    room.backend("scheduled_messages.send_now", **which)
    assert (notice(room).title, unread(room, "ann")) == ("Tea", 1)


@pytest.mark.parametrize("kind", ["MESG", "ADMM"])
def test_an_announcement_wakes_devices_or_not(room: World, kind: str) -> None:
    sender = {"user_id": "ann"} if kind == "MESG" else {}
    said = {"message": {"type": kind, "content": "News"} | sender, "target_channel_type": "all"}
    where = {"target_at": "target_channels", "target_list": ["room"]}
    for enable_push, number in ((False, 0), (True, 2)):
        room.backend("announcements.create", **said, **where, enable_push=enable_push, mark_as_read=False)
        while room.write(send_some, 20):
            pass
        assert len(told(room)) == number
    assert unread(room, "ann") == 2


def test_nothing_of_it_is_left_of_a_message_that_is_deleted(room: World) -> None:
    words = {"push_message_template": {"title": "Secret", "body": "Words"}}
    number = send(room, **words)["message_id"]
    room.client("ann", "messages.delete", channel_url="room", message_id=number)
    found = room.store.read_now(room.application, current_message, number)
    assert found is not None
    assert found.push is None
