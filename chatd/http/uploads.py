"""Receiving files: to disk as they come, never whole in memory."""

from __future__ import annotations

import mimetypes
import re
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any, BinaryIO, Final, TypeVar

import trio
from multipart import (  # type: ignore[import-untyped]
    MultipartError,
    MultipartSegment,
    PushMultipartParser,
    parse_options_header,
)
from starlette.requests import Request

from chatd.domain.messages.files import DEFAULT_TYPE, MAX_FILES
from chatd.errors import InvalidForm, InvalidValue, TooLarge
from chatd.gateway.service import Services
from chatd.model import File
from chatd.store.blobs import Incoming

# Pieces in which files go to disk.
PIECE: Final = 256 * 1024
MAX_FIELDS: Final = 64
MAX_NAME: Final = 255
# What the parts of a form take besides their contents.
_FRAME: Final = 16 * 1024

_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_MEDIA_TYPE = re.compile(r"[A-Za-z0-9!#$&^_.+-]{1,63}/[A-Za-z0-9!#$&^_.+-]{1,63}")
_disk = trio.CapacityLimiter(8)

R = TypeVar("R")


async def on_disk(function: Callable[..., R], *args: Any) -> R:
    """Run what waits for the disk in a thread. Few at a time, so that they are in nobody's way."""
    return await trio.to_thread.run_sync(function, *args, limiter=_disk)


class Receiving:
    """A file on its way to disk."""

    def __init__(self, incoming: Incoming, name: str, media_type: str) -> None:
        self._incoming = incoming
        self._name = name
        self._type = media_type
        self._waiting = bytearray()

    async def write(self, data: bytes | bytearray) -> None:
        """Add bytes. Raises TooLarge, StorageFailed."""
        self._waiting += data
        if len(self._waiting) >= PIECE:
            await self._flush()

    async def whole(self, limit: int) -> Callable[[], BinaryIO]:
        """What opens the whole file to read, as long as it is not ended. Raises TooLarge, StorageFailed."""
        await self._flush()
        if self._incoming.size > limit:
            raise TooLarge(f"The file is larger than {limit} bytes.")
        return self._incoming.open

    async def keep(self, application: int) -> File:
        """What has come is the whole file: put it among the blobs, durably. Raises StorageFailed."""
        await self._flush()
        kept = await on_disk(self._incoming.keep, application)
        return File(kept.file_id, self._name, self._type, kept.size, kept.sha256)

    async def _flush(self) -> None:
        piece, self._waiting = self._waiting, bytearray()
        await on_disk(self._incoming.write, piece)


@asynccontextmanager
async def receiving(services: Services, name: str, media_type: str) -> AsyncIterator[Receiving]:
    """A file to write to; what was not kept at the end is removed. Raises StorageFailed."""
    settings = services.config.files
    incoming = await on_disk(services.store.blobs.receive, settings.max_bytes, settings.reserve_bytes)
    try:
        yield Receiving(incoming, clean_name(name), clean_type(media_type, name))
    finally:
        with trio.CancelScope(shield=True):
            await on_disk(incoming.close)


class Form:
    """A multipart form (RFC 7578): its fields as text, each with all of its values, and its files, received."""

    def __init__(self) -> None:
        self.fields: dict[str, list[str]] = {}
        self.files: list[Receiving] = []

    def values(self) -> dict[str, Any]:
        """The value of each field: text, or when it comes several times a list."""
        return {
            name.removesuffix("[]"): values if len(values) > 1 else values[-1] for name, values in self.fields.items()
        }


def is_form(request: Request) -> bool:
    """Whether the body is a multipart form."""
    return request.headers.get("content-type", "").partition(";")[0].strip().lower() == "multipart/form-data"


async def read_form(request: Request, services: Services, open_files: AsyncExitStack) -> Form:
    """A whole form. Its files end with `open_files`. Raises InvalidForm, TooLarge, StorageFailed."""
    check_length(request, services, MAX_FILES)
    _, options = parse_options_header(request.headers.get("content-type", ""))
    reader = _FormReader(services, open_files)
    size = 0
    try:
        # A strict parser refuses the last line's end when it comes later than the line. Its limit is that of the body.
        with PushMultipartParser(options.get("boundary", ""), max_segment_count=MAX_FIELDS + MAX_FILES) as parser:
            async for chunk in request.stream():
                size += len(chunk)
                check_size(size, services, MAX_FILES)
                for event in parser.parse(chunk) if chunk else ():
                    await reader.take(event)
    except (MultipartError, ValueError) as error:
        raise InvalidForm(f"The request body is no multipart form: {error}.") from None
    return reader.form


async def read_fields(request: Request, services: Services) -> dict[str, Any]:
    """The fields of a form without files; one that comes several times is a list. Raises InvalidForm, TooLarge."""
    async with AsyncExitStack() as open_files:
        form = await read_form(request, services, open_files)
    if form.files:
        raise InvalidForm("This operation takes no file.")
    return form.values()


async def receive_one(request: Request, services: Services, open_files: AsyncExitStack) -> Receiving:
    """The one file of a request: of its form, or its body with `?name=`. It ends with `open_files`.

    Raises InvalidValue, InvalidForm, TooLarge, StorageFailed.
    """
    if is_form(request):
        form = await read_form(request, services, open_files)
        if len(form.files) != 1:
            raise InvalidValue("The form must have one file.")
        return form.files[0]
    name, media_type = request.query_params.get("name", ""), request.headers.get("content-type", "")
    file = await open_files.enter_async_context(receiving(services, name, media_type))
    async for part in request.stream():
        await file.write(part)
    return file


def check_length(request: Request, services: Services, files: int) -> None:
    """Raise TooLarge for a body that says it is longer than so many files may be."""
    check_size(declared_length(request), services, files)


def check_size(size: int, services: Services, files: int) -> None:
    """Raise TooLarge for a body of so many bytes, with so many files."""
    limit = services.config.files.max_bytes
    if size > files * limit + services.config.http.max_body_bytes + _FRAME:
        raise TooLarge(f"A file must not be larger than {limit} bytes.")


def declared_length(request: Request) -> int:
    """How many bytes a request says that its body has, 0 when it does not say it."""
    declared = request.headers.get("content-length", "0")
    return int(declared) if declared.isdigit() and declared.isascii() else 0


def clean_name(name: str) -> str:
    """The last part of what a client calls a file, without what no name should have."""
    last = _CONTROL.sub("", name.replace("\\", "/").rpartition("/")[2]).strip()
    return last[-MAX_NAME:] or "file"


def clean_type(media_type: str, name: str) -> str:
    """The media type that a client says, or else what the name suggests."""
    said = media_type.partition(";")[0].strip().lower()
    if _MEDIA_TYPE.fullmatch(said) and said != DEFAULT_TYPE:
        return said
    return mimetypes.guess_type(name, strict=False)[0] or DEFAULT_TYPE


class _FormReader:
    """Takes what the parser finds, part by part."""

    def __init__(self, services: Services, open_files: AsyncExitStack) -> None:
        self.form = Form()
        self._services = services
        self._open_files = open_files
        self._room = services.config.http.max_body_bytes
        self._name = ""
        self._text = bytearray()
        self._file: Receiving | None = None

    async def take(self, event: MultipartSegment | bytes | bytearray | None) -> None:
        """The head of a part, some of its contents, or its end."""
        if isinstance(event, MultipartSegment):
            await self._begin(event)
        elif event is None:
            self._end()
        elif self._file is not None:
            await self._file.write(event)
        else:
            self._room -= len(event)
            if self._room < 0:
                raise TooLarge("The fields of the form are too large.")
            self._text += event

    async def _begin(self, part: MultipartSegment) -> None:
        self._name, self._text, self._file = part.name or "", bytearray(), None
        if part.filename is None:
            return
        if len(self.form.files) == MAX_FILES:
            raise TooLarge(f"A message has at most {MAX_FILES} files.")
        context = receiving(self._services, part.filename, part.content_type or "")
        self._file = await self._open_files.enter_async_context(context)

    def _end(self) -> None:
        if self._file is not None:
            self.form.files.append(self._file)
        else:
            self.form.fields.setdefault(self._name.removesuffix("[]"), []).append(self._text.decode())
