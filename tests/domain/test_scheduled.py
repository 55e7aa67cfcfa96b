"""Messages to send later: who may schedule, change and see them, and what is left of them."""

from __future__ import annotations

from typing import Any

import pytest

from chatd import ids
from chatd.domain import stream
from chatd.domain.fold import scheduled as fold
from chatd.domain.messages import scheduled
from chatd.domain.messages.scheduling import due, fail, send_due
from chatd.errors import (
    Forbidden,
    IncompatibleValues,
    LimitExceeded,
    MissingParameter,
    NotFound,
    OutOfRange,
    RequestError,
)
from chatd.store import tables
from tests.domain.conftest import World
from tests.domain.test_erasure import places
from tests.domain.test_verify import findings_of

HOUR = 60 * 60 * 1000
CHANNEL = "tea_time"


@pytest.fixture
def tea(world: World) -> World:
    world.users("ann", "bob", "cid")
    world.backend("channels.create", channel_url=CHANNEL, user_ids=["ann", "bob"])
    return world


def schedule(world: World, caller: str = "ann", ahead: int = HOUR, **more: Any) -> Any:
    params = {"channel_url": CHANNEL, "message": "later", "scheduled_at": ids.now_ms() + ahead} | more
    return world.client(caller, "scheduled_messages.create", **params)


def of(made: Any) -> dict[str, Any]:
    return {"scheduled_message_id": made["scheduled_message_id"]}


def total(world: World) -> int:
    found: int = world.backend("messages.count", channel_url=CHANNEL)["total"]
    return found


def test_it_is_told_to_the_senders_own_devices(tea: World) -> None:
    tea.told.clear()
    made = schedule(tea, custom_type="x", mentioned_user_ids=["bob"])
    tea.client("ann", "scheduled_messages.update", **of(made), message="changed")
    tea.client("ann", "scheduled_messages.cancel", **of(made))
    ann = tea.actor("ann").user
    assert [(each.data["type"], each.user, each.channel) for each in tea.told] == [
        (f"scheduled_message.{kind}", ann, 0) for kind in ("created", "updated", "canceled")
    ]
    assert (made["scheduled_status"], made["type"], made["sender_id"]) == ("pending", "MESG", "ann")
    assert [user["user_id"] for user in made["mentioned_users"]] == ["bob"]


def test_it_becomes_a_message_of_its_sender(tea: World) -> None:
    file_id = tea.upload("ann", "photo")
    made = schedule(tea, files=[{"file_id": file_id}], custom_type="x", mentioned_user_ids=["bob"], req_id="r")
    assert made["type"] == "FILE"
    message = tea.client("ann", "scheduled_messages.send_now", **of(made))
    assert (message["message"], message["custom_type"], message["file"]["name"]) == ("later", "x", "photo.txt")
    assert message["user"]["user_id"] == "ann"
    assert [user["user_id"] for user in message["mentioned_users"]] == ["bob"]
    ended = tea.client("ann", "scheduled_messages.view", **of(made))
    assert (ended["scheduled_status"], ended["message_id"], ended["message"]) == ("sent", message["message_id"], "")
    assert ended["sent_at"] > 0


def test_a_backend_schedules_for_a_user_or_for_nobody(tea: World) -> None:
    at = ids.now_ms() + HOUR
    params = {"channel_url": CHANNEL, "message": "later", "scheduled_at": at}
    hers = tea.backend("scheduled_messages.create", **params, user_id="ann")
    admin = tea.backend("scheduled_messages.create", **params, message_type="ADMM")
    assert (hers["sender_id"], admin["sender_id"], admin["type"]) == ("ann", "", "ADMM")
    assert tea.backend("scheduled_messages.count")["count"] == 2
    assert tea.client("ann", "scheduled_messages.count")["count"] == 1
    sent = tea.backend("scheduled_messages.send_now", **of(admin))
    assert (sent["type"], "user" in sent) == ("ADMM", False)
    with pytest.raises(Forbidden):
        tea.backend("scheduled_messages.create", **params, user_id="cid")
    with pytest.raises(MissingParameter):
        tea.backend("scheduled_messages.create", **params)
    assert not findings_of(tea.store)


REFUSED: list[tuple[dict[str, Any], type[RequestError]]] = [
    ({"ahead": 500}, OutOfRange),
    ({"ahead": -HOUR}, OutOfRange),
    ({"ahead": 31 * 24 * HOUR}, OutOfRange),
    ({"message": ""}, MissingParameter),
    ({"message_type": "FILE"}, MissingParameter),
    ({"files": [{"file_id": "unknown"}]}, NotFound),
    ({"mentioned_user_ids": ["nobody"]}, NotFound),
    ({"parent_message_id": 1}, NotFound),
    ({"user_id": "bob"}, Forbidden),
    ({"message_type": "ADMM"}, Forbidden),
]


@pytest.mark.parametrize(("more", "error"), REFUSED)
def test_what_could_never_be_sent_is_refused_at_once(
    tea: World, more: dict[str, Any], error: type[RequestError]
) -> None:
    with pytest.raises(error):
        schedule(tea, **more)
    assert tea.client("ann", "scheduled_messages.count")["count"] == 0


def test_others_find_nothing(tea: World) -> None:
    made = schedule(tea)
    for name in ("view", "update", "cancel", "send_now"):
        with pytest.raises(NotFound):
            tea.client("bob", f"scheduled_messages.{name}", **of(made))
    assert tea.client("bob", "scheduled_messages.list")["scheduled_messages"] == []
    with pytest.raises(NotFound):
        schedule(tea, "cid")


def test_what_has_ended_cannot_be_changed(tea: World) -> None:
    made = schedule(tea)
    tea.client("ann", "scheduled_messages.send_now", **of(made))
    for name in ("update", "cancel", "send_now"):
        with pytest.raises(NotFound):
            tea.client("ann", f"scheduled_messages.{name}", **of(made))
    assert total(tea) == 1


def test_lists_have_pages_orders_and_filters(tea: World) -> None:
    numbers = [of(schedule(tea, ahead=ahead * HOUR))["scheduled_message_id"] for ahead in (3, 1, 2)]
    tea.client("ann", "scheduled_messages.cancel", scheduled_message_id=numbers[0])

    def listed(**params: Any) -> list[int]:
        found, token = [], ""
        while True:
            page = tea.client("ann", "scheduled_messages.list", limit=1, token=token, **params)
            found += [each["scheduled_message_id"] for each in page["scheduled_messages"]]
            token = page["next"]
            if not token:
                return found

    assert listed() == numbers
    assert listed(reverse=True) == numbers[::-1]
    assert listed(order="scheduled_at") == [numbers[1], numbers[2], numbers[0]]
    assert listed(order="scheduled_at", reverse=True) == [numbers[0], numbers[2], numbers[1]]
    assert listed(status=["pending"]) == numbers[1:]
    assert listed(status=["canceled", "sent"]) == numbers[:1]
    assert listed(message_type="FILE") == []
    assert tea.backend("scheduled_messages.count", sender_id="ann", channel_url=CHANNEL)["count"] == 3


def test_a_repeated_req_id_schedules_once(tea: World) -> None:
    made = schedule(tea, req_id="r1")
    assert schedule(tea, req_id="r1") == made
    with pytest.raises(IncompatibleValues):
        tea.client("ann", "messages.send", channel_url=CHANNEL, message="x", req_id="r1")
    assert tea.client("ann", "scheduled_messages.count")["count"] == 1


def test_few_are_waiting(tea: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scheduled, "MAX_SCHEDULED", 2)
    first, _ = schedule(tea), schedule(tea)
    with pytest.raises(LimitExceeded):
        schedule(tea)
    schedule(tea, "bob")
    tea.client("ann", "scheduled_messages.cancel", **of(first))
    schedule(tea)


def test_of_few_it_is_kept_that_they_ended(tea: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fold, "KEPT", 2)
    made = [schedule(tea) for _ in range(4)]
    for each in made:
        tea.client("ann", "scheduled_messages.cancel", **of(each))
    left = tea.client("ann", "scheduled_messages.list")["scheduled_messages"]
    assert [of(each) for each in left] == [of(each) for each in made[2:]]
    assert not findings_of(tea.store)


@pytest.mark.parametrize("how", ["cancel", "send_now", "delete"])
def test_contents_that_are_no_longer_needed_are_nowhere(tea: World, how: str) -> None:
    made = schedule(tea, message="xyzzy one", custom_type="xyzzy")
    tea.client("ann", "scheduled_messages.update", **of(made), message="xyzzy two")
    assert len(places(tea.store, "xyzzy one")) == 0
    result = tea.client("ann", f"scheduled_messages.{'cancel' if how == 'cancel' else 'send_now'}", **of(made))
    if how == "delete":
        tea.client("ann", "messages.delete", channel_url=CHANNEL, message_id=result["message_id"])
    assert bool(places(tea.store, "xyzzy")) == (how == "send_now")
    assert not findings_of(tea.store)


def test_a_channel_of_the_same_name_is_another(tea: World) -> None:
    made = schedule(tea)
    tea.backend("channels.delete", channel_url=CHANNEL)
    tea.backend("channels.create", channel_url=CHANNEL, user_ids=["ann"])
    with pytest.raises(NotFound):
        tea.client("ann", "scheduled_messages.send_now", **of(made))
    tea.write(fail, made["scheduled_message_id"], "gone")
    assert tea.client("ann", "scheduled_messages.view", **of(made))["scheduled_status"] == "failed"
    tea.client("ann", "scheduled_messages.cancel", **of(made))
    assert total(tea) == 0


def test_only_what_is_due_is_sent(tea: World, monkeypatch: pytest.MonkeyPatch) -> None:
    made = schedule(tea)
    number = made["scheduled_message_id"]
    tea.write(send_due, number)
    assert (tea.store.read(1, due, 10), total(tea)) == ([], 0)
    monkeypatch.setattr(ids, "now_ms", lambda now=ids.now_ms: now() + 2 * HOUR)  # type: ignore[misc]
    assert tea.store.read(1, due, 10) == [number]
    tea.write(send_due, number)
    tea.write(send_due, number)
    tea.write(fail, number, "no")
    assert (tea.store.read(1, due, 10), total(tea)) == ([], 1)


def test_uploads_wait_for_what_is_scheduled(tea: World, monkeypatch: pytest.MonkeyPatch) -> None:
    tea.upload("ann", "photo")
    made = schedule(tea, ahead=10 * 24 * HOUR, files=[{"file_id": "photo"}])
    expires = tea.store.read(1, lambda txn: [upload.expires_at for _, upload in txn.scan(tables.UPLOADS)])
    assert expires == [made["scheduled_at"] + 24 * HOUR]


def test_who_is_deleted_sends_nothing_more(tea: World) -> None:
    made = schedule(tea)
    tea.backend("users.delete", user_id="ann")
    with pytest.raises(NotFound):
        tea.backend("scheduled_messages.view", **of(made))
    assert tea.store.entries()["due"] == 0
    assert not findings_of(tea.store)


def test_what_was_missed_is_told_as_it_is_now(tea: World) -> None:
    made = schedule(tea)
    number = made["scheduled_message_id"]
    told = tea.store.read(1, stream.told, number)
    assert told == {"type": "scheduled_message.created", "scheduled_message": made}
    tea.client("ann", "scheduled_messages.cancel", **of(made))
    assert tea.store.read(1, stream.told, number) is None
