"""Run by tests as a process beside a server: `beside.py DIRECTORY WHAT [MORE ...]`."""

from __future__ import annotations

import signal
import sys
import time
from pathlib import Path

from chatd import events
from chatd.model import User
from chatd.store.compact import compact as compact_store
from chatd.store.restore import restore as restore_store
from chatd.store.store import Store
from chatd.store.transaction import Transaction
from tests.store.conftest import MAP_SIZE
from tests.store.test_writer import add

COUNT = 50


def _say_and_wait(text: str) -> None:
    print(text, flush=True)
    signal.pause()


def write(store: Store) -> None:
    """Commit one event after the other."""
    for n in range(COUNT):
        print(store.write_now(1, add, f"beside-{n}"), flush=True)


def write_much(store: Store) -> None:
    """Commit more than a small map holds."""
    store.write_now(1, lambda txn: txn.append(events.UserCreated(User(0, "much", "x" * 5_000_000, "", 0))))


def write_when_told(store: Store) -> None:
    """Open the store, and write when there is a file `go`."""
    print("open", flush=True)
    while not (store.directory / "go").exists():
        time.sleep(0.005)
    store.write_now(1, add, "late")


def hold_lock(store: Store) -> None:
    """Begin to write, and never end."""

    def hold(txn: Transaction) -> None:
        add(txn, "unfinished")
        _say_and_wait("writing")

    store.write_now(1, hold)


def hold_snapshot(store: Store) -> None:
    """Begin to read, and never end."""
    store.read(1, lambda txn: _say_and_wait("reading"))


def back_up(store: Store) -> None:
    """Begin a backup into the third argument, and never end."""
    store.back_up(Path(sys.argv[3]), lambda _: _say_and_wait("backing up"))


def restore(store: Store) -> None:
    """Begin to restore the fourth argument, a backup, into the third, and never end."""
    restore_store(Path(sys.argv[4]), Path(sys.argv[3]), MAP_SIZE, lambda _: _say_and_wait("restoring"))


def compact(store: Store) -> None:
    """Begin to compact the store, and never end."""
    store.close()
    compact_store(store.directory, MAP_SIZE, lambda _: _say_and_wait("compacting"))


if __name__ == "__main__":
    tasks = (write, write_much, write_when_told, hold_lock, hold_snapshot, back_up, restore, compact)
    {task.__name__: task for task in tasks}[sys.argv[2]](Store.open(Path(sys.argv[1]), 2**20))
