"""Having smaller pictures made, by processes that come and go: one for each picture, few at a time."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, BinaryIO, Final, NamedTuple

import msgspec
import trio
from msgspec import Meta

from chatd.imaging.worker import AGAIN, SQUARE, WHOLE

# Pictures that are smaller than what is read; or that, when it is small, made anew; or of its middle.
ALL_OF_IT: Final = WHOLE
MADE_ANEW: Final = AGAIN
MIDDLE: Final = SQUARE
MAX_ANSWER: Final = 8 << 20

Side = Annotated[int, Meta(ge=1, le=2**31)]
Size = Annotated[int, Meta(ge=1, le=MAX_ANSWER)]

# Where `python -m` finds this package, however the server was started.
_ROOT: Final = Path(__file__).parents[2]


class Lane(NamedTuple):
    """So many pictures are made at once, and each has so many seconds."""

    places: trio.CapacityLimiter
    deadline: float


# Pictures that strangers choose wait for each other, and never does a picture of a user wait for them.
_OF_USERS: Final = Lane(trio.CapacityLimiter(2), 30.0)
LANES: Final = {
    ALL_OF_IT: _OF_USERS,
    MIDDLE: _OF_USERS,
    MADE_ANEW: Lane(trio.CapacityLimiter(1), 5.0),
}


class Head(msgspec.Struct, frozen=True):
    """What was made: a picture that fits into a square box of so many pixels."""

    box: Side
    width: Side
    height: Side
    type: str
    size: Size


class Answer(msgspec.Struct, frozen=True):
    """The first line of what the process says. Width and height are those of the picture that was read."""

    width: Side
    height: Side
    made: tuple[Head, ...]


class Picture(NamedTuple):
    """A picture that was made, and its bytes."""

    head: Head
    data: bytes


class Pictures(NamedTuple):
    """What came of a picture: its own width and height, as it is shown, and those that were made."""

    width: int
    height: int
    made: tuple[Picture, ...]


async def make_pictures(source: Callable[[], BinaryIO], mode: str, *boxes: int) -> Pictures | None:
    """Smaller pictures of the file that `source` opens, largest first; None when it is no picture that can be read.

    Whatever is in the file, it costs no more than a process with little memory and the time of its lane.
    """
    lane = LANES[mode]
    async with lane.places:
        raw = await _answer(source, mode, boxes, lane.deadline)
    line, _, rest = raw.partition(b"\n")
    try:
        answer = msgspec.json.decode(line, type=Answer)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        return None
    if sum(head.size for head in answer.made) != len(rest):
        return None
    made, place = [], 0
    for head in answer.made:
        made.append(Picture(head, rest[place : place + head.size]))
        place += head.size
    return Pictures(answer.width, answer.height, tuple(made))


async def _answer(source: Callable[[], BinaryIO], mode: str, boxes: tuple[int, ...], deadline: float) -> bytes:
    """What the process says, b"" when it says too much, or nothing in time. It learns nothing but the picture."""
    command = [sys.executable, "-E", "-s", "-B", "-m", "chatd.imaging.worker", mode, *map(str, boxes)]
    try:
        file = source()
    except OSError:
        return b""
    with file, trio.move_on_after(deadline):
        process = await trio.lowlevel.open_process(
            command, stdin=file, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env={}, cwd=_ROOT
        )
        try:
            return await _read(process)
        finally:
            process.kill()
            with trio.CancelScope(shield=True):
                await process.wait()
    return b""


async def _read(process: trio.Process) -> bytes:
    found = bytearray()
    assert process.stdout is not None
    async with process.stdout:
        while part := await process.stdout.receive_some(1 << 16):
            found += part
            if len(found) > MAX_ANSWER:
                return b""
    return bytes(found) if await process.wait() == 0 else b""
