"""Compacting: smaller, the same, and only when nobody else is there."""

from __future__ import annotations

from pathlib import Path

import lmdb
import pytest

from chatd.errors import StartError, StorageFailed
from chatd.store import compact as module
from chatd.store.compact import Progress, compact, pack
from chatd.store.store import Store
from tests.store.conftest import MAP_SIZE
from tests.store.test_files import written
from tests.store.test_processes import begun
from tests.store.test_writer import add


def grown(store: Store) -> None:
    """Let it have free pages, then close it."""
    store.write_now(1, add, "ann")
    big = store.environment.open_db(b"big")
    for value in (bytes(400_000), b""):
        store.refresh()
        with store.environment.begin(write=True) as raw:
            raw.put(b"key", value, db=big)
    store.close()


def test_the_file_is_smaller_and_holds_the_same(store: Store) -> None:
    grown(store)
    done = compact(store.directory, MAP_SIZE)
    assert done.before > 400_000
    assert done.after == (store.directory / "data.mdb").stat().st_size < 200_000
    assert not (store.directory / "compacting").exists()
    again = Store.open(store.directory, MAP_SIZE)
    assert again.read(1, written) == {1: "ann"}
    assert again.write_now(1, add, "bob") == 2
    again.close()


def test_pages_are_full_again(store: Store) -> None:
    """Entries that became smaller leave room in their pages that nothing else gives back."""
    big = store.environment.open_db(b"big")
    for size in (200, 20):
        with store.environment.begin(write=True) as raw:
            for n in range(20_000):
                raw.put(b"%08d" % n, bytes(size), db=big)
    copy = store.back_up(store.directory / "backups") / "data.mdb"
    store.close()
    assert copy.stat().st_size > 4_000_000
    assert compact(store.directory, MAP_SIZE).after < 1_000_000


@pytest.mark.parametrize("open", [Store.open, Store.open_readonly])
def test_not_while_somebody_has_it_open(store: Store, open: object) -> None:
    store.close()
    other = open(store.directory, MAP_SIZE)  # type: ignore[operator]
    with pytest.raises(StartError, match="another process"):
        compact(store.directory, MAP_SIZE)
    other.close()
    compact(store.directory, MAP_SIZE)


def test_a_copy_that_differs_is_not_taken(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    def pack_otherwise(old: lmdb.Environment, directory: Path, map_size: int, progress: Progress) -> None:
        pack(old, directory, map_size, progress)
        path = directory / "data.mdb"
        path.write_bytes(path.read_bytes().replace(b"ann", b"bob"))

    grown(store)
    before = (store.directory / "data.mdb").read_bytes()
    monkeypatch.setattr(module, "pack", pack_otherwise)
    with pytest.raises(StorageFailed, match="differs"):
        compact(store.directory, MAP_SIZE)
    assert (store.directory / "data.mdb").read_bytes() == before
    assert not (store.directory / "compacting").exists()


def test_a_disk_that_refuses_leaves_it_as_it_was(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*args: object) -> None:
        raise OSError(28, "No space left on device")

    grown(store)
    before = (store.directory / "data.mdb").read_bytes()
    monkeypatch.setattr(module, "pack", refuse)
    with pytest.raises(StorageFailed, match="No space left"):
        compact(store.directory, MAP_SIZE)
    assert (store.directory / "data.mdb").read_bytes() == before
    again = Store.open(store.directory, MAP_SIZE)
    assert again.read(1, written) == {1: "ann"}
    again.close()


def test_killed_in_the_middle_the_old_file_stays(store: Store) -> None:
    store.write_now(1, add, "ann")
    store.close()
    before = (store.directory / "data.mdb").read_bytes()
    with begun(store, "compact") as process:
        process.kill()
    assert (store.directory / "data.mdb").read_bytes() == before
    assert (store.directory / "compacting").exists()
    compact(store.directory, MAP_SIZE)
    again = Store.open(store.directory, MAP_SIZE)
    assert again.read(1, written) == {1: "ann"}
    again.close()
