"""Files, over HTTP: to the server before a message names them, and from it."""

from __future__ import annotations

import mimetypes
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import httpx
import trio

from chatd.client.failures import Failure, NotLoaded, Refused, Unreachable
from chatd.client.schema import User
from chatd.client.tokens import Tokens

FILES, PICTURE = "/client/v1/files", "/client/v1/avatar"
PIECE_BYTES = 64 * 1024
# Of a download, when nothing else is said.
MOST_BYTES = 1024**3
# A piece that does not get through within so many seconds means that the connection is gone.
SILENCE_SECONDS = 30.0
UNAUTHORIZED = 401
TOO_MANY_REQUESTS = 429

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Upload:
    """Bytes that are to be a file, or the path of one. `type` is guessed from the name when it is not said."""

    content: bytes | Path
    name: str = ""
    type: str = ""

    @property
    def shown_name(self) -> str:
        """How it is called."""
        return self.name or (self.content.name if isinstance(self.content, Path) else "file")

    @property
    def media_type(self) -> str:
        """What it is."""
        return self.type or mimetypes.guess_type(self.shown_name)[0] or "application/octet-stream"

    async def size(self) -> int:
        """In bytes."""
        if isinstance(self.content, bytes):
            return len(self.content)
        return (await trio.Path(self.content).stat()).st_size

    async def pieces(self) -> AsyncIterator[bytes]:
        """One after the other."""
        if isinstance(self.content, bytes):
            for at in range(0, len(self.content), PIECE_BYTES):
                yield self.content[at : at + PIECE_BYTES]
            return
        async with await trio.open_file(self.content, "rb") as file:
            while piece := await file.read(PIECE_BYTES):
                yield piece


class Files:
    """Of one person. `progress(done, all)` is told bytes; whoever cancels gives it up."""

    def __init__(self, origin: str, tokens: Tokens) -> None:
        self._origin = origin
        self._tokens = tokens

    async def upload(self, file: Upload, progress: Progress | None = None) -> str:
        """The file_id of a file that is on the server's disk now. Raises a Failure."""
        answer = await self._send(FILES, file, progress or _nothing)
        file_id: str = answer.json()["file_id"]
        return file_id

    async def set_picture(self, file: Upload) -> User:
        """Have it as the person's own; who they are then. Raises a Failure."""
        answer = await self._send(PICTURE, file, _nothing)
        user: User = answer.json()
        return user

    async def download(
        self,
        url: str,
        to: Path,
        progress: Progress | None = None,
        *,
        max_bytes: int = MOST_BYTES,
        elsewhere: bool = False,
    ) -> None:
        """Load the file at the `url` that a message names. Until all of it is there, nothing changes at `to`.

        Raises a Failure; NotLoaded when it has more bytes, or is not at the server and may not be `elsewhere`.
        """
        address, whole = self._address(url, elsewhere=elsewhere), trio.Path(to)
        partial = whole.with_name(f".{uuid4().hex}.part")
        try:
            await _load(address, partial, max_bytes, progress or _nothing)
            await partial.replace(whole)
        except httpx.TransportError as error:
            raise Unreachable(f"The file was not loaded: {error}") from error
        finally:
            with trio.CancelScope(shield=True):
                await partial.unlink(missing_ok=True)

    def _address(self, url: str, *, elsewhere: bool) -> httpx.URL:
        origin = httpx.URL(self._origin)
        try:
            address = origin.join(url)
        except (ValueError, httpx.InvalidURL) as error:
            raise NotLoaded(f"{url} is no address: {error}") from error
        if not elsewhere and _place(address) != _place(origin):
            raise NotLoaded(f"{url} is not at the server.")
        return address

    async def _send(self, path: str, file: Upload, progress: Progress) -> httpx.Response:
        token = await self._tokens.current()
        answer = await self._post(path, file, token, progress)
        if answer.status_code == UNAUTHORIZED:  # too old: once more with a new one
            self._tokens.spoil(token)
            answer = await self._post(path, file, await self._tokens.current(), progress)
        if not answer.is_success:
            raise refusal(answer)
        return answer

    async def _post(self, path: str, file: Upload, token: str, progress: Progress) -> httpx.Response:
        size = await file.size()
        headers = {"Authorization": f"Bearer {token}", "Content-Type": file.media_type, "Content-Length": str(size)}
        content = _counted(file.pieces(), size, progress)
        try:
            async with httpx.AsyncClient(base_url=self._origin, timeout=SILENCE_SECONDS) as client:
                return await client.post(path, params={"name": file.shown_name}, headers=headers, content=content)
        except httpx.TransportError as error:
            raise Unreachable(f"The file was not sent: {error}") from error


async def _load(address: httpx.URL, to: trio.Path, max_bytes: int, progress: Progress) -> None:
    async with httpx.AsyncClient(timeout=SILENCE_SECONDS) as client, client.stream("GET", address) as answer:
        if not answer.is_success:
            await answer.aread()
            raise refusal(answer)
        size = int(answer.headers.get("Content-Length", 0))
        _bound(size, max_bytes)
        async with await to.open("xb") as file:
            done = 0
            async for piece in _counted(answer.aiter_bytes(PIECE_BYTES), size, progress):
                done += len(piece)
                _bound(done, max_bytes)
                await file.write(piece)


def _bound(size: int, most: int) -> None:
    if size > most:
        raise NotLoaded(f"The file has more than {most} bytes.")


def _place(address: httpx.URL) -> tuple[str, str, int | None]:
    return address.scheme, address.host, address.port


async def _counted(pieces: AsyncIterator[bytes], size: int, progress: Progress) -> AsyncIterator[bytes]:
    done = 0
    async for piece in pieces:
        yield piece
        done += len(piece)
        progress(done, size)


def refusal(answer: httpx.Response) -> Failure:
    """What an HTTP answer that is none of success means."""
    try:
        body = answer.json()
        code, message = int(body["code"]), str(body["message"])
    except (ValueError, KeyError, TypeError):
        code, message = 0, f"The server answers {answer.status_code}."
    status = answer.status_code
    wait = answer.headers.get("Retry-After") or answer.headers.get("X-RateLimit-RetryAfter", "")
    return Refused.of(code)(
        message,
        code=code,
        status=status,
        temporary=status == TOO_MANY_REQUESTS or status >= 500,
        retry_after=float(wait) if wait.isdigit() else 0.0,
    )


def _nothing(done: int, size: int) -> None:
    """Nobody wants to know."""
