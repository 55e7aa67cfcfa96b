"""Listening on a Unix socket, for a proxy on the same machine."""

from __future__ import annotations

import os
import shutil
import socket
import stat
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import trio

from chatd.config import Config, Server
from chatd.errors import StartError
from chatd.gateway.sockets import close_unix, open_listeners
from tests.gateway.client import UPGRADE, Client, masked
from tests.gateway.conftest import Start

HEALTH = b"GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"


@pytest.fixture
def path() -> Iterator[Path]:
    """Short: the kernel takes about a hundred characters."""
    with tempfile.TemporaryDirectory(dir="/tmp") as directory:
        yield Path(directory) / "chatd.sock"


async def bind(path: Path) -> trio.SocketListener:
    (listener,) = await open_listeners(Server(listen=f"unix:{path}"))
    return listener


async def ask(path: Path, said: bytes) -> bytes:
    """The head of the answer to a new connection."""
    client = Client(await trio.open_unix_socket(path))
    await client.send(said)
    return await client.head()


async def test_only_owner_and_group_may_connect(path: Path) -> None:
    before = os.umask(0o000)
    try:
        async with await bind(path):
            assert stat.S_IMODE(path.stat().st_mode) == 0o660
        assert os.umask(0o000) == 0o000
    finally:
        os.umask(before)


async def test_what_a_dead_server_left_is_removed(path: Path) -> None:
    await (await bind(path)).aclose()
    assert path.is_socket()
    async with await bind(path) as listener, await trio.open_unix_socket(path):
        await (await listener.accept()).aclose()


async def test_a_server_that_is_there_keeps_its_socket(path: Path) -> None:
    async with await bind(path):
        with pytest.raises(StartError, match="another process listens there"):
            await bind(path)
        await (await trio.open_unix_socket(path)).aclose()


async def test_a_server_that_is_busy_keeps_its_socket(path: Path) -> None:
    busy = socket.socket(socket.AF_UNIX)
    crowd = []
    with busy:
        busy.bind(str(path))
        busy.listen(0)
        try:
            for _ in range(10):
                client = socket.socket(socket.AF_UNIX)
                client.setblocking(False)
                crowd.append(client)
                if client.connect_ex(str(path)):
                    break
            with pytest.raises(StartError, match="another process listens there"):
                await bind(path)
            assert path.is_socket()
        finally:
            for client in crowd:
                client.close()


@pytest.mark.parametrize("kind", ["file", "directory", "link to a file", "dangling link"])
async def test_what_is_no_socket_is_not_touched(path: Path, kind: str) -> None:
    if kind == "directory":
        path.mkdir()
    elif kind == "file":
        path.write_text("precious")
    else:
        other = path.with_name("other")
        path.symlink_to(other)
        if kind == "link to a file":
            other.write_text("precious")
    with pytest.raises(StartError, match=f"cannot listen on unix:{path}.*is no socket"):
        await bind(path)
    assert path.is_symlink() or path.is_dir() or path.read_text() == "precious"


@pytest.mark.parametrize("where", ["/nowhere/at/all/chatd.sock", "/tmp/" + "x" * 200])
async def test_where_no_socket_can_be(where: str) -> None:
    with pytest.raises(StartError, match="cannot listen on unix:/"):
        await bind(Path(where))


async def test_it_is_removed_at_the_end(path: Path) -> None:
    listener = await bind(path)
    close_unix(Server(listen=f"unix:{path}"))
    assert not path.exists()
    close_unix(Server(listen=f"unix:{path}"))
    close_unix(Config().server)
    await listener.aclose()


async def test_http_and_websocket(start: Start, path: Path) -> None:
    await start(server={"listen": f"unix:{path}"})
    assert (await ask(path, HEALTH)).startswith(b"HTTP/1.1 200 ")
    client = Client(await trio.open_unix_socket(path))
    await client.send(UPGRADE + b"\r\n")
    assert (await client.head()).startswith(b"HTTP/1.1 101 ")
    await client.send(masked(1, b"not json"))
    assert await client.closed() == 3501


@pytest.mark.skipif(shutil.which("curl") is None, reason="needs curl")
async def test_curl(start: Start, path: Path) -> None:
    await start(server={"listen": f"unix:{path}"})
    done = await trio.run_process(
        ["curl", "-sS", "--unix-socket", str(path), "http://localhost/healthz"], capture_stdout=True
    )
    assert done.stdout == b'{"status":"ok"}'


@pytest.mark.parametrize(
    ("proxies", "counted"),
    [(("unix",), [b"101", b"429", b"101"]), ((), [b"101", b"101", b"101"])],
    ids=["believed", "not believed"],
)
async def test_whom_a_proxy_names(start: Start, path: Path, proxies: tuple[str, ...], counted: list[bytes]) -> None:
    """Peers have no address of their own: who may not name one is not counted."""
    options: dict[str, Any] = {"listen": f"unix:{path}", "proxies": proxies}
    await start(server=options, max_connections_per_address=1, authentication_seconds=30)
    clients = [Client(await trio.open_unix_socket(path)) for _ in range(3)]
    for client, host, status in zip(clients, ("9", "9", "10"), counted, strict=True):
        await client.send(UPGRADE + f"X-Forwarded-For: 203.0.113.{host}\r\n\r\n".encode())
        assert (await client.head())[9:12] == status


async def test_a_proxy_header(start: Start, path: Path) -> None:
    await start(server={"listen": f"unix:{path}", "proxy_protocol": True})
    assert (await ask(path, b"PROXY UNKNOWN\r\n" + HEALTH)).startswith(b"HTTP/1.1 200 ")
    with pytest.raises(EOFError):
        await ask(path, HEALTH)
