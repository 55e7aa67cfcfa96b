"""Exports: what is exported and imported is the same, and what is broken is named and changes nothing."""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings

from chatd.domain.tenants import accounts, applications, tokens, unlisted
from chatd.domain.upkeep.purge import purge
from chatd.domain.users import presence
from chatd.errors import AlreadyExists, BrokenExport, Forbidden, StartError, StorageFailed
from chatd.model import Application
from chatd.store import tables
from chatd.store.files import lock_arrivals
from chatd.store.scratch import scratch
from chatd.store.store import Store
from chatd.store.transaction import Transaction
from chatd.transfer import importing
from chatd.transfer.checking import check
from chatd.transfer.exporting import EXPORT, export
from chatd.transfer.importing import BROUGHT, Arrival, bring, put_rows, remove_leaving, size
from tests.domain.conftest import BLOB, MAP_SIZE, MEMORY, World
from tests.domain.histories import histories, run
from tests.domain.test_verify import findings_of
from tests.transfer.left_out import LEFT_OUT


def exported(store: Store, name: str, directory: Path) -> list[str]:
    """Export an application; the lines."""
    store.refresh()
    application = store.read(0, applications.by_name, name)
    export(store, application, directory, lambda _: None)
    return (directory / EXPORT).read_text().splitlines()


def imported(store: Store, directory: Path, name: str = "") -> Application:
    with scratch(store.map_size()) as place:
        header = check(directory, place, lambda _: None)
        told: list[int] = []
        made = bring(store, Arrival(directory, place, header, name), told.append)
        assert sum(told) == size(place)
    store.refresh()
    return made


def rows(store: Store, number: int) -> dict[str, list[tuple[bytes, bytes]]]:
    """All rows of an application, but for its number and its epoch."""
    found = {}
    for table in BROUGHT:
        items = store.read(number, lambda txn, table=table: list(txn.stored(table)))
        if table is tables.HEAD:
            items = [(key, value.replace(epoch_of(store, number).encode(), b"")) for key, value in items]
        found[table.name] = [(key[4:], value) for key, value in items]
    return found


def epoch_of(store: Store, number: int) -> str:
    return store.read(number, lambda txn: txn.head).epoch


def empty_space(store: Store, number: int) -> bool:
    store.refresh()
    own = [table for table in tables.ALL if not table.shared]
    return not any(store.read(number, lambda txn, table=table: list(txn.stored(table))) for table in own)


@settings(max_examples=12, deadline=None)
@given(histories)
def test_what_is_imported_is_what_was_exported(history: list[tuple[str, str, dict[str, Any]]]) -> None:
    with tempfile.TemporaryDirectory(dir=MEMORY) as name:
        directory = Path(name)
        world = World(Store.open(directory / "one", MAP_SIZE))
        run(world, history)
        world.store.write_now(world.application, presence.keep_last_seen, {1: 5})
        while world.store.write_now(world.application, purge, 100):
            pass
        lines = exported(world.store, "test", directory / "export")
        other = Store.open(directory / "two", MAP_SIZE)
        other.write_now(0, applications.create, "another")
        made = imported(other, directory / "export")
        assert made.number == 2
        while other.write_now(made.number, purge, 100):
            pass
        other.refresh()
        assert rows(other, made.number) == rows(world.store, world.application)
        assert epoch_of(other, made.number) != epoch_of(world.store, world.application)
        assert not findings_of(other)
        assert exported(other, "test", directory / "again")[1:-1] == lines[1:-1]
        world.store.close()
        other.close()


class Moving:
    """A world with something in it, its export, and another store with nothing."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self.world = World(Store.open(directory / "one", MAP_SIZE))
        self.world.users("ann", "bob")
        self.world.client("ann", "channels.create", channel_url="chan1", user_ids=["bob"], name="Tea")
        for text in ("one", "two", "three"):
            self.world.client("ann", "messages.send", channel_url="chan1", message=text, req_id=text)
        self.world.client("bob", "channels.mark_read", channel_url="chan1")
        self.world.backend("sessions.issue", user_id="ann")
        self.world.store.write_now(0, tokens.create, self.world.application, "of a backend")
        self.lines = exported(self.world.store, "test", directory / "export")
        self.other = Store.open(directory / "two", MAP_SIZE)

    def close(self) -> None:
        self.world.store.close()
        self.other.close()

    def seal(self, lines: list[str]) -> None:
        """Write lines with an end that is right about them."""
        text = "".join(line + "\n" for line in lines)
        end = {"type": "end", "lines": len(lines), "sha256": hashlib.sha256(text.encode()).hexdigest()}
        (self.directory / "export" / EXPORT).write_text(text + json.dumps(end) + "\n")

    def transaction(self) -> int:
        """The number of commits that the other store has seen."""
        return self.other.environment.info()["last_txnid"]


@pytest.fixture
def moving(tmp_path: Path) -> Iterator[Moving]:
    found = Moving(tmp_path)
    yield found
    found.close()


def test_of_every_table_it_is_known_whether_it_comes_along() -> None:
    assert {*BROUGHT} | LEFT_OUT == {table for table in tables.ALL if not table.shared}


def test_the_lines_are_readable_and_have_no_secrets(moving: Moving) -> None:
    said = [json.loads(line) for line in moving.lines]
    assert [each["type"] for each in said] == [
        *("export", "user.created", "user.created", "channel.created"),
        *("message.sent", "message.sent", "message.sent", "channel.read", "end"),
    ]
    assert said[0]["application"]["name"] == "test"
    assert said[0]["events"] == 7
    message = {"channel": 3, "sender": 1, "ordinal": 2, "text": "two", "req_id": "two"}
    assert said[5] == {"type": "message.sent", "sequence": 5, "time": said[5]["time"], "message": message}
    assert "of a backend" not in "".join(moving.lines)


def changed(number: int, **values: Any) -> Callable[[list[str]], list[str]]:
    """One line says something else."""

    def change(lines: list[str]) -> list[str]:
        return [json.dumps(json.loads(line) | values) if at == number else line for at, line in enumerate(lines, 1)]

    return change


BROKEN = {
    "line 5: Input data was truncated": lambda lines: [*lines[:4], lines[4][:-2], *lines[5:]],
    "line 5: event 5 follows event 3": lambda lines: [*lines[:4], *lines[5:]],
    "line 5: time falls": changed(5, time=7),
    "line 5: Object contains unknown field": changed(5, nonsense=1),
    "line 5: Invalid value": changed(5, type="message.vanished"),
    "line 5: LookupError": changed(5, message={"channel": 9, "sender": 1, "ordinal": 1, "text": "one"}),
    "line 6: not so: ordinals count the messages": changed(
        6, message={"channel": 3, "sender": 1, "ordinal": 7, "text": "two"}
    ),
    "line 1: 7 events were exported; 6 are here": lambda lines: lines[:7],
    "line 1: this is not an export": lambda lines: lines[1:],
    "line 1: the export has format 2": changed(1, version=2),
    "line 8: Expected `int`, got `str`": changed(8, ordinal="three"),
    'line 2: no user can be called "..". Erase them': changed(2, user={"user_id": ".."}),
    "line 3: there is a first line already": lambda lines: [*lines[:2], lines[0], *lines[2:]],
}


@pytest.mark.parametrize("says", BROKEN)
def test_a_broken_line_is_named_and_nothing_changes(moving: Moving, says: str) -> None:
    moving.seal(BROKEN[says](moving.lines[:-1]))
    before = moving.transaction()
    with pytest.raises(BrokenExport) as broken:
        imported(moving.other, moving.directory / "export")
    assert broken.value.message.startswith(f"{EXPORT}, {says}"), broken.value.message
    assert moving.transaction() == before


DAMAGED = {
    "line 4: the export is cut short.": lambda raw: b"\n".join(raw.split(b"\n")[:4])[:-1],
    "line 5: the export is cut short: its last line is missing": lambda raw: b"\n".join(raw.split(b"\n")[:4]) + b"\n",
    "line 9: the lines before this one are not those that were written": lambda raw: raw.replace(b"two", b"TWO"),
    "line 10: there is something after the end": lambda raw: raw + b"more",
    "line 1: the export had 8 lines before": lambda raw: raw.split(b"\n")[-2] + b"\n",
    "line 1: the export is cut short": lambda raw: b"",
}


@pytest.mark.parametrize("says", DAMAGED)
def test_a_damaged_file_is_noticed(moving: Moving, says: str) -> None:
    path = moving.directory / "export" / EXPORT
    path.write_bytes(DAMAGED[says](path.read_bytes()))
    before = moving.transaction()
    with pytest.raises(BrokenExport) as broken:
        imported(moving.other, moving.directory / "export")
    assert says.removesuffix(".") in broken.value.message
    assert moving.transaction() == before


def test_what_is_no_export_is_said(moving: Moving) -> None:
    with pytest.raises(BrokenExport, match="No such file"):
        imported(moving.other, moving.directory)


def test_names_and_ids(moving: Moving) -> None:
    first = imported(moving.other, moving.directory / "export")
    original = moving.world.store.read(0, applications.by_name, "test")
    assert (first.name, first.application_id) == ("test", original.application_id)
    assert first.created_at == original.created_at
    with pytest.raises(AlreadyExists):
        imported(moving.other, moving.directory / "export")
    second = imported(moving.other, moving.directory / "export", "copy")
    assert second.application_id != first.application_id
    assert rows(moving.other, second.number) == rows(moving.other, first.number)
    assert not findings_of(moving.other)


def test_an_export_has_its_name_only_when_it_is_whole(moving: Moving, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: Any) -> None:
        raise OSError(28, "No space left on device")

    with pytest.raises(StartError, match="exists already"):
        exported(moving.world.store, "test", moving.directory / "export")
    monkeypatch.setattr("os.fsync", refuse)
    with pytest.raises(StorageFailed, match="No space left"):
        exported(moving.world.store, "test", moving.directory / "new")
    monkeypatch.undo()
    assert sorted(path.name for path in moving.directory.iterdir()) == ["export", "one", "two"]
    (moving.directory / ".partial-new").mkdir()
    (moving.directory / ".partial-new" / EXPORT).write_text("left by a killed process")
    assert exported(moving.world.store, "test", moving.directory / "new")[1:-1] == moving.lines[1:-1]


def test_one_export_at_a_time_of_one_name(moving: Moving) -> None:
    partial = moving.directory / ".partial-new"
    partial.mkdir()
    handle = os.open(partial, os.O_RDONLY)
    fcntl.flock(handle, fcntl.LOCK_EX)
    with pytest.raises(StartError, match="another export"):
        exported(moving.world.store, "test", moving.directory / "new")
    assert partial.exists()
    os.close(handle)
    exported(moving.world.store, "test", moving.directory / "new")


def test_an_import_that_was_killed_is_not_seen_and_removed(moving: Moving, monkeypatch: pytest.MonkeyPatch) -> None:
    class Killed(BaseException):
        pass

    def kill(txn: Transaction, table: Any, rows: Any) -> None:
        if table is tables.TIMELINE:
            raise Killed
        put_rows(txn, table, rows)

    monkeypatch.setattr(importing, "put_rows", kill)
    monkeypatch.setattr(importing, "remove_leaving", lambda _: True)
    with pytest.raises(Killed):
        imported(moving.other, moving.directory / "export")
    monkeypatch.undo()
    moving.other.refresh()
    assert moving.other.read(0, applications.every) == []
    assert not empty_space(moving.other, 1)
    assert not findings_of(moving.other)
    made = imported(moving.other, moving.directory / "export")
    assert made.number == 2
    assert empty_space(moving.other, 1)
    assert rows(moving.other, 2) == rows(moving.world.store, moving.world.application)
    assert not findings_of(moving.other)


def test_one_import_at_a_time(moving: Moving) -> None:
    lock_arrivals(moving.other.directory)
    with pytest.raises(StartError, match="another import"):
        imported(moving.other, moving.directory / "export")


def test_a_deleted_application_leaves_nothing_and_the_others_alone(moving: Moving) -> None:
    store = moving.world.store
    kept = imported(store, moving.directory / "export", "kept")
    before = rows(store, kept.number)
    store.write_now(0, unlisted.dismiss, "test")
    assert not findings_of(store)
    assert remove_leaving(store)
    assert empty_space(store, moving.world.application)
    assert store.read(0, lambda txn: list(txn.scan(tables.SESSIONS)) + list(txn.scan(tables.API_TOKENS))) == []
    assert rows(store, kept.number) == before
    assert not findings_of(store)
    assert store.write_now(0, applications.create, "test").number == kept.number + 1


def test_numbers_are_not_used_again(moving: Moving) -> None:
    moving.world.store.write_now(0, unlisted.dismiss, "test")
    remove_leaving(moving.world.store)
    assert moving.world.store.write_now(0, applications.create, "test").number == 2


def test_the_application_of_accounts_stays(moving: Moving) -> None:
    moving.other.write_now(0, accounts.create, "ann", "hash", "owner")
    with pytest.raises(Exception, match="People have accounts"):
        moving.other.write_now(0, unlisted.dismiss, "main")


def with_a_file(moving: Moving) -> Path:
    """An export of a message with a file; where the file is in it."""
    file_id = moving.world.upload("ann", "picture1")
    moving.world.client("ann", "messages.send", channel_url="chan1", files=[{"file_id": file_id}])
    moving.world.upload("ann", "never-sent")
    moving.lines = exported(moving.world.store, "test", moving.directory / "files")
    return moving.directory / "files" / "files" / file_id


def test_files_come_along(moving: Moving) -> None:
    path = with_a_file(moving)
    assert [each.name for each in path.parent.iterdir()] == ["picture1"]
    made = imported(moving.other, moving.directory / "files")
    assert moving.other.blobs.path(made.number, "picture1").read_bytes() == BLOB
    assert not findings_of(moving.other)
    moving.other.write_now(0, unlisted.dismiss, "test")
    remove_leaving(moving.other)
    assert list(moving.other.blobs.present()) == []


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (Path.unlink, "files/picture1: No such file"),
        (lambda path: path.write_bytes(BLOB[::-1]), "files/picture1: this is not the file"),
        (lambda path: path.write_bytes(BLOB + b"x"), "files/picture1: this is not the file"),
    ],
)
def test_a_file_that_is_missing_or_another_changes_nothing(
    moving: Moving, change: Callable[[Path], object], says: str
) -> None:
    change(with_a_file(moving))
    before = moving.transaction()
    with pytest.raises(BrokenExport) as broken:
        imported(moving.other, moving.directory / "files")
    assert broken.value.message.startswith(says)
    assert moving.transaction() == before


def test_ids_of_files_lead_nowhere(moving: Moving) -> None:
    with_a_file(moving)
    (moving.directory / "export" / "files").mkdir(exist_ok=True)
    moving.seal([line.replace('"picture1"', '"../export.ndjson"') for line in moving.lines[:-1]])
    with pytest.raises(BrokenExport, match="is not the id of a file"):
        imported(moving.other, moving.directory / "export")


def test_what_leaves_waits_for_who_copies_it(moving: Moving) -> None:
    with_a_file(moving)
    moving.world.store.write_now(0, unlisted.dismiss, "test")
    with moving.world.store.blobs.kept():
        assert not remove_leaving(moving.world.store)
        assert not empty_space(moving.world.store, 1)
    assert remove_leaving(moving.world.store)
    assert empty_space(moving.world.store, 1)


def test_an_access_code_and_invitations_move_along(tmp_path: Path) -> None:
    world = World(Store.open(tmp_path / "one", MAP_SIZE))
    world.users("ann", "bob", "cid")
    kinds = {"is_public": True, "access_code": "sesame", "invitation_status": {"bob": "invited_by_friend"}}
    world.client("ann", "channels.create", channel_url="chan1", user_ids=["bob"], **kinds)
    exported(world.store, "test", tmp_path / "export")
    world.store.close()
    world.store = Store.open(tmp_path / "two", MAP_SIZE)
    world.application = imported(world.store, tmp_path / "export").number
    with pytest.raises(Forbidden):
        world.client("cid", "channels.join", channel_url="chan1", access_code="open")
    world.client("cid", "channels.join", channel_url="chan1", access_code="sesame")
    assert world.client("bob", "channels.accept", channel_url="chan1")["member_count"] == 3
    world.store.close()
