"""Laws that hold for every sequence of commands."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from chatd.domain import stream
from chatd.domain.fold import apply
from chatd.domain.tenants import accounts
from chatd.store import tables
from chatd.store.store import Store
from chatd.store.table import Table
from chatd.store.transaction import Transaction
from tests.domain.conftest import MAP_SIZE, MEMORY, World
from tests.domain.histories import USERS, histories, run

FOLDED = (
    tables.USERS,
    tables.USER_IDS,
    tables.CHANNELS,
    tables.CHANNEL_URLS,
    tables.CHANNEL_STATES,
    tables.MEMBERS,
    tables.MEMBERSHIPS,
    tables.TENURES,
    tables.MESSAGES,
    tables.TIMELINE,
    tables.GONE_ORDINALS,
    tables.MENTIONS,
    tables.CHANNEL_MENTIONS,
    tables.PUSH_PREFERENCES,
    tables.REQUESTS,
    tables.DELETED_CHANNELS,
    tables.REACTIONS,
    tables.FILES,
    tables.THREADS,
    tables.REPLIES,
    tables.REPLIERS,
    tables.RETENTION,
    tables.RETAINED,
    tables.ERASURES,
    tables.OPEN_CHANNELS,
    tables.OPERATORS,
    tables.SCHEDULED,
    tables.SCHEDULED_BY,
    tables.DUE,
    tables.DRAFTS,
    tables.SAVED,
    tables.SAVED_ORDER,
    tables.FOLLOWED,
    tables.SAVERS,
    tables.FOLLOWERS,
    tables.LOST_MESSAGES,
    tables.REACTED,
    tables.DISAPPEARING,
    tables.PICTURES,
    tables.FILE_BYTES,
    tables.OWN_SETTINGS,
    tables.COMMON_SETTINGS,
    tables.CHANNEL_METADATA,
    tables.METADATA_VALUES,
    tables.METACOUNTERS,
    tables.METACOUNTER_VALUES,
    tables.MEMBER_NAMES,
    tables.INVITATIONS,
    tables.INVITED,
    tables.INVITED_COUNTS,
    tables.INVITATION_PREFERENCES,
    tables.DISTINCT,
    tables.PINS,
    tables.FILE_SHARES,
    tables.POLLS,
    tables.POLL_STATES,
    tables.POLL_OPTIONS,
    tables.POLL_CHOICES,
    tables.POLL_VOTERS,
    tables.POLL_LISTS,
    tables.DELETED_POLLS,
    tables.PREVIEWS,
    tables.USER_NAMES,
    tables.USER_ITEMS,
    tables.INACTIVE_USERS,
    tables.STATUS_ENDS,
    tables.BOTS,
    tables.BOT_IDS,
    tables.CHANNEL_BOTS,
    tables.USER_DISCOVERY,
    tables.AUTO_MESSAGES,
    tables.EMOJIS,
    tables.EMOJI_CATEGORIES,
    tables.EMOJI_CATEGORIES_MADE,
    tables.REACTION_SETTINGS,
    tables.PRESENCE_PREFERENCES,
    tables.ANNOUNCEMENTS,
    tables.ANNOUNCEMENT_IDS,
    tables.ANNOUNCEMENT_TARGETS,
    tables.ANNOUNCEMENTS_DUE,
    tables.MUTES,
    tables.CHANNEL_MUTES,
    tables.USER_MUTES,
    tables.BANS,
    tables.CHANNEL_BANS,
    tables.USER_BANS,
    tables.DELETED_USERS,
    tables.TYPE_MUTES,
    tables.TYPE_MUTE_ENDS,
    tables.TYPE_BANS,
    tables.TYPE_BAN_ENDS,
    tables.TYPE_OPERATORS,
    tables.USER_TYPES,
    tables.EXPULSIONS,
    tables.TELLINGS,
    tables.BLOCKS,
    tables.BLOCKED_BY,
    tables.BLOCK_COUNTS,
    tables.LAST_SENT,
    tables.LAST_IN_CHANNEL,
    tables.PACE,
    tables.LAST_MESSAGES,
    tables.ACTS,
    tables.MODERATION,
    tables.FILTER_HITS,
    tables.FILTERED,
    tables.PERMISSIONS,
    tables.REPORTS,
    tables.REPORTERS,
    tables.REPORT_STATES,
)


def contents(txn: Transaction, table: Table[Any]) -> list[Any]:
    return list(txn.scan(table))


def replay(txn: Transaction, entries: list[tuple[tuple[int], Any]]) -> None:
    for (sequence,), entry in entries:
        txn.put(tables.LOG, sequence, value=entry)
    for (sequence,), entry in entries:
        apply(entry.event, txn, sequence, entry.time)


@settings(max_examples=60, deadline=None)
@given(histories)
def test_the_state_is_the_fold_of_the_log(history: list[tuple[str, str, dict[str, Any]]]) -> None:
    with TemporaryDirectory(dir=MEMORY) as directory:
        store = Store.open(Path(directory) / "one", MAP_SIZE)
        other = Store.open(Path(directory) / "two", MAP_SIZE)
        world = World(store)
        run(world, history)
        entries = store.read(world.application, contents, tables.LOG)
        other.write_now(world.application, replay, entries)
        other.refresh()
        for table in FOLDED:
            expected = store.read(world.application, contents, table)
            assert other.read(world.application, contents, table) == expected, table
        store.close()
        other.close()


@settings(max_examples=60, deadline=None)
@given(histories, st.sampled_from(USERS), st.integers(0, 80))
def test_recovery_tells_what_was_told_live(
    history: list[tuple[str, str, dict[str, Any]]], user_id: str, offset: int
) -> None:
    with TemporaryDirectory(dir=MEMORY) as directory:
        world = World(Store.open(Path(directory) / "one", MAP_SIZE))
        run(world, history)
        number = world.actor(user_id).user
        assert number is not None
        live = {p.sequence for p in told_to(number, world) if p.sequence > offset}
        end = world.store.read(world.application, stream.top).sequence
        missed = world.store.read(world.application, stream.missed, number, offset, 1000)
        if offset > end:
            assert missed is None
        else:
            assert missed is not None
            sequences = [each for each in missed if world.store.read(world.application, stream.told, each) is not None]
            assert sequences == sorted(set(sequences))
            assert set(sequences) == live - silenced(world)
        world.store.close()


def told_to(number: int, world: World, members: Mapping[int, set[int]] = {}) -> list[Any]:
    """What the user would have been sent while connected all the time, in which channels were `members` before."""
    audiences = {channel: set(users) for channel, users in members.items()}
    found = []
    for publication in world.told:
        audience = audiences.setdefault(publication.channel, set())
        audience.update(publication.joined)
        if publication.sequence and (publication.user == number or (publication.channel and number in audience)):
            found.append(publication)
        audience.difference_update(audience if publication.ends else publication.left)
    return found


def silenced(world: World) -> set[int]:
    """Events of which nothing is told any more: their message or their channel is gone."""

    def find(txn: Transaction) -> set[int]:
        gone = set()
        for (sequence,), entry in txn.scan(tables.LOG):
            if stream.render(entry.event, txn, sequence, entry.time) is None:
                gone.add(sequence)
        return gone

    return world.store.read(world.application, find)


def test_too_much_to_recover_is_said_and_never_told_in_part(world: World) -> None:
    world.users("ann")
    world.client("ann", "channels.create", channel_url="chan1")
    for n in range(5):
        world.client("ann", "messages.send", channel_url="chan1", message=str(n))
    number = world.actor("ann").user
    end = world.store.read(world.application, stream.top).sequence
    assert world.store.read(world.application, stream.missed, number, end - 5, 5) is not None
    assert world.store.read(world.application, stream.missed, number, end - 6, 5) is None


def test_publications_can_be_encoded(world: World) -> None:
    world.users("ann", "bob")
    world.client("ann", "channels.create", channel_url="chan1", user_ids=["bob"])
    world.client("ann", "messages.send", channel_url="chan1", message="hi", mentioned_user_ids=["bob"])
    assert all(msgspec.json.encode(publication.data) for publication in world.told)


def test_an_account_is_a_user_who_enters_the_lobby(world: World) -> None:
    account = world.store.write_now(0, accounts.create, "Ann", "hash", "owner", "Ann B")
    world.store.refresh()
    assert account.login == "ann"
    assert world.store.read(0, accounts.has_owner)
    found = world.store.read(account.application, lambda txn: txn.get(tables.USER_IDS, "ann"))
    assert found is not None
    assert world.store.read(account.application, lambda txn: list(txn.scan(tables.MEMBERSHIPS, found)))
