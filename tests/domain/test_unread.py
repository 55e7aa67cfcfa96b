"""Unread and mention counts are what one would count by hand, whatever happened to the messages."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chatd.domain.channels.unread import unread, unread_mentions
from chatd.domain.fold.stored import current_message
from chatd.errors import InvalidValue
from chatd.model import ChannelState, Member
from chatd.store import tables, tally
from chatd.store.store import Store
from chatd.store.transaction import Transaction
from tests.domain.conftest import MAP_SIZE, MEMORY, World
from tests.domain.histories import USERS, histories, run

CHANNEL = "garden"


@settings(max_examples=60, deadline=None)
@given(histories)
def test_counts_are_those_of_the_messages_behind_the_mark(history: list[tuple[str, str, dict[str, Any]]]) -> None:
    with TemporaryDirectory(dir=MEMORY) as directory:
        world = World(Store.open(Path(directory), MAP_SIZE))
        run(world, history)
        assert world.store.read(world.application, miscounted) == []
        world.store.close()


def miscounted(txn: Transaction) -> list[Any]:
    """Members whose counts are not those that looking at every message gives."""
    wrong = []
    for (channel, user), member in txn.scan(tables.MEMBERS):
        state = txn.get(tables.CHANNEL_STATES, channel)
        if state is None:
            continue
        counted = (unread(txn, channel, state, member), unread_mentions(txn, channel, user, state, member))
        if counted != (expected := by_hand(txn, channel, user, state, member)):
            wrong.append((channel, user, counted, expected))
    return wrong


def by_hand(txn: Transaction, channel: int, user: int, state: ChannelState, member: Member) -> tuple[int, int]:
    read = max(member.read_ordinal, state.expired_ordinal)
    found = [current_message(txn, key[2]) for key, _ in txn.scan(tables.TIMELINE, channel)]
    behind = [each for each in found if each and not each.is_removed and not each.is_silent and each.ordinal > read]
    return len(behind), sum(each.mention_type == "channel" or user in each.mentioned for each in behind)


places = st.integers(0, 5 * 128 * 128)


@settings(max_examples=50, deadline=None)
@given(st.sets(places, max_size=60), st.lists(places, min_size=1, max_size=10), st.data())
def test_a_tally_counts_what_lies_behind(noted: set[int], asked: list[int], data: st.DataObject) -> None:
    forgotten = data.draw(st.sets(st.sampled_from(sorted(noted)))) if noted else set()
    with TemporaryDirectory(dir=MEMORY) as directory:
        store = Store.open(Path(directory), MAP_SIZE)

        def note(txn: Transaction) -> list[int]:
            for place in noted:
                tally.count(txn, tables.GONE_ORDINALS, 7, place=place)
            for place in forgotten:
                tally.count(txn, tables.GONE_ORDINALS, 7, place=place, change=-1)
            tally.count(txn, tables.GONE_ORDINALS, 8, place=9)
            left = noted - forgotten
            assert bool(left) == (next(txn.scan(tables.GONE_ORDINALS, 7), None) is not None)
            for place in asked:
                assert tally.count_behind(txn, tables.GONE_ORDINALS, 7, place=place) == sum(e > place for e in left)
            return [tally.count_behind(txn, tables.GONE_ORDINALS, 7, place=place) for place in asked]

        counted = store.write_now(1, note)
        store.refresh()
        for place, count in zip(asked, counted, strict=True):
            stored = store.read(1, lambda txn, at: tally.count_behind(txn, tables.GONE_ORDINALS, 7, place=at), place)
            assert stored == count
        store.close()


@pytest.fixture
def team(world: World) -> World:
    world.users(*USERS)
    world.client("ann", "channels.create", channel_url=CHANNEL, user_ids=["bob", "cid"], custom_type="tea")
    return world


def say(team: World, user_id: str = "ann", channel_url: str = CHANNEL, **params: Any) -> int:
    params = {"message": "hi", **params}
    message_id: int = team.client(user_id, "messages.send", channel_url=channel_url, **params)["message_id"]
    return message_id


def counts(team: World, user_id: str, channel_url: str = CHANNEL) -> tuple[int, int]:
    """Unread messages and mentions of a channel."""
    channel = team.client(user_id, "channels.view", channel_url=channel_url)
    return channel["unread_message_count"], channel["unread_mention_count"]


def items(team: World, user_id: str, **params: Any) -> Any:
    return team.client(user_id, "users.unread_item_count", **params)


def test_deleted_messages_and_silent_ones_are_not_unread(team: World) -> None:
    first = say(team)
    say(team, mentioned_user_ids=["bob"])
    say(team, is_silent=True, mentioned_user_ids=["bob"])
    last = say(team, mention_type="channel")
    assert [counts(team, each) for each in USERS] == [(0, 0), (3, 2), (3, 1)]
    team.client("ann", "messages.delete", channel_url=CHANNEL, message_id=first)
    team.client("ann", "messages.delete", channel_url=CHANNEL, message_id=last)
    assert [counts(team, each) for each in USERS] == [(0, 0), (1, 1), (1, 0)]
    assert team.client("bob", "users.unread_message_count") == {"unread_count": 1}
    team.client("bob", "channels.mark_read", channel_url=CHANNEL)
    assert counts(team, "bob") == (0, 0)


def test_an_edit_changes_who_is_mentioned(team: World) -> None:
    message = {"channel_url": CHANNEL, "message_id": say(team, mentioned_user_ids=["bob"])}
    team.client("ann", "messages.update", mentioned_user_ids=["cid"], **message)
    assert [counts(team, each) for each in ("bob", "cid")] == [(1, 0), (1, 1)]
    team.client("ann", "messages.update", mention_type="channel", **message)
    assert [counts(team, each) for each in ("bob", "cid")] == [(1, 1), (1, 1)]


def test_who_leaves_and_comes_back_has_nothing_unread(team: World) -> None:
    say(team, mentioned_user_ids=["bob"])
    team.client("bob", "channels.leave", channel_url=CHANNEL)
    team.client("ann", "channels.invite", channel_url=CHANNEL, user_ids=["bob"])
    assert counts(team, "bob") == (0, 0)
    say(team, mentioned_user_ids=["bob"])
    assert counts(team, "bob") == (1, 1)


def test_totals_leave_out_what_is_hidden_and_what_is_not_asked_for(team: World) -> None:
    team.client("ann", "channels.create", channel_url="crowd", user_ids=["bob"], is_super=True)
    team.client("ann", "channels.create", channel_url="pair", user_ids=["bob"])
    for channel_url in (CHANNEL, "crowd", "crowd", "pair"):
        say(team, channel_url=channel_url, mentioned_user_ids=["bob"])
    team.client("bob", "channels.hide", channel_url="pair", allow_auto_unhide=False)
    say(team, channel_url="pair")

    def total(what: str, **params: Any) -> Any:
        return team.client("bob", f"users.unread_{what}_count", **params)["unread_count"]

    assert (total("message"), total("channel")) == (3, 2)
    assert (total("message", super_mode="super"), total("channel", super_mode="nonsuper")) == (2, 1)
    assert (total("message", custom_types=["tea"]), total("message", custom_types=["coffee"])) == (1, 0)
    team.client("bob", "channels.unhide", channel_url="pair")
    assert total("message") == 5
    seen = team.backend("users.view", user_id="bob", include_unread_count=True, super_mode="super")
    assert (seen["unread_message_count"], seen["unread_channel_count"]) == (2, 1)


def test_items_are_counted_by_kinds_of_channels(team: World) -> None:
    team.client("bob", "users.update_invitation_preference", auto_accept=False)
    team.client("ann", "channels.create", channel_url="crowd", user_ids=["cid"], is_super=True)
    team.client("ann", "channels.invite", channel_url="crowd", user_ids=["bob"])
    say(team, mentioned_user_ids=["bob"])
    say(team)
    say(team, channel_url="crowd", mentioned_user_ids=["bob"])
    found = items(team, "bob")
    assert {key: count for key, count in found.items() if count} == {
        "group_channel_unread_message_count": 2,
        "non_super_group_channel_unread_message_count": 2,
        "group_channel_unread_mention_count": 1,
        "non_super_group_channel_unread_mention_count": 1,
        "group_channel_invitation_count": 1,
        "super_group_channel_invitation_count": 1,
    }
    wanted = ["group_channel_unread_mention_count"]
    assert items(team, "bob", item_keys=wanted) == {wanted[0]: 1}
    assert items(team, "bob", item_keys=wanted, custom_type="coffee") == {wanted[0]: 0}
    with pytest.raises(InvalidValue):
        items(team, "bob", item_keys=["messages"])
