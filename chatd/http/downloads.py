"""Sending a file to whoever may have it, whole or in part (RFC 9110, sections 13 and 14)."""

from __future__ import annotations

import logging
import os
import re
from http import HTTPStatus
from pathlib import Path
from typing import Final
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from chatd.errors import Internal
from chatd.http.uploads import on_disk
from chatd.model import File

PIECE: Final = 256 * 1024

# Media that browsers show and that can do nothing. All else is saved, and called bytes: what a user has uploaded must
# not become a page, a script or a style of this server.
INERT: Final = frozenset(
    {
        "image/png", "image/jpeg", "image/gif", "image/webp", "image/avif",
        "video/mp4", "video/webm", "video/ogg",
        "audio/mpeg", "audio/mp4", "audio/ogg", "audio/wav", "audio/webm", "audio/flac", "audio/aac",
    }
)  # fmt: skip
_POLICY = "default-src 'none'; img-src 'self'; media-src 'self'; style-src 'unsafe-inline'; sandbox"
_RANGE = re.compile(r"bytes=(\d{0,15})-(\d{0,15})")

_log = logging.getLogger("chatd.http")

Part = tuple[int, int]


async def download(request: Request, path: Path, file: File) -> Response:
    """The answer to a request for a file. Raises Internal when it is not on disk as it should be."""
    headers = _headers(file)
    if _matches(request.headers.get("if-none-match"), headers["etag"], weak=True):
        return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=headers)
    part = _part(request, headers["etag"], file.size)
    if part is None:
        headers |= {"content-range": f"bytes */{file.size}"}
        return Response(status_code=HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE, headers=headers)
    try:
        handle = await on_disk(_open, path, file.size)
    except OSError as error:
        _log.error("a file is not on disk", extra={"path": str(path), "error": str(error)})
        raise Internal("The server has lost this file.") from None
    return _FileAnswer(handle, part, file.size, headers)


class _FileAnswer(Response):
    """Bytes `first` to `end`, exclusive, of an open file, which is closed at the end."""

    def __init__(self, handle: int, part: Part, size: int, headers: dict[str, str]) -> None:
        first, end = part
        if end - first < size:
            headers = headers | {"content-range": f"bytes {first}-{end - 1}/{size}"}
        self._handle = handle
        self._part = part
        self.status_code = HTTPStatus.PARTIAL_CONTENT if end - first < size else HTTPStatus.OK
        self.background = None
        self.body = b""
        self.init_headers(headers | {"content-length": str(end - first)})

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send (ASGI)."""
        try:
            await send({"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers})
            place, end = self._part
            while place < end and scope["method"] != "HEAD":
                piece = await on_disk(os.pread, self._handle, min(PIECE, end - place), place)
                if not piece:
                    raise OSError("the file has become shorter")
                place += len(piece)
                await send({"type": "http.response.body", "body": piece, "more_body": place < end})
            if scope["method"] == "HEAD" or self._part[0] == end:
                await send({"type": "http.response.body", "body": b""})
        finally:
            os.close(self._handle)


def disposition(name: str, *, inline: bool) -> str:
    """What to do with a file, and what it is called (RFC 6266)."""
    plain = re.sub(r'[^ -~]|["\\%]', "_", name)
    return f"{'inline' if inline else 'attachment'}; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"


def _headers(file: File) -> dict[str, str]:
    is_inert = file.type in INERT
    return {
        "content-type": file.type if is_inert else "application/octet-stream",
        "content-disposition": disposition(file.name, inline=is_inert),
        "content-security-policy": _POLICY,
        # Whoever has the address may show and read it: pages of other origins too.
        "cross-origin-resource-policy": "cross-origin",
        "access-control-allow-origin": "*",
        "cache-control": "private, max-age=86400",
        "accept-ranges": "bytes",
        "etag": f'"{file.sha256.hex()}"',
    }


def _part(request: Request, etag: str, size: int) -> Part | None:
    """What of the file is asked for; None when it has nothing of that. Several ranges at once count as none."""
    found = _RANGE.fullmatch(request.headers.get("range", ""))
    condition = request.headers.get("if-range")
    if found is None or found[0] == "bytes=-" or (condition is not None and condition != etag):
        return 0, size
    if not found[1]:
        length = min(int(found[2]), size)
        return (size - length, size) if length else None
    first, last = int(found[1]), int(found[2] or size)
    if last < first:
        return 0, size
    return (first, min(last + 1, size)) if first < size else None


def _matches(header: str | None, etag: str, *, weak: bool) -> bool:
    if header is None:
        return False
    tags = [tag.strip().removeprefix("W/" if weak else "") for tag in header.split(",")]
    return etag in tags or "*" in tags


def _open(path: Path, size: int) -> int:
    handle = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    if os.fstat(handle).st_size != size:
        os.close(handle)
        raise OSError(f"it has not {size} bytes")
    return handle
