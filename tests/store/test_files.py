"""Files: killed writers lose nothing, and what is not ours is refused and left alone."""

from __future__ import annotations

import os
import tempfile
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

import lmdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chatd.errors import StartError
from chatd.store import tables
from chatd.store.birth import make_missing
from chatd.store.head import check_file
from chatd.store.store import Store
from chatd.store.transaction import Transaction
from tests.store.conftest import MAP_SIZE
from tests.store.test_writer import add

_NAMES = [table.name.encode() for table in tables.ALL]


@cache
def _fresh() -> bytes:
    """A store that nothing was written to, as LMDB leaves it."""
    with tempfile.TemporaryDirectory() as directory:
        Store.open(Path(directory), MAP_SIZE).close()
        return (Path(directory) / "data.mdb").read_bytes()


def written(txn: Transaction) -> dict[int, str]:
    """What the log holds."""
    return {key[0]: entry.event.user.user_id for key, entry in txn.scan(tables.LOG)}  # type: ignore[union-attr]


@pytest.mark.parametrize("contents", [b"", b"short", b"SQLite format 3\0" + bytes(8000), bytes(8192)])
def test_files_of_others_are_refused_and_not_touched(tmp_path: Path, contents: bytes) -> None:
    path = tmp_path / "data.mdb"
    path.write_bytes(contents)
    with pytest.raises(StartError) as raised:
        Store.open(tmp_path, MAP_SIZE)
    assert str(tmp_path) in raised.value.message
    assert path.read_bytes() == contents


def test_an_lmdb_of_another_program_is_refused(tmp_path: Path) -> None:
    with lmdb.open(str(tmp_path), max_dbs=2) as environment:
        environment.open_db(b"theirs")
    before = (tmp_path / "data.mdb").read_bytes()
    with pytest.raises(StartError, match="another program"):
        Store.open(tmp_path, MAP_SIZE)
    assert (tmp_path / "data.mdb").read_bytes() == before


@pytest.mark.parametrize(("format", "words"), [(b"99", "newer"), (b"none", "damaged"), (None, "another program")])
def test_a_file_whose_format_is_not_known_is_refused(tmp_path: Path, format: bytes | None, words: str) -> None:
    Store.open(tmp_path, MAP_SIZE).close()
    with lmdb.open(str(tmp_path), max_dbs=64) as environment:
        meta = environment.open_db(b"meta")
        with environment.begin(write=True) as txn:
            if format is None:
                txn.delete(b"format", db=meta)
            else:
                txn.put(b"format", format, db=meta)
    before = (tmp_path / "data.mdb").read_bytes()
    with pytest.raises(StartError, match=words):
        Store.open(tmp_path, MAP_SIZE)
    assert (tmp_path / "data.mdb").read_bytes() == before


def test_killed_at_its_birth_a_store_is_still_new(tmp_path: Path) -> None:
    # What LMDB leaves before the first commit: two pages and no table.
    lmdb.open(str(tmp_path), max_dbs=64).close()
    store = Store.open(tmp_path, MAP_SIZE)
    assert store.write_now(1, add, "a") == 1
    store.close()
    Store.open(tmp_path, MAP_SIZE).close()


def test_what_is_found_is_synced_before_anything_is_built_on_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[bool] = []

    class Watched:
        """An environment whose syncs are noted: LMDB's own class can have no heirs."""

        def __init__(self, *args: Any, **options: Any) -> None:
            self._environment = opened(*args, **options)

        def __getattr__(self, name: str) -> Any:
            return getattr(self._environment, name)

        def __enter__(self) -> Watched:
            return self

        def __exit__(self, *error: object) -> None:
            self._environment.close()

        def sync(self, force: bool = False) -> None:
            synced.append(force)
            self._environment.sync(force)

    opened = lmdb.open
    Store.open(tmp_path, MAP_SIZE).close()
    monkeypatch.setattr(lmdb, "open", Watched)
    Store.open_readonly(tmp_path, MAP_SIZE).close()
    assert synced == []
    Store.open(tmp_path, MAP_SIZE).close()
    assert synced == [True]


def test_a_file_cut_off_from_its_maker_is_removed(tmp_path: Path) -> None:
    (tmp_path / "making-x").mkdir(parents=True)
    (tmp_path / "making-x" / "data.mdb").write_bytes(b"half")
    Store.open(tmp_path, MAP_SIZE).close()
    Store.open(tmp_path, MAP_SIZE).close()
    assert not list(tmp_path.glob("making-*"))


def test_a_store_that_another_process_has_made_meanwhile_is_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = Store.open(tmp_path, MAP_SIZE)
    assert store.write_now(1, add, "theirs") == 1
    store.close()
    monkeypatch.setattr(Path, "exists", lambda self: False)
    make_missing(tmp_path, MAP_SIZE)
    monkeypatch.undo()
    store = Store.open(tmp_path, MAP_SIZE)
    assert store.write_now(1, add, "own") == 2
    store.close()


# Of a head page: its number, its flags, the page size, the second byte of its transaction's number.
@pytest.mark.parametrize("place", [0, 10, 40, 145])
@pytest.mark.parametrize("head", [0, 4096])
def test_head_pages_that_do_not_belong_together_are_refused(tmp_path: Path, head: int, place: int) -> None:
    store = Store.open(tmp_path, MAP_SIZE)
    for name in "abc":
        store.write_now(1, add, name)
    store.close()
    path = tmp_path / "data.mdb"
    raw = bytearray(path.read_bytes())
    raw[head + place] ^= 4
    path.write_bytes(raw)
    with pytest.raises(StartError, match="not touched"):
        Store.open(tmp_path, MAP_SIZE)
    assert path.read_bytes() == raw


def test_a_directory_of_tables_that_cannot_be_read_is_refused(tmp_path: Path) -> None:
    Store.open(tmp_path, MAP_SIZE).close()
    path = tmp_path / "data.mdb"
    raw = bytearray(path.read_bytes())
    raw[2 * 4096 :] = bytes(len(raw) - 2 * 4096)
    path.write_bytes(raw)
    for opened in (Store.open, Store.open_readonly):
        with pytest.raises(StartError, match="damaged"):
            opened(tmp_path, MAP_SIZE)
    assert path.read_bytes() == raw


def test_a_list_of_tables_that_is_not_whole_is_refused_and_not_touched(tmp_path: Path) -> None:
    """One of its pages is what another one is: tables that seem to be missing must not be made anew."""
    file = tmp_path / "data.mdb"
    pages = [_fresh()[at : at + 4096] for at in range(0, len(_fresh()), 4096)]
    lists = [number for number, page in enumerate(pages) if number > 1 and sum(name in page for name in _NAMES) > 5]
    assert len(lists) > 1
    for to in lists:
        for origin in lists:
            damaged = b"".join(pages[origin] if number == to else page for number, page in enumerate(pages))
            file.write_bytes(damaged)
            if to != origin:
                with pytest.raises(StartError):
                    Store.open(tmp_path, MAP_SIZE)
            assert file.read_bytes() == damaged


def test_a_damaged_file_is_refused(tmp_path: Path) -> None:
    Store.open(tmp_path, MAP_SIZE).close()
    path = tmp_path / "data.mdb"
    raw = bytearray(path.read_bytes())
    raw[16:24] = b"\0" * 8
    path.write_bytes(raw)
    with pytest.raises(StartError):
        Store.open(tmp_path, MAP_SIZE)


def test_a_file_cut_anywhere_is_refused_and_not_touched(tmp_path: Path) -> None:
    store = Store.open(tmp_path / "whole", MAP_SIZE)
    for n in range(20):
        store.write_now(1, add, f"{n}" * 50)
    store.close()
    whole = (tmp_path / "whole" / "data.mdb").read_bytes()
    cut = tmp_path / "cut"
    cut.mkdir()
    for length in (*range(1, 200, 40), *range(4000, len(whole), 1024)):
        (cut / "data.mdb").write_bytes(whole[:length])
        with pytest.raises(StartError, match="not touched"):
            Store.open(cut, MAP_SIZE)
        assert (cut / "data.mdb").read_bytes() == whole[:length]


def test_only_free_pages_may_be_missing_at_the_end(tmp_path: Path) -> None:
    store = Store.open(tmp_path, MAP_SIZE)
    store.write_now(1, add, "a")
    big = store.environment.open_db(b"big")
    for value in (bytes(400_000), *[b""] * 8):  # until the list of free pages has itself moved from the end
        store.refresh()
        with store.environment.begin(write=True) as raw:
            raw.put(b"key", value, db=big)
    size = store.used_bytes()
    store.close()
    os.truncate(tmp_path / "data.mdb", size - 100_000)
    store = Store.open(tmp_path, MAP_SIZE)
    assert store.write_now(1, add, "b") == 2
    store.close()
    os.truncate(tmp_path / "data.mdb", 16_384)
    with pytest.raises(StartError, match="cut short"):
        Store.open(tmp_path, MAP_SIZE)


def test_a_file_of_lmdb_1_0_is_refused_and_not_touched(tmp_path: Path) -> None:
    lmdb.open(str(tmp_path), lib_version=1).close()
    before = (tmp_path / "data.mdb").read_bytes()
    with pytest.raises(StartError, match=r"LMDB 1\.0"):
        Store.open(tmp_path, MAP_SIZE)
    assert (tmp_path / "data.mdb").read_bytes() == before


def test_what_chatd_writes_is_the_format_of_lmdb_0_9(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LMDB_DEFAULT_LIB_VERSION", "1")
    store = Store.open(tmp_path, MAP_SIZE)
    assert store.environment.lib_version()[:2] == (0, 9)
    store.close()


@given(st.integers(0, 8191), st.binary(min_size=1, max_size=40))
@settings(max_examples=200, deadline=None)
def test_garbage_in_the_first_pages_is_refused_or_read(
    tmp_path_factory: pytest.TempPathFactory, place: int, garbage: bytes
) -> None:
    path = tmp_path_factory.mktemp("garbage") / "data.mdb"
    raw = bytearray(_fresh())
    raw[place : place + len(garbage)] = garbage
    path.write_bytes(raw)
    with suppress(StartError):
        check_file(path)
    assert path.read_bytes() == raw


def test_nobody_else_reads_the_directory(tmp_path: Path) -> None:
    Store.open(tmp_path / "data", MAP_SIZE).close()
    assert (tmp_path / "data").stat().st_mode & 0o777 == 0o700
    assert (tmp_path / "data" / "data.mdb").stat().st_mode & 0o777 == 0o600


def test_table_numbers_and_names_are_unique() -> None:
    assert len({table.number for table in tables.ALL}) == len({table.name for table in tables.ALL}) == len(tables.ALL)
