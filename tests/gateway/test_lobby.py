"""Connections whose first request is on its way."""

from __future__ import annotations

import os
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import trio

from chatd.gateway import lobby as module
from chatd.gateway.lobby import TICK_SECONDS, Lobby, Visitor


class Rooms:
    """A lobby that writes down what it says, and visitors of it."""

    def __init__(self) -> None:
        self.told: list[tuple[str, int]] = []
        self.lobby = Lobby(self._heard, self._late, self._gone, seconds=10, linger_seconds=5)

    def visit(self) -> tuple[Visitor, socket.socket]:
        ours, theirs = socket.socketpair()
        ours.setblocking(False)
        visitor = self.lobby.enter(ours.detach(), "192.0.2.1")
        assert visitor is not None
        return visitor, theirs

    @asynccontextmanager
    async def open(self) -> AsyncIterator[None]:
        async with trio.open_nursery() as nursery:
            nursery.start_soon(self.lobby.poll_forever)
            nursery.start_soon(self.lobby.watch_forever)
            yield
            nursery.cancel_scope.cancel()
        self.lobby.close()

    async def until_told(self, what: str) -> None:
        with trio.fail_after(60):
            while what not in [kind for kind, _ in self.told]:
                await trio.sleep(TICK_SECONDS)

    def _heard(self, visitor: Visitor) -> None:
        if self.lobby.read(visitor):
            self.told.append((visitor.head.decode(), visitor.fd))

    def _late(self, visitor: Visitor) -> None:
        self.told.append(("late", visitor.fd))
        self.lobby.dismiss(visitor, b"too late")

    def _gone(self, visitor: Visitor) -> None:
        self.told.append(("gone", visitor.fd))


async def test_a_head_grows_until_somebody_takes_its_visitor(autojump_clock: object) -> None:
    rooms = Rooms()
    async with rooms.open():
        visitor, theirs = rooms.visit()
        theirs.send(b"GET ")
        await rooms.until_told("GET ")
        theirs.send(b"/")
        await rooms.until_told("GET /")
        fd = rooms.lobby.release(visitor)
        assert (fd, len(rooms.lobby), rooms.lobby.leaving) == (visitor.fd, 0, 0)
        theirs.send(b"more")
        await trio.sleep(20)
        assert rooms.told[-1] == ("GET /", fd)
        os.close(fd)
        theirs.close()


async def test_who_is_late_hears_so_and_has_a_moment_to_leave(autojump_clock: object) -> None:
    rooms = Rooms()
    async with rooms.open():
        visitor, theirs = rooms.visit()
        await rooms.until_told("late")
        assert (len(rooms.lobby), rooms.lobby.leaving) == (0, 1)
        assert theirs.recv(100) == b"too late"
        assert theirs.recv(100) == b""
        theirs.send(b"I go on talking")
        await trio.sleep(1)
        assert rooms.told == [("late", visitor.fd)]
        theirs.close()
        await rooms.until_told("gone")
        assert rooms.lobby.leaving == 0


async def test_who_does_not_leave_is_left(autojump_clock: object) -> None:
    rooms = Rooms()
    async with rooms.open():
        visitor, theirs = rooms.visit()
        await rooms.until_told("gone")
        assert rooms.told == [("late", visitor.fd), ("gone", visitor.fd)]
        theirs.close()


async def test_a_crowd_that_is_late_gives_the_loop_back(autojump_clock: object) -> None:
    rooms = Rooms()
    async with rooms.open():
        visitors = [rooms.visit() for _ in range(2 * module.EVENTS_PER_SLICE + 1)]
        await rooms.until_told("gone")
        await trio.sleep(10)
        for kind in ("late", "gone"):
            assert sorted(fd for told, fd in rooms.told if told == kind) == sorted(each.fd for each, _ in visitors)
        for _, theirs in visitors:
            theirs.close()


async def test_the_heads_of_all_are_bounded(autojump_clock: object) -> None:
    rooms = Rooms()
    async with rooms.open():
        visitor, theirs = rooms.visit()
        assert not rooms.lobby.is_full
        rooms.lobby._bytes = module.MAX_BYTES
        theirs.send(b"x")
        await rooms.until_told("x")
        assert rooms.lobby.is_full
        rooms.lobby.drop(visitor)
        assert rooms.lobby._bytes == module.MAX_BYTES
        theirs.close()


async def test_a_socket_that_cannot_be_watched_is_closed(autojump_clock: object) -> None:
    rooms = Rooms()
    async with rooms.open():
        # A directory has no readiness (epoll_ctl(2), EPERM).
        fd = os.open(".", os.O_RDONLY)
        assert rooms.lobby.enter(fd, "192.0.2.1") is None
        assert rooms.told == [("gone", fd)]
        assert len(rooms.lobby) == 0
