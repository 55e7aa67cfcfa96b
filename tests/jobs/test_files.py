"""Removing files that nobody needs, and no others, whatever was killed in between."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import trio

from chatd import ids
from chatd.domain.messages.discarding import discarded
from chatd.domain.messages.files import keep_upload
from chatd.domain.upkeep.verify import verify
from chatd.jobs import files
from chatd.jobs.files import remove_discarded, sweep
from chatd.model import File
from chatd.store.blobs import Blobs
from chatd.store.findings import Findings
from chatd.store.store import Store
from chatd.store.writer import Writer
from tests.domain.conftest import MAP_SIZE, World

ROOT = Path(__file__).parents[2]
CHANNEL = "tea_time"
DAY = 24 * 60 * 60 * 1000


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    store = Store.open(tmp_path / "data", MAP_SIZE)
    found = World(store)
    found.users("ann")
    found.backend("channels.create", channel_url=CHANNEL, user_ids=["ann"])
    yield found
    store.close()


@pytest.fixture
async def writer(world: World, nursery: trio.Nursery) -> Writer:
    found = Writer(world.store, lambda _: None)
    await nursery.start(found.serve)
    return found


def send(world: World, file_id: str) -> int:
    sent = [{"file_id": world.upload("ann", file_id)}]
    message_id: int = world.client("ann", "messages.send", channel_url=CHANNEL, files=sent)["message_id"]
    return message_id


def delete(world: World, message_id: int) -> None:
    world.client("ann", "messages.delete", channel_url=CHANNEL, message_id=message_id)


def present(store: Store) -> list[str]:
    return sorted(blob.file_id for _, blob in store.blobs.present())


def stray(blobs: Blobs, application: int, file_id: str) -> None:
    path = blobs.path(application, file_id)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"stray")


async def test_what_was_deleted_goes(world: World, writer: Writer, nursery: trio.Nursery) -> None:
    send(world, "kept")
    delete(world, send(world, "gone"))
    assert present(world.store) == ["gone", "kept"]
    await remove_discarded(world.store, writer, 1)
    assert present(world.store) == ["kept"]
    assert world.store.read(1, discarded, 10) == []
    nursery.cancel_scope.cancel()


async def test_nothing_goes_while_somebody_copies(world: World, writer: Writer, nursery: trio.Nursery) -> None:
    delete(world, send(world, "gone"))
    with Blobs(world.store.blobs.directory).kept():
        await remove_discarded(world.store, writer, 1)
        assert present(world.store) == ["gone"]
    await remove_discarded(world.store, writer, 1)
    assert present(world.store) == []
    nursery.cancel_scope.cancel()


async def test_what_a_crash_left_half_done_is_finished(world: World, writer: Writer, nursery: trio.Nursery) -> None:
    """Killed after the blob is gone and before that is written down."""
    delete(world, send(world, "gone"))
    world.store.blobs.remove(1, ["gone"])
    await remove_discarded(world.store, writer, 1)
    assert world.store.read(1, discarded, 10) == []
    nursery.cancel_scope.cancel()


async def test_uploads_expire(
    world: World, writer: Writer, nursery: trio.Nursery, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.upload("ann", "late")
    await remove_discarded(world.store, writer, 1)
    assert present(world.store) == ["late"]
    monkeypatch.setattr(ids, "now_ms", lambda now=ids.now_ms: now() + DAY + 1)  # type: ignore[misc]
    await remove_discarded(world.store, writer, 1)
    assert present(world.store) == []
    nursery.cancel_scope.cancel()


async def test_the_search_finds_what_nothing_names(world: World, writer: Writer, nursery: trio.Nursery) -> None:
    send(world, "kept")
    world.upload("ann", "waiting")
    for application in (1, 99):
        stray(world.store.blobs, application, f"stray{application}")
    (world.store.blobs.directory / "incoming").mkdir()
    (world.store.blobs.directory / "incoming" / "half").write_bytes(b"half")
    await sweep(world.store, writer, time.time() - 100)
    await remove_discarded(world.store, writer, 1)
    assert present(world.store) == ["kept", "stray1", "stray99", "waiting"]
    await sweep(world.store, writer, time.time() + 100)
    await remove_discarded(world.store, writer, 1)
    assert present(world.store) == ["kept", "waiting"]
    assert list(world.store.blobs.directory.glob("incoming/*")) == []
    nursery.cancel_scope.cancel()


async def test_it_is_done_by_itself(
    world: World, writer: Writer, nursery: trio.Nursery, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "PAUSE_SECONDS", 0.01)
    delete(world, send(world, "gone"))
    nursery.start_soon(files.remove_files_forever, world.store, writer)
    with trio.fail_after(10):
        while present(world.store):
            await trio.sleep(0.01)
    nursery.cancel_scope.cancel()


@pytest.mark.slow
def test_a_killed_sender_leaves_every_file_that_it_told_of(tmp_path: Path) -> None:
    """A process that sends and deletes files is killed: what is named is there, what is not is found."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.jobs.test_files", str(tmp_path)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    for _ in range(25):
        assert process.stdout.readline()
    process.send_signal(signal.SIGKILL)
    told = 25 + len(process.stdout.readlines())
    process.wait()
    store = Store.open(tmp_path, MAP_SIZE)
    found = Findings()
    verify(store, found, lambda _: None, digests=True)
    assert not found, found.examples
    entries = store.entries()
    assert entries["files"] in (told - told // 3, told - told // 3 + 1, told - told // 3 - 1)
    named = entries["files"] + entries["uploads"]
    assert named <= len(present(store)) <= named + 1
    store.close()


def _send_for_ever(directory: Path) -> None:
    world = World(Store.open(directory, MAP_SIZE))
    world.users("ann")
    world.backend("channels.create", channel_url=CHANNEL, user_ids=["ann"])
    blobs, count = world.store.blobs, 0
    while True:
        incoming = blobs.receive(1000)
        incoming.write(os.urandom(100))
        kept = incoming.keep(1)
        incoming.close()
        file = File(kept.file_id, "a", "text/plain", kept.size, kept.sha256)
        world.store.write_now(1, keep_upload, 1, file)
        sent = world.client("ann", "messages.send", channel_url=CHANNEL, files=[{"file_id": kept.file_id}])
        count += 1
        if count % 3 == 0:
            delete(world, sent["message_id"])
        print(kept.file_id, flush=True)


if __name__ == "__main__":
    _send_for_ever(Path(sys.argv[1]))
