"""Thumbnails come to files before they are sent or after, and go with them."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
import trio

from chatd.domain.messages.files import keep_upload
from chatd.domain.messages.thumbnails import waiting
from chatd.domain.upkeep.purge import purge
from chatd.domain.upkeep.verify import verify
from chatd.jobs import thumbnails
from chatd.jobs.files import remove_discarded, sweep
from chatd.jobs.thumbnails import make_thumbnails, make_thumbnails_forever
from chatd.model import File
from chatd.store import tables
from chatd.store.findings import Findings
from chatd.store.store import Store
from chatd.store.writer import Writer
from tests.domain.conftest import MAP_SIZE, World
from tests.imaging.samples import picture

CHANNEL = "tea_time"
DATA = picture(1600, 1200)


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    store = Store.open(tmp_path / "data", MAP_SIZE)
    found = World(store)
    found.users("ann", "bob")
    found.backend("channels.create", channel_url=CHANNEL, user_ids=["ann", "bob"])
    yield found
    store.close()


@pytest.fixture
async def writer(world: World, nursery: trio.Nursery) -> Writer:
    found = Writer(world.store, world.told.extend)
    await nursery.start(found.serve)
    return found


def upload(world: World, data: bytes = DATA, name: str = "cat.jpg") -> str:
    kept = world.store.blobs.put(1, data)
    file = File(kept.file_id, name, "image/jpeg", len(data), sha256(data).digest())
    world.write(keep_upload, world.actor("ann").user, file)
    return kept.file_id


def send(world: World, *file_ids: str) -> Any:
    files = [{"file_id": file_id} for file_id in file_ids]
    return world.client("ann", "messages.send", channel_url=CHANNEL, message="look", files=files)


def seen(world: World, message_id: int) -> Any:
    world.store.refresh()
    return world.client("bob", "messages.view", channel_url=CHANNEL, message_id=message_id)


def boxes(message: Any) -> list[tuple[int, int, int]]:
    return [(each["width"], each["real_width"], each["real_height"]) for each in message["thumbnails"]]


def blobs(world: World) -> int:
    return sum(1 for _ in world.store.blobs.present())


def check(world: World) -> None:
    world.store.refresh()
    found = Findings()
    verify(world.store, found, lambda _: None, digests=True)
    assert not found, found.examples


BOTH = [(1024, 1024, 768), (320, 320, 240)]


async def test_a_message_has_those_that_were_made_before_it(
    world: World, writer: Writer, nursery: trio.Nursery
) -> None:
    file_id = upload(world)
    assert world.store.read(1, waiting, 10) == [file_id]
    await make_thumbnails(world.store, writer, 1, file_id)
    assert world.store.read(1, waiting, 10) == []
    message = send(world, file_id)
    assert boxes(message) == BOTH
    assert (message["file"]["width"], message["file"]["height"]) == (1600, 1200)
    assert [each["url"].split("/")[3].partition("?")[0] for each in message["thumbnails"]] == ["1024.jpeg", "320.jpeg"]
    check(world)
    nursery.cancel_scope.cancel()


async def test_a_message_that_was_sent_gets_them_later(world: World, writer: Writer, nursery: trio.Nursery) -> None:
    first, second = upload(world), upload(world)
    message_id = send(world, first, second)["message_id"]
    world.told.clear()
    for file_id in (first, second):
        await make_thumbnails(world.store, writer, 1, file_id)
    message = seen(world, message_id)
    assert [boxes(each) for each in message["files"]] == [BOTH, BOTH]
    assert message["updated_at"] == 0
    assert [(each.data["type"], each.data["message"]["message_id"]) for each in world.told] == [
        ("message.updated", message_id)
    ] * 2
    world.client("ann", "messages.update", channel_url=CHANNEL, message_id=message_id, message="look here")
    assert [boxes(each) for each in seen(world, message_id)["files"]] == [BOTH, BOTH]
    check(world)
    nursery.cancel_scope.cancel()


@pytest.mark.parametrize("how", ["message", "channel", "upload", "user"])
@pytest.mark.parametrize("is_late", [False, True])
async def test_they_go_with_what_they_were_made_of(
    world: World, writer: Writer, nursery: trio.Nursery, how: str, is_late: bool
) -> None:
    file_id = upload(world)
    if is_late:
        message_id = send(world, file_id)["message_id"]
    await make_thumbnails(world.store, writer, 1, file_id)
    world.store.refresh()
    if not is_late and how != "upload":
        message_id = send(world, file_id)["message_id"]
    if how == "message" or (is_late and how in ("upload", "user")):
        world.client("ann", "messages.delete", channel_url=CHANNEL, message_id=message_id)
    elif how == "channel":
        world.backend("channels.delete", channel_url=CHANNEL)
        while world.write(purge, 10):
            pass
    elif how == "user":
        world.client("ann", "messages.delete", channel_url=CHANNEL, message_id=message_id)
        world.backend("users.delete", user_id="ann")
    else:
        for key, upload_ in world.store.read(1, lambda txn: list(txn.scan(tables.UPLOADS))):
            world.write(lambda txn, key=key, it=upload_: txn.put(tables.UPLOADS, *key, value=type(it)(it.file, 1)))
    assert blobs(world) == 3
    world.store.refresh()
    check(world)
    await sweep(world.store, writer, 2**40)
    await remove_discarded(world.store, writer, 1)
    assert blobs(world) == 0
    check(world)
    nursery.cancel_scope.cancel()


async def test_of_what_is_gone_nothing_is_kept(world: World, writer: Writer, nursery: trio.Nursery) -> None:
    file_id = upload(world)
    message_id = send(world, file_id)["message_id"]
    world.client("ann", "messages.delete", channel_url=CHANNEL, message_id=message_id)
    await make_thumbnails(world.store, writer, 1, file_id)
    world.store.refresh()
    await remove_discarded(world.store, writer, 1)
    assert (blobs(world), world.store.read(1, waiting, 10)) == (0, [])
    check(world)
    nursery.cancel_scope.cancel()


async def test_what_is_no_picture_is_a_file(world: World, writer: Writer, nursery: trio.Nursery) -> None:
    file_id = upload(world, b"no picture")
    message_id = send(world, file_id)["message_id"]
    await make_thumbnails(world.store, writer, 1, file_id)
    message = seen(world, message_id)
    assert (message["thumbnails"], message["file"]["width"]) == ([], 0)
    assert world.store.read(1, waiting, 10) == []
    check(world)
    nursery.cancel_scope.cancel()


async def test_uploads_with_thumbnails_are_no_strays(world: World, writer: Writer, nursery: trio.Nursery) -> None:
    await make_thumbnails(world.store, writer, 1, upload(world))
    await sweep(world.store, writer, 2**40)
    await remove_discarded(world.store, writer, 1)
    assert blobs(world) == 3
    nursery.cancel_scope.cancel()


async def test_it_is_done_by_itself(
    world: World, writer: Writer, nursery: trio.Nursery, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(thumbnails, "PAUSE_SECONDS", 0.01)
    files = [upload(world, picture(400, 300)), upload(world, b"no picture")]
    message_id = send(world, *files)["message_id"]
    nursery.start_soon(make_thumbnails_forever, world.store, writer)
    with trio.fail_after(20):
        while world.store.read(1, waiting, 10):
            await trio.sleep(0.01)
    assert [boxes(each) for each in seen(world, message_id)["files"]] == [[(320, 320, 240)], []]
    nursery.cancel_scope.cancel()
