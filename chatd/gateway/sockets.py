"""Listening sockets: TCP, or a Unix socket for a proxy on the same machine; and how a socket ends."""

from __future__ import annotations

import errno
import os
import socket
import stat
from pathlib import Path

import trio

from chatd.config import Server
from chatd.errors import StartError

BACKLOG = 4096
# A peer that takes nothing for this long is cut off by the kernel, milliseconds.
USER_TIMEOUT_MS = 30_000
# So much the kernel keeps for a peer that does not take it yet, beside what is under way. The rest is for the backlog,
# which is limited and counted; without this the kernel would take megabytes.
UNSENT_BYTES = 131_072
# Who is in the group may connect.
UNIX_MODE = 0o660


async def open_listeners(server: Server) -> list[trio.SocketListener]:
    """What the configuration says, with options that accepted sockets inherit. Raises StartError."""
    try:
        if server.unix_path is not None:
            return [_open_unix(server.unix_path)]
        return await _open_tcp(server.host, server.port)
    except OSError as error:
        raise StartError(f"cannot listen on {server.listen}: {error}") from error


async def _open_tcp(host: str, port: int) -> list[trio.SocketListener]:
    listeners = await trio.open_tcp_listeners(port, host=host, backlog=BACKLOG)
    for listener in listeners:
        listener.socket.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
        listener.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, USER_TIMEOUT_MS)
        listener.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        listener.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NOTSENT_LOWAT, UNSENT_BYTES)
    return listeners


def close_unix(server: Server) -> None:
    """Remove our Unix socket, if there is one: nobody should connect any more."""
    if server.unix_path is not None:
        server.unix_path.unlink(missing_ok=True)


def _open_unix(path: Path) -> trio.SocketListener:
    _remove_stale(path)
    raw = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        # Nobody may connect before the mode is set.
        before = os.umask(0o777)
        try:
            raw.bind(str(path))
        finally:
            os.umask(before)
        path.chmod(UNIX_MODE)
        raw.listen(BACKLOG)
    except OSError:
        raw.close()
        raise
    raw.setblocking(False)
    return trio.SocketListener(trio.socket.from_stdlib_socket(raw))


def end_sending(fd: int) -> None:
    """Say on a socket that nothing more comes; the peer reads what is on its way to it. Raises OSError."""
    raw = socket.socket(fileno=fd)
    try:
        raw.shutdown(socket.SHUT_WR)
    finally:
        raw.detach()


def _remove_stale(path: Path) -> None:
    """Remove a socket that nobody listens on; anything else that is in the way is not ours. Raises OSError."""
    try:
        mode = path.lstat().st_mode
    except FileNotFoundError:
        return
    if not stat.S_ISSOCK(mode):
        raise OSError(errno.EEXIST, "the file exists and is no socket")
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as probe:
        # A listener that is busy or not ours does not let us in either: only a refusal says that nobody is there.
        probe.setblocking(False)
        if probe.connect_ex(str(path)) != errno.ECONNREFUSED:
            raise OSError(errno.EADDRINUSE, "another process listens there")
    path.unlink()
