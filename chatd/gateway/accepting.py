"""Taking connections from a listening socket."""

from __future__ import annotations

import errno
import logging
import os
import socket
import sys
from collections.abc import Callable

import trio

_log = logging.getLogger("chatd.gateway")

ACCEPTS_PER_SLICE = 64
# When the machine or the process has no room for another socket, wait for one to be closed.
PAUSE_SECONDS = 0.1
_FULL = frozenset({errno.EMFILE, errno.ENFILE, errno.ENOBUFS, errno.ENOMEM})

Arrived = Callable[[int, str], None]


async def accept_forever(listener: trio.SocketListener, arrived: Arrived) -> None:
    """Call `arrived(fd, address)` for each connection, until cancelled; the socket does not block.

    The address is the peer's IP, empty on a Unix socket. What keeps one connection from being accepted, such as a peer
    that has gone already, is passed over (accept(2), "Error handling").
    """
    sock = listener.socket
    raw = socket.socket(sock.family, sock.type, sock.proto, fileno=sock.fileno())
    try:
        while True:
            await trio.lowlevel.wait_readable(raw)
            error = _accept_some(raw, arrived)
            if error is None:
                await trio.lowlevel.checkpoint()
            else:
                _log.warning("no room for another connection", extra={"error": str(error)})
                await trio.sleep(PAUSE_SECONDS)
    finally:
        raw.detach()


def _accept_some(raw: socket.socket, arrived: Arrived) -> OSError | None:
    """Accept those who wait, a slice of them; the error when there is no room for more."""
    for _ in range(ACCEPTS_PER_SLICE):
        try:
            accepted, name = raw.accept()
        except BlockingIOError:
            return None
        except OSError as error:
            if error.errno in _FULL:
                return error
            continue
        fd = accepted.detach()
        os.set_blocking(fd, False)
        # The same text for all connections of an address.
        arrived(fd, sys.intern(name[0]) if isinstance(name, tuple) else "")
    return None
