"""Downloads: what they write, and what they refuse."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest
import trio

from chatd.client import NotLoaded, Refused, Unreachable
from chatd.client.files import Files
from chatd.client.tokens import Tokens

WHOLE = b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\ntea"
CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\ntea\r\n0\r\n\r\n"
CUT_OFF = b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\ntea"
MISSING = b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"
NOBODY = "http://127.0.0.1:1"


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    """A file that is there already."""
    path = tmp_path / "tea"
    path.write_bytes(b"mine")
    return path


class Server:
    """Gives everybody the same answer."""

    def __init__(self) -> None:
        self.answer = WHOLE
        self.origin = ""

    async def serve(self, stream: trio.SocketStream) -> None:
        """One connection."""
        await stream.receive_some()
        await stream.send_all(self.answer)
        await stream.aclose()


@pytest.fixture
async def server(nursery: trio.Nursery) -> Server:
    """At its address."""
    server = Server()
    listeners = await nursery.start(partial(trio.serve_tcp, server.serve, 0, host="127.0.0.1"))
    server.origin = f"http://127.0.0.1:{listeners[0].socket.getsockname()[1]}"
    return server


async def test_a_whole_file_takes_the_place(server: Server, mine: Path) -> None:
    await Files(server.origin, Tokens("t")).download("/file", mine)
    assert mine.read_bytes() == b"tea"
    assert list(mine.parent.iterdir()) == [mine]


@pytest.mark.parametrize(("answer", "kind"), [(MISSING, Refused), (CUT_OFF, Unreachable)])
async def test_what_fails_leaves_the_file_as_it_was(
    server: Server, mine: Path, answer: bytes, kind: type[Exception]
) -> None:
    server.answer = answer
    with pytest.raises(kind):
        await Files(server.origin, Tokens("t")).download("/file", mine)
    assert mine.read_bytes() == b"mine"
    assert list(mine.parent.iterdir()) == [mine]


async def test_a_server_that_is_down_leaves_the_file_as_it_was(mine: Path) -> None:
    with pytest.raises(Unreachable):
        await Files(NOBODY, Tokens("t")).download("/file", mine)
    assert mine.read_bytes() == b"mine"


@pytest.mark.parametrize("answer", [WHOLE, CHUNKED])
async def test_what_is_too_large_is_not_loaded(server: Server, mine: Path, answer: bytes) -> None:
    server.answer = answer
    files = Files(server.origin, Tokens("t"))
    with pytest.raises(NotLoaded):
        await files.download("/file", mine, max_bytes=2)
    assert list(mine.parent.iterdir()) == [mine]
    await files.download("/file", mine, max_bytes=3)
    assert mine.read_bytes() == b"tea"


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:2/file", "//example.com/file", "https://127.0.0.1:1/", "http://[", "file:///a"]
)
async def test_what_is_elsewhere_is_not_loaded(mine: Path, url: str) -> None:
    with pytest.raises(NotLoaded):
        await Files(NOBODY, Tokens("t")).download(url, mine)


async def test_what_is_elsewhere_is_loaded_when_it_may_be(server: Server, mine: Path) -> None:
    await Files(NOBODY, Tokens("t")).download(f"{server.origin}/file", mine, elsewhere=True)
    assert mine.read_bytes() == b"tea"
