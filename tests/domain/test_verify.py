"""Verification: silent about everything that commands lead to, and each broken invariant is named."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from msgspec.structs import replace

from chatd import ids
from chatd.domain.tenants import applications
from chatd.domain.upkeep.purge import purge
from chatd.domain.upkeep.refold import FOLDED
from chatd.domain.upkeep.verify import verify
from chatd.errors import StartError, StorageFailed
from chatd.events import ChannelRead, LogEntry, MessageSent, ReactionAdded
from chatd.model import Delivery, File, Head, Session, Upload
from chatd.store import tables
from chatd.store.findings import Findings
from chatd.store.migrations import MIGRATIONS, newest_format
from chatd.store.store import Store
from chatd.store.table import Table
from chatd.store.transaction import Transaction
from tests.domain.conftest import BLOB, MAP_SIZE, MEMORY, World
from tests.domain.counted import BROKEN_STATISTICS, STATISTICS
from tests.domain.filled import fill
from tests.domain.histories import histories, run

# What older formats had elsewhere.
EMPTY = (tables.FORMAT_1_REQUESTS, tables.FORMAT_2_DISTINCT)


def findings_of(store: Store) -> Findings:
    found = Findings()
    store.refresh()
    verify(store, found, lambda _: None)
    return found


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The file of a store in which every table has something."""
    world = World(Store.open(tmp_path_factory.mktemp("whole"), MAP_SIZE))
    fill(world)
    file = world.store.directory / "data.mdb"
    world.store.close()
    return file.read_bytes()


@pytest.fixture
def store(whole: bytes, tmp_path: Path) -> Iterator[Store]:
    (tmp_path / "data.mdb").write_bytes(whole)
    found = Store.open(tmp_path, MAP_SIZE)
    for file_id in ("file2", "face"):
        blob = found.blobs.path(1, file_id)
        blob.parent.mkdir(parents=True, exist_ok=True)
        blob.write_bytes(BLOB)
    yield found
    found.close()


class Hand:
    """Writes into tables past every rule, in application 1."""

    def __init__(self, store: Store, raw: Any) -> None:
        self._raw, self._databases = raw, store.databases
        self.txn = Transaction(1, raw, store.databases)

    def put(self, table: Table[Any], *key: Any, value: Any = None) -> None:
        self.raw_put(table, self._key(table, *key), table.encode(value))

    def raw_put(self, table: Table[Any], key: bytes, value: bytes) -> None:
        self._raw.put(key, value, db=self._databases[table.number])

    def delete(self, table: Table[Any], *key: Any) -> None:
        assert self._raw.delete(self._key(table, *key), db=self._databases[table.number])

    def first(self, table: Table[Any]) -> tuple[Any, Any]:
        return next(self.txn.scan(table))

    def delete_first(self, table: Table[Any]) -> None:
        self.delete(table, *self.first(table)[0])

    def change_first(self, table: Table[Any], **changes: Any) -> None:
        key, value = self.first(table)
        self.put(table, *key, value=replace(value, **changes))

    def _key(self, table: Table[Any], *key: Any) -> bytes:
        return table.pack(0 if table.shared else 1, *key)


def break_head(hand: Hand) -> None:
    _, head = hand.first(tables.HEAD)
    hand.put(tables.HEAD, value=Head(head.sequence - 1, head.time, head.epoch))


def lose_epoch(hand: Hand) -> None:
    hand.change_first(tables.HEAD, epoch="")


def turn_clock_back(hand: Hand) -> None:
    entry = hand.txn.require(tables.LOG, 5)
    hand.put(tables.LOG, 5, value=LogEntry(entry.time - 10_000_000, entry.event))


def skip_ordinal(hand: Hand) -> None:
    for (sequence,), entry in hand.txn.scan(tables.LOG):
        if isinstance(entry.event, MessageSent):
            message = replace(entry.event.message, ordinal=7)
            hand.put(tables.LOG, sequence, value=LogEntry(entry.time, MessageSent(message)))
            return


def read_ahead(hand: Hand) -> None:
    for (sequence,), entry in hand.txn.scan(tables.LOG):
        if isinstance(entry.event, ChannelRead):
            hand.put(tables.LOG, sequence, value=LogEntry(entry.time, replace(entry.event, ordinal=99)))
            return


def speak_as_erased(hand: Hand) -> None:
    sequence, user = 6, hand.first(tables.ERASURES)[1]
    entry = hand.txn.require(tables.LOG, sequence)
    hand.put(tables.LOG, sequence, value=replace(entry, event=ReactionAdded(1, 1, "plus", user)))


def send_to_nowhere(hand: Hand) -> None:
    for (sequence,), entry in hand.txn.scan(tables.LOG):
        if isinstance(entry.event, MessageSent):
            message = replace(entry.event.message, channel=999)
            hand.put(tables.LOG, sequence, value=LogEntry(entry.time, MessageSent(message)))
            return


def lose_events(hand: Hand) -> None:
    hand.delete_first(tables.LOG)


def add_place(table: Table[Any], *key: Any, value: Any = None) -> Callable[[Hand], None]:
    return lambda hand: hand.put(table, *key, value=value)


def forge_session(hand: Hand) -> None:
    hand.put(tables.SESSIONS, ids.digest("forged"), value=Session(1, 999, "nobody", 2**60))


def follow_name(table: Table[Any]) -> str:
    return f"{table.name} follow from the log"


SESSIONS = "sessions are of users who list them"
LISTED = "user_sessions are sessions of their users"
TIMELINE = "timeline follow from the log"
NAMES = "application_names are those of applications"
DIGEST = ids.digest("unknown")

BROKEN: list[tuple[Callable[[Hand], None], str, str]] = [
    (lambda hand: hand.raw_put(tables.USERS, b"\0\0\0\1short", b""), "keys decode", "users: 0000000173686f7274"),
    (lambda hand: hand.raw_put(tables.SESSIONS, b"\0\0\0\0short", b"\0"), "keys decode", "sessions: "),
    (lambda hand: hand.raw_put(tables.USER_IDS, b"\0\0\0\1\xff", b"\1"), "keys decode", "user_ids: 00000001ff"),
    (lambda hand: hand.raw_put(tables.USERS, b"\0\0\0\1" + bytes(8), b"\xc1"), "values decode", "users: "),
    (lambda hand: hand.raw_put(tables.STREAMS, b"\0\0\0\1" + bytes(16), b"x"), "values decode", "streams: "),
    (
        lambda hand: hand.raw_put(tables.USER_IDS, b"\0\0\0\x09ann", b"\1"),
        "keys belong to applications that exist",
        "user_ids: 00000009616e6e",
    ),
    (
        lambda hand: hand.raw_put(tables.API_TOKENS, b"\0\0\0\1" + bytes(32), b"\x94\1\xa0\xa0\0"),
        "keys belong to applications that exist",
        "api_tokens: 00000001",
    ),
    (lambda hand: hand.delete(tables.LOG, 7), "the log has no gaps", "application 1: 8 follows 6"),
    (lose_events, "the log has no gaps", "application 1: 2 follows 0"),
    (turn_clock_back, "time never falls along the log", "at 5 follows"),
    (break_head, "the head is the end of the log", "application 1: Head"),
    (lose_epoch, "the head is the end of the log", "application 1: Head"),
    (lambda hand: hand.delete(tables.HEAD), "the head is the end of the log", "the log ends with"),
    (send_to_nowhere, "every event of the log can be folded", "has no (999,)"),
    (read_ahead, "nobody has read what was not sent", "99 of 3"),
    (skip_ordinal, "ordinals count the messages", "7 in the place of 1"),
    (lambda hand: hand.change_first(tables.CHANNEL_STATES, ordinal=9), follow_name(tables.CHANNEL_STATES), "differs"),
    (lambda hand: hand.change_first(tables.MEMBERS, read_ordinal=9), follow_name(tables.MEMBERS), "differs"),
    (lambda hand: hand.change_first(tables.USERS, nickname="X"), follow_name(tables.USERS), "differs"),
    (lambda hand: hand.change_first(tables.MESSAGES, text="X"), follow_name(tables.MESSAGES), "differs"),
    (add_place(tables.STREAMS, 1, 7777), follow_name(tables.STREAMS), "(1, 7777) does not follow"),
    (add_place(tables.MEMBERSHIPS, 1, 7777), follow_name(tables.MEMBERSHIPS), "(1, 7777) does not follow"),
    (add_place(tables.TIMELINE, 1, 2, 3), follow_name(tables.TIMELINE), "(1, 2, 3) does not follow"),
    (lambda hand: hand.put(tables.TIMELINE, *hand.first(tables.TIMELINE)[0], value=True), TIMELINE, "differs"),
    (lambda hand: hand.raw_put(tables.TIMELINE, b"\0\0\0\1" + bytes(24), b"x"), "values decode", "timeline: "),
    (add_place(tables.REQUESTS, 7777, value=(1,)), follow_name(tables.REQUESTS), "(7777) does not follow"),
    (add_place(tables.FORMAT_1_REQUESTS, 7, "r", value=1), follow_name(tables.FORMAT_1_REQUESTS), "does not follow"),
    (add_place(tables.FORMAT_2_DISTINCT, DIGEST, value=1), follow_name(tables.FORMAT_2_DISTINCT), "does not follow"),
    (add_place(tables.DELETED_CHANNELS, 7777), follow_name(tables.DELETED_CHANNELS), "(7777) does not follow"),
    (lambda hand: hand.delete_first(tables.DELETED_CHANNELS), follow_name(tables.DELETED_CHANNELS), "is missing"),
    (add_place(tables.UNLISTED, 1, value=tables.GONE), "no number is used twice", "application 1 is listed"),
    (add_place(tables.LAST_SEEN, 7777, value=5), "last_seen are of users that exist", "application 1: user 7777"),
    (lambda hand: hand.delete(tables.USER_IDS, "ann"), "last_seen are of users that exist", "application 1: user 1"),
    (
        add_place(tables.UPLOADS, 7777, "file9", value=Upload(File("", "", "", 0), 5)),
        "uploads are of users that exist",
        "user 7777",
    ),
    (
        add_place(tables.UPLOADS, 0, "file2", value=Upload(File("", "", "", 0), 5)),
        "uploads are used by no message",
        "application 1: user 0, file2",
    ),
    (
        lambda hand: hand.change_first(tables.PRIVACY_REQUESTS, user_ids=("cid",)),
        "privacy requests that are done name nobody",
        "application 1: 1",
    ),
    (speak_as_erased, "the log holds nothing of erased users", "event 6"),
    (forge_session, SESSIONS, "nobody"),
    (lambda hand: hand.delete_first(tables.USER_SESSIONS), SESSIONS, "ann"),
    (lambda hand: hand.change_first(tables.SESSIONS, user_id="bob"), SESSIONS, "bob"),
    (lambda hand: hand.change_first(tables.SESSIONS, application=9), SESSIONS, "application=9"),
    (lambda hand: hand.delete_first(tables.SESSIONS), LISTED, "application 1: user "),
    (add_place(tables.USER_SESSIONS, 1, DIGEST), LISTED, DIGEST.hex()),
    (lambda hand: hand.delete(tables.APPLICATION_NAMES, "main"), NAMES, "is not found as main"),
    (add_place(tables.APPLICATION_NAMES, "nowhere", value=9), NAMES, "nowhere leads to 9"),
    (lambda hand: hand.change_first(tables.APPLICATIONS, number=9), NAMES, "application 1 "),
    (
        lambda hand: hand.change_first(tables.API_TOKENS, application=9),
        "API tokens are of applications that exist",
        ": 9",
    ),
    (
        lambda hand: hand.change_first(tables.ACCOUNTS, application=9),
        "accounts are users of applications that exist",
        "eve: 9",
    ),
    (
        lambda hand: hand.delete(tables.ACCOUNTS, "eve"),
        "account sessions are of accounts that exist",
        "eve",
    ),
    (lambda hand: hand.delete(tables.ACCOUNTS, "zoe"), "identities are linked to accounts that exist", "zoe"),
    (lambda hand: hand.delete(tables.ACCOUNTS, "eve"), "resets of passwords are of accounts that exist", "eve"),
    (lambda hand: hand.delete(tables.ACCOUNTS, "eve"), "starred channels are of accounts that exist", "eve"),
    (lambda hand: hand.delete(tables.ACCOUNTS, "eve"), "teams are accounts that exist, of applications that do", "eve"),
]
BROKEN += [
    (lambda hand: hand.delete_first(tables.DELIVERIES), "lanes are those with deliveries", "application 1"),
    (lambda hand: hand.delete_first(tables.LANES_DUE), "lanes are due once", "application 1"),
    (
        lambda hand: hand.put(tables.DELIVERIES, 0, 5, 10**9, 0, value=Delivery("x", 0)),
        "deliveries are of events of the log",
        "application 1",
    ),
]
BROKEN += [
    (lambda hand: hand.delete_first(tables.PUSH_TOKENS_OF), "devices are listed under their users", "application 1"),
    (lambda hand: hand.delete_first(tables.PUSH_TOKEN_NUMBERS), "devices are found by their tokens", "application 1"),
    (lambda hand: hand.delete(tables.PUSH_TOKENS_MADE), "devices have numbers that were given", "application 1"),
]
BROKEN += BROKEN_STATISTICS
# The rest of what follows from the log: one entry less of each.
BROKEN += [
    (lambda hand, table=table: hand.delete_first(table), follow_name(table), "is missing")  # type: ignore[misc]
    for table in FOLDED
    if table not in (tables.DELETED_CHANNELS, *EMPTY)
]


def test_every_table_of_an_application_is_checked() -> None:
    """A new table is added to `refold.FOLDED`, or gets a check of its own and its place here."""
    checked_otherwise = {tables.HEAD, tables.LOG, tables.USER_SESSIONS, tables.LAST_SEEN, tables.UPLOADS}
    checked_otherwise |= {tables.PRIVACY_REQUESTS, tables.IMAGES}
    checked_otherwise |= {tables.WEBHOOK, tables.DELIVERIES_MADE, tables.DELIVERIES, tables.LANES, tables.LANES_DUE}
    checked_otherwise |= {tables.INCOMING_WEBHOOKS, tables.INCOMING_OF, tables.SLASH_COMMANDS}
    checked_otherwise |= {tables.DEAD_DELIVERIES, tables.DELIVERY_ATTEMPTS}
    checked_otherwise |= {tables.EXPORTS, tables.EXPORTS_MADE, tables.EXPORT_FILES, tables.ALLOWED_ADDRESSES}
    checked_otherwise |= {tables.PUSH_TOKENS, tables.PUSH_TOKENS_OF, tables.PUSH_TOKEN_NUMBERS, tables.PUSH_TOKENS_MADE}
    checked_otherwise |= {
        tables.PUSH_CURSOR,
        tables.WEB_PUSH_KEY,
        tables.FCM_ACCOUNT,
        tables.APNS_PROVIDERS,
        tables.HMS_APP,
        tables.PUSH_SETTINGS,
        tables.PUSH_TEMPLATES,
    }
    checked_otherwise |= STATISTICS
    assert {table for table in tables.ALL if not table.shared} == set(FOLDED) | checked_otherwise


def test_what_commands_lead_to_is_sound(store: Store) -> None:
    told: list[int] = []
    store.refresh()
    found = Findings()
    verify(store, found, told.append)
    assert not found, found.examples
    entries = store.entries()
    assert sum(told) == sum(entries.values()) + entries["log"]
    # Otherwise the tests below would not be of every table.
    assert {name for name, count in entries.items() if count == 0} == {table.name for table in EMPTY}


@pytest.mark.parametrize(("harm", "invariant", "words"), BROKEN)
def test_a_broken_invariant_is_named(store: Store, harm: Callable[[Hand], None], invariant: str, words: str) -> None:
    with store.environment.begin(write=True) as raw:
        harm(Hand(store, raw))
    found = findings_of(store)
    assert found.counts[invariant] >= 1, found.examples
    assert any(words in example for example in found.examples[invariant]), found.examples


def test_examples_are_few_and_counts_are_whole(store: Store) -> None:
    with store.environment.begin(write=True) as raw:
        hand = Hand(store, raw)
        for number in range(20):
            hand.put(tables.MEMBERSHIPS, 1000, number)
    found = findings_of(store)
    assert found.counts == {follow_name(tables.MEMBERSHIPS): 20}
    assert len(found.examples[follow_name(tables.MEMBERSHIPS)]) == 5


def test_a_store_from_before_last_seen_and_files_is_sound(store: Store) -> None:
    newer = (tables.LAST_SEEN, tables.UPLOADS)
    with store.environment.begin(write=True) as raw:
        for table in newer:
            raw.drop(store.databases[table.number])
    store.close()
    older = Store.open_readonly(store.directory, MAP_SIZE)
    assert not set(newer) & set(older.present_tables())
    assert not findings_of(older)
    older.close()


def test_another_application_is_looked_at_too(store: Store) -> None:
    made = store.write_now(0, applications.create, "shop")
    assert not findings_of(store)
    with store.environment.begin(write=True) as raw:
        key = tables.USER_IDS.pack(made.number, "ann")
        raw.put(key, tables.USER_IDS.encode(1), db=store.databases[tables.USER_IDS.number])
    assert findings_of(store).examples == {
        follow_name(tables.USER_IDS): [f"application {made.number}: (ann) does not follow from the log"]
    }


def test_an_older_record_is_what_the_log_says(store: Store) -> None:
    """A record from before a field was added has other bytes and is the same."""
    with store.environment.begin(write=True) as raw:
        hand = Hand(store, raw)
        (number,), user = hand.first(tables.USERS)
        short = tables.USERS.encode(user).replace(b"\x9c", b"\x95", 1)
        cut = short[: len(tables.USERS.encode(user)) - len(b"\x80\xc3\xc2\x90\x90\xc2\xc0")]
        assert tables.USERS.decode(cut) == user
        hand.raw_put(tables.USERS, tables.USERS.pack(1, number), cut)
    assert not findings_of(store)


def test_no_room_to_fold_is_said(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "map_size", lambda: 100_000)
    with pytest.raises(StorageFailed, match="this temporary file cannot be written"):
        findings_of(store)


def test_an_older_format_is_refused(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(MIGRATIONS, newest_format() + 1, lambda raw, databases: None)
    with pytest.raises(StartError, match="older format"):
        findings_of(store)


@settings(max_examples=15, deadline=None)
@given(histories)
def test_every_history_is_sound_also_while_and_after_its_channels_are_purged(history: Any) -> None:
    with TemporaryDirectory(dir=MEMORY) as directory:
        world = World(Store.open(Path(directory) / "one", MAP_SIZE))
        run(world, history)
        found = findings_of(world.store)
        assert not found, found.examples
        assert_no_blob_is_forgotten(world.store)
        while world.store.write_now(world.application, purge, 1):
            pass
        found = findings_of(world.store)
        assert not found, found.examples
        assert_no_blob_is_forgotten(world.store)
        world.store.close()


def assert_no_blob_is_forgotten(store: Store) -> None:
    """Every blob on disk is a message's, or an upload, or noted to be removed; and never two of these."""
    used = store.read(1, lambda txn: [key[0] for key, _ in txn.scan(tables.FILES)])
    others = store.read(1, lambda txn: [key[1] for key, _ in txn.scan(tables.UPLOADS)])
    assert sorted(used + others) == sorted(blob.file_id for _, blob in store.blobs.present())


def test_half_purged_is_sound(store: Store) -> None:
    assert store.write_now(1, purge, 1)
    assert not findings_of(store)
    while store.write_now(1, purge, 10):
        assert not findings_of(store)
    assert not findings_of(store)
