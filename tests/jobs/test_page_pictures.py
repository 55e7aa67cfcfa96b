"""Pictures of pages are loaded once, by the server, made small, and come with the preview."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import trio
from trio.abc import Stream

from chatd.domain import COMMANDS
from chatd.imaging.pictures import Picture
from chatd.jobs.page_pictures import BOX, load_picture
from chatd.jobs.previews import Limits, preview_forever
from chatd.outgoing.client import Client
from chatd.store.store import Store
from chatd.store.writer import Writer
from tests.domain.conftest import MAP_SIZE, World
from tests.domain.test_verify import findings_of
from tests.imaging.samples import SECRET, opened, photo, picture
from tests.outgoing.internet import PUBLIC, Internet, Serve, moved, page, sends

NAMES = {"example.org": [PUBLIC], "inside.example": ["127.0.0.1"]}
URL = "http://example.org/a.png"
LIMIT = 1 << 20


async def load(nursery: trio.Nursery, serve: Serve, url: str = URL, seconds: float = 20) -> Picture | None:
    internet = Internet(nursery, NAMES, {PUBLIC: serve, "127.0.0.1": page(picture(), kind="image/jpeg")})
    return await load_picture(Client(internet, seconds), url, LIMIT)


@pytest.mark.parametrize("size", [(1600, 800), (200, 100)])
async def test_it_is_made_small_and_says_nothing_of_itself(nursery: trio.Nursery, size: tuple[int, int]) -> None:
    data = photo(1, width=size[0], height=size[1])
    found = await load(nursery, page(data, kind="image/jpeg"))
    assert found is not None
    assert SECRET in data
    assert SECRET not in found.data
    assert opened(found.data).size == (found.head.width, found.head.height)
    assert found.head.width == min(size[0], BOX)


@pytest.mark.parametrize(
    "serve",
    [
        page("<svg onload=alert(1)></svg>", kind="image/svg+xml"),
        page(picture(40, 400), kind="image/jpeg"),
        page(picture(1, 1, "GIF"), kind="image/gif"),
        page(picture()[:2000], kind="image/jpeg"),
        page(picture() + b" " * LIMIT, kind="image/jpeg"),
        page("", kind="image/jpeg"),
        page(picture(), status="404 Not Found", kind="image/jpeg"),
        page(picture(), "Content-Encoding: gzip", kind="image/jpeg"),
        moved("http://inside.example/"),
        sends(b""),
    ],
    ids=["svg", "narrow", "counter", "cut", "large", "empty", "missing", "packed", "inside", "silent"],
)
async def test_what_is_no_picture_to_show(nursery: trio.Nursery, serve: Serve) -> None:
    assert await load(nursery, serve) is None


async def silent(stream: Stream) -> None:
    await trio.sleep(1000)


async def test_it_has_a_time_of_its_own(nursery: trio.Nursery, autojump_clock: Any) -> None:
    assert await load(nursery, silent, seconds=7) is None
    assert trio.current_time() < 10
    nursery.cancel_scope.cancel()


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    store = Store.open(tmp_path / "data", MAP_SIZE)
    found = World(store)
    found.users("ann", "bob")
    found.backend("channels.create", channel_url="tea_time", user_ids=["ann", "bob"])
    yield found
    store.close()


def served(asked: list[str]) -> Serve:
    """A page, and its picture at another address."""
    files = {
        "/": ("text/html", b'<title>Tea</title><meta property="og:image" content="/a.png">'),
        "/a.png": ("image/jpeg", picture()),
    }

    async def serve(stream: Stream) -> None:
        asked.append(bytes(await stream.receive_some(65536)).split(b" ")[1].decode())
        kind, body = files[asked[-1]]
        head = f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n"
        await stream.send_all(head.encode() + body)
        await stream.aclose()

    return serve


@pytest.mark.parametrize("limit", [LIMIT, 0])
async def test_messages_come_to_have_it(world: World, nursery: trio.Nursery, limit: int) -> None:
    asked: list[str] = []
    writer = Writer(world.store, world.told.extend)
    await nursery.start(writer.serve)
    internet = Internet(nursery, NAMES, {PUBLIC: served(asked)})
    nursery.start_soon(preview_forever, world.store, writer, Client(internet, 20), Limits(100_000, limit))
    found = [await previewed(world, writer) for _ in range(2)]
    pictures = [each["og:image"].get("thumbnails", []) for each in found]
    assert [len(each) for each in pictures] == ([1, 1] if limit else [0, 0])
    assert asked == (["/", "/a.png"] if limit else ["/"])
    # Each message has a file of its own, since each may go.
    assert len({each[0]["url"] for each in pictures if each}) == (2 if limit else 0)
    assert not findings_of(world.store)
    nursery.cancel_scope.cancel()


@pytest.mark.parametrize("limits", [Limits(100_000, LIMIT, 10), Limits(100_000, LIMIT, 0, 1 << 60)])
async def test_where_there_is_no_room_nothing_is_put_on_disk(
    world: World, nursery: trio.Nursery, limits: Limits
) -> None:
    writer = Writer(world.store, world.told.extend)
    await nursery.start(writer.serve)
    internet = Internet(nursery, NAMES, {PUBLIC: served([])})
    nursery.start_soon(preview_forever, world.store, writer, Client(internet, 20), limits)
    found = await previewed(world, writer)
    assert (found["og:title"], "thumbnails" in found["og:image"]) == ("Tea", False)
    assert list(world.store.blobs.present()) == []
    nursery.cancel_scope.cancel()


async def previewed(world: World, writer: Writer) -> Any:
    """Send a link; the preview that comes."""
    command = COMMANDS["messages.send"]
    input = command.parse({"channel_url": "tea_time", "message": "http://example.org/"})
    sent: Any = await writer.run(1, command.function, world.actor("ann"), input)
    where = {"channel_url": "tea_time", "message_id": sent["message_id"]}
    with trio.fail_after(20):
        while "og_tag" not in (message := world.client("bob", "messages.view", **where)):
            await trio.sleep(0.02)
    return message["og_tag"]
