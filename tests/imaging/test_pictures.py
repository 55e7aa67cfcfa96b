"""Smaller pictures, and what comes of files that only say that they are pictures."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

import pytest
import trio
import trio.testing

from chatd.imaging import pictures
from chatd.imaging.pictures import ALL_OF_IT, LANES, MADE_ANEW, MIDDLE, make_pictures
from chatd.imaging.worker import MAX_PIXELS, MAX_PIXELS_AGAIN, make
from tests.imaging.samples import SECRET, opened, photo, picture


@pytest.fixture
def source(tmp_path: Path) -> Callable[[bytes], Callable[[], BinaryIO]]:
    def make(data: bytes) -> Callable[[], BinaryIO]:
        path = tmp_path / "picture"
        path.write_bytes(data)
        return lambda: path.open("rb")

    return make


Source = Callable[[bytes], Callable[[], BinaryIO]]


async def test_a_picture_gets_those_that_are_smaller_than_itself(source: Source) -> None:
    found = await make_pictures(source(picture(1600, 800)), ALL_OF_IT, 320, 1024, 2000)
    assert found is not None
    assert (found.width, found.height) == (1600, 800)
    assert [(each.head.box, each.head.width, each.head.height) for each in found.made] == [
        (1024, 1024, 512),
        (320, 320, 160),
    ]
    for head, data in found.made:
        image = opened(data)
        assert (image.format, head.type, image.size) == ("JPEG", "image/jpeg", (head.width, head.height))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "GIF", "WEBP"])
def test_the_usual_formats_are_read(kind: str) -> None:
    ((head, data),) = make(opened(picture(800, 400, kind)), ALL_OF_IT, [320])
    image = opened(data)
    assert (head["width"], head["height"]) == image.size == (320, 160)
    left, right = image.getpixel((5, 5)), image.getpixel((image.width - 5, 5))
    assert left[0] > 200 > 50 > left[2]
    assert right[2] > 200 > 50 > right[0]


async def test_small_pictures_are_only_measured(source: Source) -> None:
    found = await make_pictures(source(picture(320, 100)), ALL_OF_IT, 320, 1024)
    assert found == (320, 100, ())


async def test_how_it_was_held_is_kept_and_nothing_else(source: Source) -> None:
    data = photo(6, width=1600, height=800)
    assert SECRET in data
    found = await make_pictures(source(data), ALL_OF_IT, 320)
    assert found is not None
    assert (found.width, found.height) == (800, 1600)
    ((head, made),) = found.made
    image = opened(made)
    assert image.size == (head.width, head.height) == (160, 320)
    assert SECRET not in made
    assert not image.getexif()
    top = image.getpixel((80, 5))
    assert top[0] > 200


async def test_what_can_be_seen_through_stays_so(source: Source) -> None:
    found = await make_pictures(source(picture(800, 600, "PNG", "RGBA")), ALL_OF_IT, 320)
    assert found is not None
    ((head, data),) = found.made
    image = opened(data)
    assert (head.type, image.format, image.mode) == ("image/webp", "WEBP", "RGBA")


@pytest.mark.parametrize("mode", ["L", "LA", "P", "CMYK", "1", "I;16"])
def test_all_kinds_of_colours_are_read(mode: str) -> None:
    plain = opened(picture(700, 500))
    image = plain.convert("I").convert("I;16") if mode == "I;16" else plain.convert(mode)
    ((head, data),) = make(image, ALL_OF_IT, [320])
    assert opened(data).size == (head["width"], head["height"]) == (320, 229)


async def test_of_a_square_the_middle_is_kept(source: Source) -> None:
    for size, side in (((1600, 800), 512), ((100, 300), 100)):
        found = await make_pictures(source(picture(*size)), MIDDLE, 512)
        assert found is not None
        ((head, data),) = found.made
        assert (head.width, head.height) == opened(data).size == (side, side)
    assert await make_pictures(source(picture(kind="GIF")), MIDDLE, 512) is None


def bomb(width: int, height: int) -> bytes:
    """A PNG of a few kilobytes that is very large."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = zlib.compress(bytes(1_000_000), 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


@pytest.mark.parametrize(("mode", "most"), [(ALL_OF_IT, MAX_PIXELS), (MADE_ANEW, MAX_PIXELS_AGAIN)])
async def test_a_picture_that_is_too_large_is_only_measured(source: Source, mode: str, most: int) -> None:
    side = int(most**0.5) + 1
    assert await make_pictures(source(bomb(side, side)), mode, 320) == (side, side, ())


async def test_pictures_of_users_do_not_wait_for_those_of_strangers(
    source: Source, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer, waiting = pictures._answer, 0

    async def hung(source: Callable[[], BinaryIO], mode: str, boxes: tuple[int, ...], deadline: float) -> bytes:
        nonlocal waiting
        if mode != MADE_ANEW:
            return await answer(source, mode, boxes, deadline)
        waiting += 1
        await trio.sleep_forever()
        return b""

    monkeypatch.setattr(pictures, "_answer", hung)
    async with trio.open_nursery() as nursery:
        for _ in range(3):
            nursery.start_soon(make_pictures, source(picture()), MADE_ANEW, 320)
        await trio.testing.wait_all_tasks_blocked()
        with trio.fail_after(20):
            assert await make_pictures(source(picture()), MIDDLE, 320) is not None
        nursery.cancel_scope.cancel()
    assert waiting == 1
    assert LANES[MADE_ANEW].deadline < LANES[MIDDLE].deadline


NO_PICTURES = {
    "nothing": b"",
    "text": b"<script>alert(1)</script>",
    "svg": b"<svg xmlns='http://www.w3.org/2000/svg'/>",
    "head only": b"\x89PNG\r\n\x1a\n",
    "cut short": picture()[:2000],
    "promises more than it has": bomb(4000, 4000),
    "too large to be one": bomb(2**31 - 1, 2**31 - 1)[:40],
    "another format": picture(kind="BMP"),
    "postscript": b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n",
}


@pytest.mark.parametrize("what", NO_PICTURES)
async def test_what_is_no_picture_gives_none(source: Source, what: str) -> None:
    assert await make_pictures(source(NO_PICTURES[what]), ALL_OF_IT, 320) is None


async def test_a_file_that_is_gone_gives_none(tmp_path: Path) -> None:
    assert await make_pictures(lambda: (tmp_path / "gone").open("rb"), ALL_OF_IT, 320) is None


async def test_who_takes_too_long_is_ended(source: Source, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(LANES, ALL_OF_IT, LANES[ALL_OF_IT]._replace(deadline=0.01))
    ended: list[trio.Process] = []
    begin = trio.lowlevel.open_process

    async def begun(*args: object, **options: object) -> trio.Process:
        ended.append(await begin(*args, **options))  # type: ignore[arg-type]
        return ended[0]

    monkeypatch.setattr(trio.lowlevel, "open_process", begun)
    assert await make_pictures(source(picture()), ALL_OF_IT, 320) is None
    assert all(process.returncode is not None for process in ended)


async def test_who_says_too_much_is_not_listened_to(source: Source, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "MAX_ANSWER", 50)
    assert await make_pictures(source(picture()), ALL_OF_IT, 320) is None
