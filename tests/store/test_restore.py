"""Restoring: what comes back, what does not, and what is refused."""

from __future__ import annotations

import os
from pathlib import Path

import msgspec
import pytest
from msgspec.structs import replace

from chatd import ids
from chatd.domain.tenants import applications, invites, tokens
from chatd.errors import InvalidApiToken, StartError
from chatd.model import AccountSession, PasswordReset, Session
from chatd.store import tables
from chatd.store.backup import Manifest, read_manifest
from chatd.store.files import claim
from chatd.store.migrations import newest_format
from chatd.store.restore import restore
from chatd.store.store import Store
from chatd.store.transaction import Transaction
from tests.store.conftest import MAP_SIZE
from tests.store.test_files import written
from tests.store.test_processes import begun
from tests.store.test_writer import add


def fill(txn: Transaction) -> str:
    """Two applications with logs, and everything with which somebody comes in; an API token's secret."""
    for number in (1, 2):
        applications.create(txn, f"app{number}")
        add(txn.bind(number), "ann")
        digest = ids.digest(f"session {number}")
        txn.put(tables.SESSIONS, digest, value=Session(number, 1, "ann", 2**60))
        txn.bind(number).put(tables.USER_SESSIONS, 1, digest)
    txn.put(tables.ACCOUNT_SESSIONS, ids.digest("browser"), value=AccountSession("ann", 2**60))
    invites.create(txn, "member", "")
    txn.put(tables.PASSWORD_RESETS, ids.digest("reset"), value=PasswordReset("ann", 2**60))
    return tokens.create(txn, 1, "backend")[0]


@pytest.fixture
def secret(store: Store) -> str:
    made = store.write_now(0, fill)
    store.refresh()
    return made


@pytest.fixture
def backup(store: Store, secret: str, tmp_path: Path) -> Path:
    return store.back_up(tmp_path / "backups")


def test_logs_come_back_under_new_epochs_and_sessions_do_not(
    store: Store, secret: str, backup: Path, tmp_path: Path
) -> None:
    old = [store.read(number, lambda txn: txn.head) for number in (1, 2)]
    manifest = restore(backup, tmp_path / "new", MAP_SIZE)
    assert manifest == read_manifest(backup)
    found = Store.open(tmp_path / "new", MAP_SIZE)
    new = [found.read(number, lambda txn: txn.head) for number in (1, 2)]
    assert [replace(head, epoch="") for head in new] == [replace(head, epoch="") for head in old]
    assert len({head.epoch for head in old + new}) == 4
    assert found.read(2, written) == {1: "ann"}
    gone = ("sessions", "account_sessions", "invites", "password_resets", "user_sessions")
    assert {found.entries()[table] for table in gone} == {0}
    assert found.read(0, tokens.application_of_api_token, secret, "127.0.0.1") == 1
    assert {each.name for each in (tmp_path / "new").iterdir()} == {"data.mdb", "lock.mdb", "use.lock"}
    found.close()


def test_the_backup_is_as_it_was(backup: Path, tmp_path: Path) -> None:
    before = (backup / "data.mdb").read_bytes()
    restore(backup, tmp_path / "one", MAP_SIZE)
    restore(backup, tmp_path / "two", MAP_SIZE)
    assert (backup / "data.mdb").read_bytes() == before


def test_a_store_is_never_overwritten(store: Store, backup: Path, tmp_path: Path) -> None:
    with pytest.raises(StartError, match="another process"):
        restore(backup, store.directory, MAP_SIZE)
    store.close()
    before = (store.directory / "data.mdb").read_bytes()
    with pytest.raises(StartError, match="there is a store here"):
        restore(backup, store.directory, MAP_SIZE)
    assert (store.directory / "data.mdb").read_bytes() == before
    (store.directory / "data.mdb").unlink()
    restore(backup, store.directory, MAP_SIZE)


@pytest.mark.parametrize("damage", ["flip", "cut", "missing", "manifest"])
def test_a_damaged_backup_is_refused_and_leaves_nothing(backup: Path, tmp_path: Path, damage: str) -> None:
    data = bytearray((backup / "data.mdb").read_bytes())
    if damage == "flip":
        data[len(data) // 2] ^= 1
    elif damage == "cut":
        del data[-4096:]
    (backup / "data.mdb").write_bytes(data)
    if damage in ("missing", "manifest"):
        (backup / "manifest.json").write_text("[]") if damage == "manifest" else (backup / "manifest.json").unlink()
    with pytest.raises(StartError, match="backup"):
        restore(backup, tmp_path / "new", MAP_SIZE)
    assert not (tmp_path / "new" / "data.mdb").exists()
    assert not (tmp_path / "new" / "restoring").exists()


def test_a_newer_backup_is_refused(backup: Path, tmp_path: Path) -> None:
    manifest: Manifest = replace(read_manifest(backup), schema_version=99)
    (backup / "manifest.json").write_bytes(msgspec.json.encode(manifest))
    with pytest.raises(StartError, match=f"format 99; this chatd knows {newest_format()}"):
        restore(backup, tmp_path / "new", MAP_SIZE)
    assert not (tmp_path / "new").exists()


def test_what_a_killed_restore_left_is_in_nobodys_way(store: Store, backup: Path, secret: str, tmp_path: Path) -> None:
    with begun(store, "restore", tmp_path / "new", backup) as process:
        with pytest.raises(StartError, match="another process"):
            restore(backup, tmp_path / "new", MAP_SIZE)
        process.kill()
    assert (tmp_path / "new" / "restoring" / "data.mdb").exists()
    assert not (tmp_path / "new" / "data.mdb").exists()
    restore(backup, tmp_path / "new", MAP_SIZE)
    found = Store.open(tmp_path / "new", MAP_SIZE)
    with pytest.raises(InvalidApiToken):
        found.read(0, tokens.application_of_api_token, secret + "x", "127.0.0.1")
    found.close()


def test_nobody_opens_a_store_while_it_is_restored(tmp_path: Path) -> None:
    handle = claim(tmp_path)
    with pytest.raises(StartError, match="compacted, upgraded or restored"):
        Store.open(tmp_path, MAP_SIZE)
    with pytest.raises(StartError, match="compacted, upgraded or restored"):
        Store.open_readonly(tmp_path, MAP_SIZE)
    os.close(handle)
    Store.open(tmp_path, MAP_SIZE).close()
