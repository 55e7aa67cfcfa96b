"""Two processes on one store: a server, and an operator's command beside it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
import trio

from chatd.errors import StartError
from chatd.store import tables
from chatd.store.files import lock_directory
from chatd.store.store import Store
from chatd.store.transaction import Transaction
from chatd.store.writer import Writer
from tests.store.beside import COUNT
from tests.store.test_writer import add, names

ROOT = Path(__file__).parents[2]


def beside(store: Store, what: str, *more: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.store.beside", str(store.directory), what, *map(str, more)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)


def begun(store: Store, what: str, *more: Path) -> subprocess.Popen[str]:
    """A process that has done its first step."""
    process = beside(store, what, *more)
    assert process.stdout is not None
    assert process.stdout.readline()
    return process


def written(txn: Transaction) -> list[str]:
    """The log in its order."""
    return [entry.event.user.user_id for _, entry in txn.scan(tables.LOG)]  # type: ignore[union-attr]


async def test_both_write_and_no_number_is_given_twice(store: Store, nursery: trio.Nursery) -> None:
    writer = Writer(store, lambda _: None, group=4)
    await nursery.start(writer.serve)
    own: list[int] = []
    with beside(store, "write") as process:
        while process.poll() is None:
            own.append(await writer.run(1, add, f"own-{len(own)}"))
        assert process.stdout is not None
        theirs = [int(line) for line in process.stdout]
    assert sorted(own + theirs) == list(range(1, len(own) + COUNT + 1))
    log = store.read(1, written)
    assert [log[sequence - 1] for sequence in own] == [f"own-{n}" for n in range(len(own))]
    assert [log[sequence - 1] for sequence in theirs] == [f"beside-{n}" for n in range(COUNT)]
    nursery.cancel_scope.cancel()


async def test_one_that_is_killed_while_it_writes_stops_nobody(store: Store, nursery: trio.Nursery) -> None:
    writer = Writer(store, lambda _: None)
    await nursery.start(writer.serve)
    with begun(store, "hold_lock") as process:
        process.kill()
    assert await writer.run(1, add, "own") == 1
    assert store.read(1, names) == ["own"]
    nursery.cancel_scope.cancel()


def test_one_that_is_killed_while_it_reads_keeps_no_pages(store: Store) -> None:
    with begun(store, "hold_snapshot") as process:
        process.kill()
    assert store.forget_killed_readers() == 1
    assert store.forget_killed_readers() == 0


async def test_a_waiting_writer_holds_no_lock(store: Store, nursery: trio.Nursery) -> None:
    writer = Writer(store, lambda _: None)
    await nursery.start(writer.serve)
    await writer.run(1, add, "own")
    assert store.write_now(1, add, "command") == 2
    nursery.cancel_scope.cancel()


def test_only_one_process_serves_a_directory(tmp_path: Path, store: Store) -> None:
    store.lock()
    with pytest.raises(StartError, match="another chatd"):
        lock_directory(store.directory)


def test_an_unusable_directory_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StartError, match="file"):
        Store.open(tmp_path / "file", 2**20)
    with pytest.raises(StartError, match="nowhere"):
        lock_directory(tmp_path / "nowhere")
