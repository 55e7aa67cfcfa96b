"""Files: killed writers lose nothing, and what is not ours is refused and left alone."""

from __future__ import annotations

import random
import subprocess
import sys
from pathlib import Path

import lmdb
import pytest

from chatd.errors import StartError
from chatd.store import tables
from chatd.store.store import Store
from chatd.store.transaction import Transaction
from tests.store.conftest import MAP_SIZE

ROOT = Path(__file__).parents[2]


def written(txn: Transaction) -> dict[int, str]:
    """What the log holds."""
    return {key[0]: entry.event.user.user_id for key, entry in txn.scan(tables.LOG)}  # type: ignore[union-attr]


def test_killed_in_the_middle_nothing_acknowledged_is_lost(tmp_path: Path) -> None:
    acknowledged: dict[int, str] = {}
    for _ in range(4):
        command = [sys.executable, "-m", "tests.store.torture", str(tmp_path / "data")]
        with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None
            for _ in range(random.randrange(50, 400)):
                sequence, name = process.stdout.readline().split()
                acknowledged[int(sequence)] = name
            process.kill()
            for line in process.stdout:
                if line.endswith("\n"):
                    acknowledged[int(line.split()[0])] = line.split()[1]
        store = Store.open(tmp_path / "data", MAP_SIZE)
        log = store.read(1, written)
        state = store.read(1, lambda txn: {value: key[0] for key, value in txn.scan(tables.USER_IDS)})
        head = store.read(1, lambda txn: txn.head)
        store.close()
        assert acknowledged.items() <= log.items()
        assert list(log) == list(range(1, head.sequence + 1))
        assert state == log


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
    with pytest.raises(StartError, match="another program"):
        Store.open(tmp_path, MAP_SIZE)


def test_a_newer_file_is_refused(tmp_path: Path) -> None:
    Store.open(tmp_path, MAP_SIZE).close()
    with lmdb.open(str(tmp_path), max_dbs=64) as environment:
        meta = environment.open_db(b"meta")
        with environment.begin(write=True) as txn:
            txn.put(b"format", b"99", db=meta)
    with pytest.raises(StartError, match="newer"):
        Store.open(tmp_path, MAP_SIZE)


def test_a_damaged_file_is_refused(tmp_path: Path) -> None:
    Store.open(tmp_path, MAP_SIZE).close()
    path = tmp_path / "data.mdb"
    raw = bytearray(path.read_bytes())
    raw[16:24] = b"\0" * 8
    path.write_bytes(raw)
    with pytest.raises(StartError):
        Store.open(tmp_path, MAP_SIZE)


def test_nobody_else_reads_the_directory(tmp_path: Path) -> None:
    Store.open(tmp_path / "data", MAP_SIZE).close()
    assert (tmp_path / "data").stat().st_mode & 0o777 == 0o700
    assert (tmp_path / "data" / "data.mdb").stat().st_mode & 0o777 == 0o600


def test_table_numbers_and_names_are_unique() -> None:
    assert len({table.number for table in tables.ALL}) == len({table.name for table in tables.ALL}) == len(tables.ALL)
