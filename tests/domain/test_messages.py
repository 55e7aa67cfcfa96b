"""Messages, read marks and typing, by example."""

from __future__ import annotations

from typing import Any
from unittest.mock import patch

import pytest

from chatd import events
from chatd.domain.fold.stored import current_message
from chatd.domain.messages import history
from chatd.errors import (
    Forbidden,
    IncompatibleValues,
    InvalidCharacter,
    MissingParameter,
    NegativeNumber,
    NotFound,
    TooLong,
    WrongType,
)
from chatd.store import tables
from chatd.store.transaction import Transaction
from tests.domain.conftest import World

CHANNEL = "tea_time"


@pytest.fixture
def tea(world: World) -> World:
    world.users("ann", "bob", "cid")
    world.backend("channels.create", channel_url=CHANNEL, user_ids=["ann", "bob"])
    return world


def send(world: World, user_id: str, text: str, **more: object) -> int:
    sent = world.client(user_id, "messages.send", channel_url=CHANNEL, message=text, **more)
    message_id: int = sent["message_id"]
    return message_id


def unread(world: World, user_id: str) -> int:
    counted = world.client(user_id, "channels.unread_count", channel_url=CHANNEL)
    count: int = counted["unread"][user_id]
    return count


def test_ids_follow_the_log_and_results_are_what_is_told(tea: World) -> None:
    first = send(tea, "ann", "one")
    second = send(tea, "bob", "two")
    assert first < second
    assert tea.told[-1].sequence == second
    assert tea.told[-1].data["message"]["message"] == "two"


def test_a_repeated_req_id_returns_the_first_result_and_sends_nothing(tea: World) -> None:
    first = tea.client("ann", "messages.send", channel_url=CHANNEL, message="one", req_id="r1")
    told = len(tea.told)
    again = tea.client("ann", "messages.send", channel_url=CHANNEL, message="other", req_id="r1")
    assert again == first
    assert len(tea.told) == told
    assert send(tea, "bob", "mine", req_id="r1") != first["message_id"]


def test_who_gets_the_id_of_a_deleted_user_has_sent_nothing_yet(tea: World) -> None:
    first = send(tea, "ann", "one", req_id="r1")
    tea.backend("users.delete", user_id="ann")
    tea.backend("users.create", user_id="ann", nickname="Another Ann")
    tea.client("bob", "channels.invite", channel_url=CHANNEL, user_ids=["ann"])
    assert send(tea, "ann", "two", req_id="r1") > first


def test_a_req_id_cannot_name_two_requests(tea: World) -> None:
    send(tea, "ann", "one", req_id="r1")
    tea.client("ann", "channels.create", channel_url="other", req_id="r2")
    with pytest.raises(IncompatibleValues):
        tea.client("ann", "messages.send", channel_url="other", message="one", req_id="r1")
    with pytest.raises(IncompatibleValues):
        send(tea, "ann", "one", req_id="r2")


def test_only_the_sender_edits_and_nothing_changes_otherwise(tea: World) -> None:
    message_id = send(tea, "ann", "one")
    with pytest.raises(Forbidden):
        tea.client("bob", "messages.update", channel_url=CHANNEL, message_id=message_id, message="no")
    edited = tea.client("ann", "messages.update", channel_url=CHANNEL, message_id=message_id, message="two")
    assert (edited["message"], edited["updated_at"] > 0) == ("two", True)
    seen = tea.client("bob", "messages.view", channel_url=CHANNEL, message_id=message_id)
    assert seen == edited


def test_a_deleted_message_leaves_no_word_in_the_store(tea: World) -> None:
    message_id = send(tea, "ann", "first words", data="payload")
    for text in ("second words", "third words"):
        tea.client("ann", "messages.update", channel_url=CHANNEL, message_id=message_id, message=text)
    tea.client("ann", "messages.delete", channel_url=CHANNEL, message_id=message_id)
    with pytest.raises(NotFound):
        tea.client("ann", "messages.view", channel_url=CHANNEL, message_id=message_id)

    def written(txn: Transaction) -> str:
        return repr([entry for _, entry in txn.scan(tables.LOG)]) + repr(current_message(txn, message_id))

    text = tea.store.read(tea.application, written)
    assert "words" not in text
    assert "payload" not in text


def test_the_last_message_falls_back_when_it_is_deleted(tea: World) -> None:
    first, second = send(tea, "ann", "one"), send(tea, "ann", "two")
    tea.client("ann", "messages.delete", channel_url=CHANNEL, message_id=second)
    channel = tea.client("bob", "channels.view", channel_url=CHANNEL)
    assert channel["last_message"]["message_id"] == first
    tea.client("ann", "messages.delete", channel_url=CHANNEL, message_id=first)
    assert tea.client("bob", "channels.view", channel_url=CHANNEL)["last_message"] is None


def test_unread_counts_what_others_sent_since_the_mark(tea: World) -> None:
    send(tea, "ann", "one")
    middle = send(tea, "ann", "two")
    send(tea, "ann", "three")
    assert (unread(tea, "ann"), unread(tea, "bob")) == (0, 3)
    tea.client("bob", "channels.mark_read", channel_url=CHANNEL, message_id=middle)
    assert unread(tea, "bob") == 1
    tea.client("bob", "channels.mark_read", channel_url=CHANNEL)
    assert unread(tea, "bob") == 0
    told = len(tea.told)
    tea.client("bob", "channels.mark_read", channel_url=CHANNEL, message_id=middle)
    assert (unread(tea, "bob"), len(tea.told)) == (0, told)


def test_silent_messages_raise_no_count(tea: World) -> None:
    send(tea, "ann", "psst", is_silent=True)
    assert unread(tea, "bob") == 0


def test_admin_messages_have_no_sender_and_are_for_backends(tea: World) -> None:
    sent = tea.backend("messages.send", channel_url=CHANNEL, message_type="ADMM", message="Closed at six")
    assert (sent["type"], "user" in sent) == ("ADMM", False)
    with pytest.raises(Forbidden):
        send(tea, "ann", "me too", message_type="ADMM")


def test_history_around_a_message(tea: World) -> None:
    ids = [send(tea, "ann", str(n)) for n in range(9)]

    def page(**around: object) -> list[int]:
        found = tea.client("bob", "messages.list", channel_url=CHANNEL, **around)
        return [message["message_id"] for message in found["messages"]]

    assert page(message_id=ids[4], prev_limit=2, next_limit=3) == ids[2:8]
    assert page(message_id=ids[4], prev_limit=2, next_limit=0, include=False) == ids[2:4]
    assert page(message_id=ids[4], prev_limit=1, next_limit=1, reverse=True) == ids[5:2:-1]
    assert page(message_ts=2**53, prev_limit=200) == ids
    assert page(message_ts=0, next_limit=3) == ids[:3]


def test_typing_is_told_to_the_channel_and_never_stored(tea: World) -> None:
    before = tea.store.read(tea.application, lambda txn: txn.head)
    (told,) = tea.client("ann", "channels.typing", channel_url=CHANNEL)
    assert (told.sequence, told.data["type"], told.data["user_id"]) == (0, "typing", "ann")
    assert tea.store.read(tea.application, lambda txn: txn.head) == before


@pytest.mark.parametrize(
    ("params", "error"),
    [
        ({}, MissingParameter),
        ({"channel_url": CHANNEL, "message": 5}, WrongType),
        ({"channel_url": CHANNEL, "message": "x" * 5001}, TooLong),
        ({"channel_url": CHANNEL, "message": ""}, MissingParameter),
        ({"channel_url": "nul\0", "message": "x"}, InvalidCharacter),
        ({"channel_url": CHANNEL, "message": "x", "mentioned_user_ids": "ann"}, WrongType),
        ({"channel_url": "unknown", "message": "x"}, NotFound),
    ],
)
def test_bad_messages_are_refused_and_nothing_changes(
    tea: World, params: dict[str, object], error: type[Exception]
) -> None:
    before = tea.store.read(tea.application, lambda txn: txn.head)
    with pytest.raises(error):
        tea.client("ann", "messages.send", **params)
    assert tea.store.read(tea.application, lambda txn: txn.head) == before


def test_negative_numbers_have_their_own_error(tea: World) -> None:
    with pytest.raises(NegativeNumber) as raised:
        tea.client("ann", "messages.list", channel_url=CHANNEL, message_ts=0, prev_limit=-1)
    assert "prev_limit" in raised.value.message


def test_the_log_holds_every_event_in_order(tea: World) -> None:
    send(tea, "ann", "one")
    entries = tea.store.read(tea.application, lambda txn: [entry for _, entry in txn.scan(tables.LOG)])
    assert isinstance(entries[-1].event, events.MessageSent)
    assert [entry.time for entry in entries] == sorted(entry.time for entry in entries)


def test_whole_numbers_may_come_as_text(tea: World) -> None:
    """As libraries of Protobuf write those of 64 bits; what is no number is refused as ever."""
    sent = tea.client("ann", "messages.send", channel_url=CHANNEL, message="x")
    found = tea.client("bob", "messages.view", channel_url=CHANNEL, message_id=str(sent["message_id"]))
    assert found["message_id"] == sent["message_id"]
    with pytest.raises(WrongType):
        tea.client("bob", "messages.view", channel_url=CHANNEL, message_id="first")


@pytest.mark.parametrize("at_once", [1, 2, 5])
@pytest.mark.parametrize("side", ["prev", "next"])
def test_what_is_few_among_many_is_found_bit_by_bit(tea: World, at_once: int, side: str) -> None:
    wanted = []
    for n in range(9):
        more = {"custom_type": "rare"} if n % 4 == 0 else {}
        message = send(tea, "ann", str(n), **more)
        wanted += [message] if more else []
    params: dict[str, Any] = {"message_ts": 2**50 if side == "prev" else 0, "custom_types": ["rare"]}
    found: list[int] = []
    with patch.object(history, "LOOKED_AT", at_once):
        for _ in range(9 // at_once + 1):
            page = tea.client("bob", "messages.list", channel_url=CHANNEL, include=False, **params)
            found += [each["message_id"] for each in page["messages"]]
            if f"{side}_message_id" not in page:
                break
            params = {"message_id": page[f"{side}_message_id"], "custom_types": ["rare"]}
            params[f"{'next' if side == 'prev' else 'prev'}_limit"] = 0
        everything = tea.client("bob", "messages.list", channel_url=CHANNEL, message_ts=0)
    assert sorted(found) == wanted
    # A page that is full looks no further.
    assert len(everything["messages"]) == (9 if at_once >= 9 else min(9, at_once))


@pytest.mark.parametrize("side", ["prev", "next"])
@pytest.mark.parametrize("kind", ["replies", "deleted"])
def test_what_is_passed_over_is_looked_through_bit_by_bit_too(tea: World, side: str, kind: str) -> None:
    first = send(tea, "ann", "first")
    for n in range(20):
        more = {"parent_message_id": first} if kind == "replies" else {}
        between = send(tea, "bob", str(n), **more)
        if kind == "deleted":
            tea.client("bob", "messages.delete", channel_url=CHANNEL, message_id=between)
    last = send(tea, "ann", "last")
    wanted, place = (first, last) if side == "prev" else (last, first)
    params: dict[str, Any] = {"message_id": place, f"{'next' if side == 'prev' else 'prev'}_limit": 0}
    pages = []
    with patch.object(history, "LOOKED_AT", 8):
        while params["message_id"]:
            page = tea.client("bob", "messages.list", channel_url=CHANNEL, include=False, **params)
            pages.append([each["message_id"] for each in page["messages"]])
            params["message_id"] = page.get(f"{side}_message_id", 0)
    assert pages == [[], [], [wanted]]
