"""Devices, keys, and who is told of what."""

from __future__ import annotations

import json
from typing import Any

import pytest

from chatd.domain.deliveries.places import Claimed, Outcome
from chatd.domain.deliveries.queue import claim, due_lanes
from chatd.domain.push import planning
from chatd.domain.push.apns import MAX_PROVIDERS
from chatd.domain.push.notices import Notice, prepare_push
from chatd.domain.push.planning import enqueue_pushes, plan_pushes, push_cursor
from chatd.domain.push.settling import Verdict, settle_push
from chatd.errors import InvalidValue, LimitExceeded, MissingParameter, NotFound, Unacceptable
from chatd.model.webhooks import PUSH
from chatd.store import tables
from tests.domain.conftest import World
from tests.domain.notifying import URL, apns_provider, service_account

TAKEN, BUSY = Outcome(201, "", 1, 2), Outcome(503, "", 1, 2)


@pytest.fixture
def room(world: World) -> World:
    """A channel of three; bob and cid have a device."""
    world.users("ann", "bob", "cid")
    world.client("ann", "channels.create", channel_url="room", name="Garden", user_ids=["bob", "cid"])
    for user_id in ("bob", "cid"):
        add(world, user_id)
    return world


def add(world: World, user_id: str, token: str = "", token_type: str = "http") -> None:
    world.client(user_id, "push_tokens.add", token_type=token_type, token=token or f"{URL}/{user_id}")


def send(world: World, text: str = "Hello", **params: Any) -> int:
    return int(world.client("ann", "messages.send", channel_url="room", message=text, **params)["message_id"])


def follow(world: World) -> list[str]:
    """Plan what happened; the ids of users who are to be told, slice by slice."""
    names = []
    while True:
        cursor = world.store.read_now(world.application, push_cursor)
        assert cursor is not None
        if cursor.sequence >= world.store.read_now(world.application, lambda txn: txn.head.sequence):
            return names
        plan = world.store.read_now(world.application, plan_pushes, cursor)
        world.write(enqueue_pushes, plan)
        names += [str(user_id(world, each.user)) for each in plan.wanted]


def user_id(world: World, number: int) -> str:
    return str(world.store.read_now(world.application, lambda txn: txn.require(tables.USERS, number).user_id))


def attempts(world: World) -> list[tuple[Claimed, Notice | None]]:
    """The next of each device that is due, attempted."""
    follow(world)
    lanes = world.store.read_now(world.application, due_lanes, PUSH, 1000)
    found = [world.write(claim, PUSH, lane) for lane in lanes]
    return [(each, world.store.read_now(world.application, prepare_push, each)) for each in found]


def told(world: World) -> dict[str, str]:
    """What each user is told."""
    return {user_id(world, notice.device.user): notice.body for _, notice in attempts(world) if notice}


def test_a_device_has_one_user(room: World) -> None:
    add(room, "ann", f"{URL}/bob")
    assert room.backend("push_tokens.view_owner", token_type="http", token=f"{URL}/bob") == [{"user_id": "ann"}]
    assert room.client("bob", "push_tokens.list", token_type="http")["tokens"] == []
    assert room.client("bob", "push_tokens.remove", token_type="http", token=f"{URL}/bob")["token"] == []
    assert room.backend("push_tokens.disown", token_type="http", token=f"{URL}/bob") == [{"user_id": "ann"}]
    with pytest.raises(NotFound):
        room.backend("push_tokens.disown", token_type="http", token=f"{URL}/bob")


def test_of_a_kind_there_are_twenty_and_the_oldest_goes(room: World) -> None:
    for n in range(22):
        add(room, "ann", f"token-{n}", "fcm")
    found = room.client("ann", "push_tokens.list", token_type="gcm")
    assert found["tokens"] == [f"token-{n}" for n in range(2, 22)]
    assert found["type"] == "GCM"
    assert room.client("ann", "push_tokens.remove_all")["token"] == found["tokens"]
    assert room.client("ann", "push_tokens.list", token_type="gcm")["tokens"] == []


def test_what_is_no_device_is_refused(room: World) -> None:
    with pytest.raises(MissingParameter):
        room.client("ann", "push_tokens.add", token_type="gcm")
    for params in (
        {"token_type": "web", "token": "https://push.example.org/a"},
        {"token_type": "web", "token": "https://push.example.org/a", "p256dh": "BA", "auth": "BTBZMqHH6r4Tts7J_aSIgg"},
        {"token_type": "web", "token": "http://push.example.org/a"},
        {"token_type": "http", "token": "file:///etc/passwd"},
    ):
        with pytest.raises(InvalidValue):
            room.client("ann", "push_tokens.add", **params)
    for account in ("{}", "[]", "no", service_account().replace("BEGIN", "END")):
        with pytest.raises(InvalidValue):
            room.backend("push.set_fcm", service_account=account)


def test_secrets_are_not_shown(room: World) -> None:
    shown = room.backend("push.set_fcm", service_account=service_account())
    assert "PRIVATE" not in str(shown)
    assert shown["push_configurations"][0]["client_email"] == "chat@garden.example"
    key = room.client("ann", "push.web_key")
    assert key == room.client("bob", "push.web_key")
    assert len(key["public_key"]) == 87
    (found,) = room.backend("push.list_configurations", push_type="web")["push_configurations"]
    assert set(found) == {"id", "push_type", "created_at", "public_key"}


def test_what_apple_knows_the_application_by(room: World) -> None:
    (added,) = room.backend("push.add_apns", **apns_provider())["push_configurations"]
    assert "PRIVATE" not in str(added)
    assert (added["push_type"], added["apns_cert_env_type"], added["apns_key_id"]) == (
        "APNS",
        "production",
        "ABC123DEFG",
    )
    (again,) = room.backend("push.add_apns", **apns_provider(push_sound="bell.caf"))["push_configurations"]
    assert (again["id"], again["push_sound"]) == (added["id"], "bell.caf"), "there is one for an app"
    (other,) = room.backend("push.add_apns", **apns_provider(apns_cert_env_type="development"))["push_configurations"]
    assert other["id"] != added["id"]
    changed = {"provider_id": other["id"], "has_unread_count_badge": False, "apns_bundle_id": "org.example.b"}
    (found,) = room.backend("push.update_apns", **changed)["push_configurations"]
    assert found == other | {"has_unread_count_badge": False, "apns_bundle_id": "org.example.b"}
    shown = room.backend("push.view_configuration", push_type="apns", provider_id=other["id"])
    assert shown["push_configurations"] == [found]
    left = room.backend("push.remove_configuration", push_type="apns", provider_id=added["id"])
    assert left["push_configurations"] == [found]
    for provider_id in (added["id"], "99", "x", "٣", "9" * 20):
        with pytest.raises(NotFound):
            room.backend("push.update_apns", provider_id=provider_id, push_sound="")
        with pytest.raises(NotFound):
            room.backend("push.view_configuration", push_type="apns", provider_id=provider_id)


@pytest.mark.parametrize("text", ["no", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----", "rsa"])
def test_what_is_no_key_of_apple_is_refused(room: World, text: str) -> None:
    key = json.loads(service_account())["private_key"] if text == "rsa" else text
    with pytest.raises(InvalidValue, match="apns_key"):
        room.backend("push.add_apns", **apns_provider(apns_key=key))


def test_apps_of_apple_are_ten_at_most(room: World) -> None:
    for n in range(MAX_PROVIDERS):
        room.backend("push.add_apns", **apns_provider(apns_bundle_id=f"org.example.a{n}"))
    with pytest.raises(LimitExceeded):
        room.backend("push.add_apns", **apns_provider())


def test_firebase_has_a_sound(room: World) -> None:
    room.backend("push.set_fcm", api_key=service_account(), push_sound="bell")
    (found,) = room.backend("push.update_fcm", provider_id="1", push_sound="")["push_configurations"]
    assert (found["push_sound"], found["client_email"]) == ("", "chat@garden.example")
    with pytest.raises(NotFound):
        room.backend("push.update_fcm", provider_id="2", push_sound="")
    with pytest.raises(MissingParameter):
        room.backend("push.set_fcm")


def test_devices_of_apple_are_told_once_apple_knows_the_application(room: World) -> None:
    add(room, "bob", "aa11", "apns")
    room.client("bob", "push_tokens.remove", token_type="http", token=f"{URL}/bob")
    send(room)
    assert "bob" not in told(room)
    room.backend("push.add_apns", **apns_provider())
    send(room)
    assert told(room)["bob"] == "Ann: Hello"


def test_members_with_devices_are_told_but_for_the_sender(room: World) -> None:
    add(room, "ann")
    send(room)
    assert told(room) == {"bob": "Ann: Hello", "cid": "Ann: Hello"}


def test_what_happened_before_the_first_device_is_not_told(world: World) -> None:
    world.users("ann", "bob")
    world.client("ann", "channels.create", channel_url="room", user_ids=["bob"])
    send(world)
    assert world.store.read_now(world.application, push_cursor) is None
    add(world, "bob")
    assert follow(world) == []


def test_who_wants_no_notification_gets_none(room: World) -> None:
    room.client("bob", "users.update_push_preference", push_trigger_option="mention_only")
    room.client("cid", "blocks.add", target_id="ann")
    send(room, is_silent=True)
    send(room)
    assert follow(room) == []
    send(room, "You", mentioned_user_ids=["bob"])
    assert follow(room) == ["bob"]


def test_what_was_read_deleted_or_changed_meanwhile_is_told_so(room: World) -> None:
    first, second = send(room), send(room, "later")
    follow(room)
    room.client("bob", "channels.mark_read", channel_url="room")
    room.client("ann", "messages.update", channel_url="room", message_id=first, message="Changed")
    assert told(room) == {"cid": "Ann: Changed"}
    room.client("ann", "messages.delete", channel_url="room", message_id=second)
    room.client("ann", "messages.delete", channel_url="room", message_id=first)
    assert told(room) == {}


def test_a_channel_of_many_is_planned_in_slices(room: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(planning, "LOOKS_AT_ONCE", 2)
    others = [f"user{n}" for n in range(9)]
    room.users(*others)
    room.client("ann", "channels.invite", channel_url="room", user_ids=others)
    for name in others[::2]:
        add(room, name)
    send(room)
    send(room)
    expected = ["bob", "cid", *others[::2]]
    assert sorted(follow(room)) == sorted(2 * expected)


def test_a_slice_counts_once(room: World) -> None:
    send(room)
    cursor = room.store.read_now(room.application, push_cursor)
    assert cursor is not None
    plan = room.store.read_now(room.application, plan_pushes, cursor)
    room.write(enqueue_pushes, plan)
    first = [claimed for claimed, _ in attempts(room)]
    for claimed in first:
        assert room.write(settle_push, claimed, TAKEN, Verdict.OVER, True) is None
    room.write(enqueue_pushes, plan)
    assert attempts(room) == []


def test_a_device_that_is_gone_is_forgotten_with_what_waits_for_it(room: World) -> None:
    send(room)
    send(room, "two")
    claimed = next(each for each, notice in attempts(room) if notice and user_id(room, notice.device.user) == "bob")
    following = room.write(settle_push, claimed, Outcome(410, "", 1, 2), Verdict.GONE, True)
    assert room.client("bob", "push_tokens.list", token_type="http")["tokens"] == []
    assert following is not None
    assert room.store.read_now(room.application, prepare_push, following) is None
    assert room.write(settle_push, following, Outcome(0, "gone", 1, 2), Verdict.OVER, True) is None
    send(room, "three")
    assert follow(room) == ["cid"]


def test_what_comes_again_says_so_and_a_later_message_takes_its_place(room: World) -> None:
    send(room)
    claimed, notice = next((each, it) for each, it in attempts(room) if it and user_id(room, it.device.user) == "cid")
    assert notice.retry == 0
    assert notice.badge == 1
    room.write(settle_push, claimed, BUSY, Verdict.AGAIN, True)
    again = room.write(claim, PUSH, claimed.place.lane)
    second = room.store.read_now(room.application, prepare_push, again)
    assert second is not None
    assert second.retry == 1
    assert second.notice_id == notice.notice_id
    send(room, "newer")
    follow(room)
    room.write(settle_push, again, BUSY, Verdict.AGAIN, True)
    overtaken = room.write(claim, PUSH, claimed.place.lane)
    assert room.store.read_now(room.application, prepare_push, overtaken) is None


def test_devices_go_with_their_user(room: World) -> None:
    room.backend("users.delete", user_id="bob")
    assert room.backend("push_tokens.view_owner", token_type="http", token=f"{URL}/bob") == []


def test_what_is_said_is_the_applications_and_which_of_two_the_users(room: World) -> None:
    room.client("bob", "push.choose_template", name="alternative")
    room.backend("push.update_template", template_name="default", template={"MESG": "{channel_name}/{message}/{other}"})
    send(room, "{sender_name}")
    assert told(room) == {"bob": "New message from Ann", "cid": "Garden/{sender_name}/{other}"}
    room.client("bob", "push.choose_template", name="default")
    assert told(room)["bob"] == "Garden/{sender_name}/{other}"
    with pytest.raises(InvalidValue):
        room.backend("push.update_template", template_name="default", template={"SMS": "a"})


def test_switched_off_nobody_is_told(room: World) -> None:
    send(room)
    follow(room)
    room.backend("push.update_settings", push_enabled=False)
    assert told(room) == {}
    send(room)
    assert follow(room) == []
    room.backend("push.update_settings", push_enabled=True)
    assert follow(room) == []


def test_a_test_reaches_who_wants_nothing_and_is_made_once(room: World) -> None:
    room.client("bob", "users.update_push_preference", push_trigger_option="off")
    room.client("bob", "push_tokens.add", token_type="gcm", token="an-android")
    for _ in range(2):
        assert room.backend("push.test", user_id="bob") == {"handled": 1}
    ((claimed, notice),) = attempts(room)
    assert notice is not None
    assert (notice.title, notice.body, notice.tag) == ("test", "Test", "test")
    second = room.write(settle_push, claimed, BUSY, Verdict.AGAIN, True)
    assert second is not None
    assert room.write(settle_push, second, BUSY, Verdict.AGAIN, True) is None
    with pytest.raises(Unacceptable):
        room.backend("push.test", user_id="ann")
