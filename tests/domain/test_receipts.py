"""Who has read what, whom it has reached, and what one has unread again."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from chatd.domain.messages import readers as readers_module
from chatd.domain.stream import SMALL_CHANNEL
from chatd.errors import Forbidden, NotFound
from chatd.store import tables
from chatd.store.transaction import Transaction
from tests.domain.conftest import World
from tests.domain.histories import USERS
from tests.domain.test_unread import CHANNEL, counts, say


@pytest.fixture
def team(world: World, monkeypatch: pytest.MonkeyPatch) -> World:
    """Every write happens a millisecond after the one before."""
    clock = iter(range(2**41, 2**41 + 1000))
    monkeypatch.setattr("chatd.store.transaction.ids.now_ms", lambda: next(clock))
    world.users(*USERS)
    world.client("ann", "channels.create", channel_url=CHANNEL, user_ids=["bob", "cid"])
    return world


def listed(team: World, message_id: int, state: str, **params: Any) -> list[str]:
    params |= {"channel_url": CHANNEL, "message_id": message_id, "state": state}
    return [each["user_id"] for each in team.client("ann", "messages.readers", **params)["users"]]


def mark(team: World, user_id: str, verb: str, message_id: int) -> Any:
    return team.client(user_id, f"channels.mark_{verb}", channel_url=CHANNEL, message_id=message_id)


def told(team: World, kind: str) -> list[Any]:
    return [each for each in team.told if each.data["type"] == kind]


def view(team: World, user_id: str, **params: Any) -> Any:
    return team.client(user_id, "channels.view", channel_url=CHANNEL, **params)


def test_who_has_read_a_message_and_whom_it_has_reached(team: World) -> None:
    first, second = say(team), say(team)
    team.client("ann", "channels.invite", channel_url=CHANNEL, user_ids=["bob"])
    assert (listed(team, first, "read"), listed(team, first, "unread")) == ([], ["bob", "cid"])
    mark(team, "bob", "read", first)
    mark(team, "cid", "delivered", second)
    assert (listed(team, first, "read"), listed(team, first, "unread")) == (["bob"], ["cid"])
    assert (listed(team, first, "delivered"), listed(team, second, "delivered")) == (["bob", "cid"], ["cid"])
    assert listed(team, second, "undelivered") == ["bob"]
    assert listed(team, second, "unread") == ["bob", "cid"]


def test_who_came_later_neither_has_read_it_nor_has_not(team: World) -> None:
    team.users("dan")
    first = say(team)
    team.client("ann", "channels.invite", channel_url=CHANNEL, user_ids=["dan"])
    assert listed(team, first, "unread") == ["bob", "cid"]
    assert listed(team, say(team), "unread") == ["bob", "cid", "dan"]


def test_readers_come_in_pages_that_end_after_looking_at_some(team: World, monkeypatch: pytest.MonkeyPatch) -> None:
    sent = say(team)
    monkeypatch.setattr(readers_module, "MAX_LOOKED_AT", 2)
    found, token = [], ""
    for _ in range(4):
        page = team.client("ann", "messages.readers", channel_url=CHANNEL, message_id=sent, state="unread", token=token)
        found += [each["user_id"] for each in page["users"]]
        token = page["next"]
        if not token:
            break
    assert found == ["bob", "cid"]
    assert not token


def test_who_sees_no_message_does_not_see_who_has_read_it(team: World) -> None:
    sent = say(team)
    team.client("bob", "channels.reset_history", channel_url=CHANNEL)
    for verb, params in (("messages.readers", {}), ("channels.mark_unread", {})):
        with pytest.raises(NotFound):
            team.client("bob", verb, channel_url=CHANNEL, message_id=sent, **params)
    team.users("dan")
    with pytest.raises(NotFound):
        team.client("dan", "messages.readers", channel_url=CHANNEL, message_id=sent)
    with pytest.raises(Forbidden):
        team.backend("channels.mark_unread", channel_url=CHANNEL, message_id=sent, user_id="dan")


def test_receipts_are_told_once_and_shown(team: World) -> None:
    sent = say(team)
    at = team.client("bob", "messages.view", channel_url=CHANNEL, message_id=sent)["created_at"]
    for _ in range(2):
        assert mark(team, "bob", "delivered", sent) == {"ts": at}
    (publication,) = told(team, "channel.delivered")
    assert publication.data == {
        "type": "channel.delivered",
        "channel_url": CHANNEL,
        "user_id": "bob",
        "delivered_ts": at,
    }
    channel = view(team, "ann", show_member=True, show_read_receipt=True, show_delivery_receipt=True)
    assert channel["delivery_receipt"]["bob"] == at > channel["read_receipt"]["bob"]
    assert channel["delivery_receipt"]["ann"] == channel["read_receipt"]["ann"] == at
    bob = next(each for each in channel["members"] if each["user_id"] == "bob")
    assert (bob["delivered_ts"], bob["read_ts"]) == (at, channel["read_receipt"]["bob"])
    team.client("bob", "channels.mark_read", channel_url=CHANNEL)
    mark(team, "bob", "delivered", sent)
    team.client("bob", "channels.mark_delivered", channel_url=CHANNEL)
    assert len(told(team, "channel.delivered")) == 1


def test_large_channels_note_no_deliveries(team: World) -> None:
    sent = say(team)

    def grow(txn: Transaction) -> None:
        number = txn.require(tables.CHANNEL_URLS, CHANNEL)
        state = txn.require(tables.CHANNEL_STATES, number)
        txn.put(tables.CHANNEL_STATES, number, value=replace(state, member_count=SMALL_CHANNEL + 1))

    team.write(grow)
    assert mark(team, "bob", "delivered", sent)["ts"] > 0
    assert told(team, "channel.delivered") == []


def test_marking_as_unread_is_for_oneself(team: World) -> None:
    first = say(team, mentioned_user_ids=["bob"])
    second = say(team)
    say(team, mention_type="channel")
    team.client("bob", "channels.mark_read", channel_url=CHANNEL)
    read = view(team, "ann", show_read_receipt=True)["read_receipt"]["bob"]
    mark(team, "bob", "unread", second)
    assert counts(team, "bob") == (2, 1)
    at = team.client("bob", "messages.view", channel_url=CHANNEL, message_id=second)["created_at"]
    assert view(team, "bob")["user_last_read"] == at - 1
    mark(team, "bob", "unread", first)
    assert counts(team, "bob") == (3, 2)
    mark(team, "bob", "unread", second)
    assert counts(team, "bob") == (3, 2)
    number = team.actor("bob").user
    publications = told(team, "channel.marked_unread")
    assert [(each.user, each.channel) for each in publications] == [(number, 0)] * 2
    assert publications[1].data["unread_message_count"] == 3
    assert publications[1].data["unread_mention_count"] == 2
    # Others see what they saw.
    assert view(team, "ann", show_read_receipt=True)["read_receipt"]["bob"] == read
    assert listed(team, second, "read") == ["bob"]
    team.client("bob", "channels.mark_read", channel_url=CHANNEL)
    assert counts(team, "bob") == (0, 0)
