"""Connections whose first request is on its way: no task for each, one epoll for all, as for parked sockets.

Whoever says nothing, or half of something, costs a file and a small object until the deadline.
"""

from __future__ import annotations

import itertools
import logging
import os
import select
import time
from collections.abc import Callable

import trio

from chatd.gateway.sockets import end_sending

_log = logging.getLogger("chatd.gateway")

READ_BYTES = 16_384
EVENTS_PER_SLICE = 128
SLICE_SECONDS = 0.005
TICK_SECONDS = 0.5
# Of all heads that are not complete.
MAX_BYTES = 64 * 2**20


class Visitor:
    """A connection in the lobby. `head` is what it has said, `peer` its address; who is `leaving` was refused."""

    __slots__ = ("deadline", "fd", "head", "leaving", "peer")

    def __init__(self, fd: int, peer: str, deadline: float) -> None:
        self.fd = fd
        self.peer = peer
        self.deadline = deadline
        self.head = b""
        self.leaving = False


class Lobby:
    """Reads what visitors say first.

    `heard(visitor)` is called when there is something to read, `late(visitor)` when `seconds` have passed,
    `gone(visitor)` when it has hung up or was sent away.
    """

    def __init__(
        self,
        heard: Callable[[Visitor], None],
        late: Callable[[Visitor], None],
        gone: Callable[[Visitor], None],
        *,
        seconds: float,
        linger_seconds: float,
    ) -> None:
        self._heard = heard
        self._late = late
        self._gone = gone
        self._seconds = seconds
        self._linger_seconds = linger_seconds
        self._epoll = select.epoll()
        self._visitors: dict[int, Visitor] = {}
        # Those that were refused; both are in the order of their deadlines.
        self._leaving: dict[int, Visitor] = {}
        self._bytes = 0

    def __len__(self) -> int:
        """How many are here whose request is awaited."""
        return len(self._visitors)

    @property
    def leaving(self) -> int:
        """How many were refused and have not hung up yet."""
        return len(self._leaving)

    @property
    def is_full(self) -> bool:
        """Whether the heads that are not complete take all the memory they may."""
        return self._bytes > MAX_BYTES

    def enter(self, fd: int, peer: str) -> Visitor | None:
        """Await the request of a connection that was accepted; None when the kernel watches no more of them."""
        visitor = Visitor(fd, peer, trio.current_time() + self._seconds)
        try:
            self._epoll.register(fd, select.EPOLLIN)
        except OSError as error:
            _log.warning("no room for another connection", extra={"error": str(error)})
            os.close(fd)
            self._gone(visitor)
            return None
        self._visitors[fd] = visitor
        return visitor

    def release(self, visitor: Visitor) -> int:
        """Let a visitor go on elsewhere; its socket, which is not ours any more."""
        self._forget(visitor)
        return visitor.fd

    def read(self, visitor: Visitor) -> bool:
        """Add what has arrived to the head; False when nothing came, or the visitor is gone."""
        try:
            data = os.read(visitor.fd, READ_BYTES)
        except BlockingIOError:
            return False
        except OSError:
            data = b""
        if not data:
            self.drop(visitor)
            return False
        visitor.head += data
        self._bytes += len(data)
        return True

    def dismiss(self, visitor: Visitor, answer: bytes) -> None:
        """Send a last answer, and give the visitor a moment to read it before the connection ends.

        Closing at once would take the answer away from a peer that is still sending (RFC 9112, section 9.6).
        """
        try:
            os.write(visitor.fd, answer)
            end_sending(visitor.fd)
        except OSError:
            self.drop(visitor)
            return
        del self._visitors[visitor.fd]
        self._leaving[visitor.fd] = visitor
        visitor.leaving = True
        self._discard_head(visitor)
        visitor.deadline = trio.current_time() + self._linger_seconds

    def drop(self, visitor: Visitor) -> None:
        """Close the socket at once."""
        self._forget(visitor)
        os.close(visitor.fd)
        self._gone(visitor)

    async def poll_forever(self) -> None:
        """Attend to those who say something, until cancelled."""
        while True:
            await trio.lowlevel.wait_readable(self._epoll.fileno())
            ends = time.perf_counter() + SLICE_SECONDS
            for fd, _ in self._epoll.poll(0, EVENTS_PER_SLICE):
                if time.perf_counter() > ends:
                    await trio.lowlevel.checkpoint()
                    ends = time.perf_counter() + SLICE_SECONDS
                self._attend(fd)

    async def watch_forever(self) -> None:
        """Send away those whose time is over, until cancelled."""
        while True:
            await trio.sleep(TICK_SECONDS)
            await self._send_away(self._visitors, self._late)
            await self._send_away(self._leaving, self.drop)

    def close(self) -> None:
        """Close every socket, and the epoll."""
        for visitor in [*self._visitors.values(), *self._leaving.values()]:
            self.drop(visitor)
        self._epoll.close()

    async def _send_away(self, waiting: dict[int, Visitor], end: Callable[[Visitor], None]) -> None:
        now = trio.current_time()
        late = list(itertools.takewhile(lambda visitor: visitor.deadline <= now, waiting.values()))
        for count, visitor in enumerate(late, 1):
            if waiting.get(visitor.fd) is visitor:
                end(visitor)
            if count % EVENTS_PER_SLICE == 0:
                await trio.lowlevel.checkpoint()

    def _attend(self, fd: int) -> None:
        visitor = self._visitors.get(fd) or self._leaving.get(fd)
        if visitor is None:
            return
        if visitor.leaving:
            if self.read(visitor):
                self._discard_head(visitor)
            return
        try:
            self._heard(visitor)
        except Exception:
            _log.exception("a connection failed")
            if self._visitors.get(fd) is visitor:
                self.drop(visitor)

    def _forget(self, visitor: Visitor) -> None:
        del (self._leaving if visitor.leaving else self._visitors)[visitor.fd]
        self._epoll.unregister(visitor.fd)
        self._bytes -= len(visitor.head)

    def _discard_head(self, visitor: Visitor) -> None:
        self._bytes -= len(visitor.head)
        visitor.head = b""
