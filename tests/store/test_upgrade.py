"""Upgrades of the file: backed up, one step per transaction, gone on with after a crash, refused beside others."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import lmdb
import pytest

from chatd.errors import StartError
from chatd.store import tables
from chatd.store.backup import complete
from chatd.store.files import META, share
from chatd.store.migrations import MIGRATIONS
from chatd.store.restore import restore
from chatd.store.store import Store
from tests.store.conftest import MAP_SIZE
from tests.store.test_files import written
from tests.store.test_writer import add

Step = Callable[[lmdb.Transaction, dict[int, Any]], None]


def noting(text: bytes) -> Step:
    """A migration that appends to a note."""

    def step(raw: lmdb.Transaction, databases: dict[int, Any]) -> None:
        note = raw.get(b"note", b"", db=databases[META])
        raw.put(b"note", bytes(note) + text, db=databases[META])

    return step


def failing(raw: lmdb.Transaction, databases: dict[int, Any]) -> None:
    noting(b"never")(raw, databases)
    raise lmdb.MapFullError("no room")


def note(store: Store) -> bytes:
    with store.environment.begin() as raw:
        return bytes(raw.get(b"note", b"", db=store.databases[META]))


@pytest.fixture(autouse=True)
def format_1(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if there had been no upgrade yet."""
    for number in list(MIGRATIONS):
        monkeypatch.delitem(MIGRATIONS, number)


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A closed store of format 1."""
    store = Store.open(tmp_path / "data", MAP_SIZE)
    store.write_now(1, add, "ann")
    store.close()
    return store.directory


def test_every_step_runs_once_after_a_backup(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(MIGRATIONS, 2, noting(b"two "))
    monkeypatch.setitem(MIGRATIONS, 3, noting(b"three "))
    for _ in range(2):
        store = Store.open(old, MAP_SIZE)
        assert (store.format(), note(store), store.read(1, written)) == (3, b"two three ", {1: "ann"})
        store.close()
    (backup,) = complete(old / "backups-before-upgrade")
    assert backup.manifest.schema_version == 1
    copy = Store.open_readonly(backup.path, MAP_SIZE)
    assert (copy.format(), note(copy), copy.read(1, written)) == (1, b"", {1: "ann"})
    copy.close()


def test_a_new_store_needs_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(MIGRATIONS, 2, failing)
    store = Store.open(tmp_path, MAP_SIZE)
    assert store.format() == 2
    store.close()
    assert not (tmp_path / "backups-before-upgrade").exists()


def test_one_that_fails_changes_nothing_and_is_gone_on_with(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(MIGRATIONS, 2, noting(b"two "))
    monkeypatch.setitem(MIGRATIONS, 3, failing)
    with pytest.raises(StartError, match="format 3: no room"):
        Store.open(old, MAP_SIZE)
    monkeypatch.setitem(MIGRATIONS, 3, noting(b"three "))
    store = Store.open(old, MAP_SIZE)
    assert (store.format(), note(store)) == (3, b"two three ")
    store.close()
    assert [each.manifest.schema_version for each in complete(old / "backups-before-upgrade")] == [1, 2]


def test_not_while_somebody_else_has_it_open(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    other = share(old)
    monkeypatch.setitem(MIGRATIONS, 2, noting(b"two "))
    with pytest.raises(StartError, match="another process"):
        Store.open(old, MAP_SIZE)
    assert not (old / "backups-before-upgrade").exists()
    os.close(other)
    store = Store.open(old, MAP_SIZE)
    os.close(share(old))  # others may come again
    store.close()


def test_an_older_store_can_be_read_and_backed_up_as_it_is(
    old: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(MIGRATIONS, 2, noting(b"two "))
    store = Store.open_readonly(old, MAP_SIZE)
    backup = store.back_up(tmp_path / "backups")
    assert store.format() == 1
    store.close()
    restore(backup, tmp_path / "new", MAP_SIZE)
    restored = Store.open(tmp_path / "new", MAP_SIZE)
    assert (restored.format(), note(restored)) == (2, b"two ")
    restored.close()


def test_a_store_from_before_a_table_can_be_read(tmp_path: Path) -> None:
    store = Store.open(tmp_path, MAP_SIZE)
    store.write_now(1, add, "ann")
    with store.environment.begin(write=True) as raw:
        raw.drop(store.databases[tables.ALL[-1].number])
    store.close()
    store = Store.open_readonly(tmp_path, MAP_SIZE)
    assert set(store.entries()) == {table.name for table in tables.ALL[:-1]}
    assert store.live_bytes() > 0
    store.close()
