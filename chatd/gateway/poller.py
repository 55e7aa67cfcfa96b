"""All parked sockets: one epoll, one task, one send per connection that is owed something."""

from __future__ import annotations

import logging
import os
import select
import ssl
import time
from collections.abc import Callable, Iterable
from typing import TypeVar

import trio

from chatd.gateway.connection import Connection, State
from chatd.gateway.counters import Counters
from chatd.wire import codes
from chatd.wire.codecs import Codec
from chatd.wire.codes import Disconnect

_log = logging.getLogger("chatd.gateway")

RESUME_BYTES = 262_144
# Between two checkpoints of the loop: so many sockets at most, and no new work when this much time has passed.
EVENTS_PER_SLICE = 128
SENDS_PER_SLICE = 512
SLICE_SECONDS = 0.005
# How an end without a closing handshake is counted (RFC 6455, section 7.1.5).
ABNORMAL = 1006

T = TypeVar("T")
On = Callable[[Connection], None]


class Poller:
    """Waits for parked sockets, and sends.

    `readable(connection)` is called when there is something to read, `gone(connection)` once when a connection ends.
    `backlog_limit` is the most bytes that wait for one client, `total_backlog_limit` those for all together.
    `slice_ends` is when the loop has to be given back, on the clock of `time.perf_counter`.
    """

    def __init__(
        self, counters: Counters, readable: On, gone: On, *, backlog_limit: int, total_backlog_limit: int
    ) -> None:
        self.counters = counters
        self._readable = readable
        self._gone = gone
        self._backlog_limit = backlog_limit
        self._total_backlog_limit = total_backlog_limit
        self._epoll = select.epoll()
        self._connections: dict[int, Connection] = {}
        self._dirty: list[Connection] = []
        self._owing = trio.Event()
        # Within a slice of ours what is owed goes out at its end; nobody needs to be woken for it.
        self._in_slice = False
        self._serial = 0
        self.slice_ends = 0.0

    def park(self, fd: int, codec: Codec, address: str = "", tls: ssl.SSLSocket | None = None) -> Connection:
        """Take over a socket whose handshake is done; `tls` wraps it when it is encrypted.

        Raises OSError, and has not taken it.
        """
        self._serial += 1
        connection = Connection(fd, self._serial, codec, address, tls)
        self._epoll.register(connection.fd, select.EPOLLIN)
        self._connections[connection.fd] = connection
        self.counters.connections += 1
        self.counters.accepted += 1
        return connection

    def connections(self) -> list[Connection]:
        """All parked connections."""
        return list(self._connections.values())

    def owe(self, connection: Connection, frame: bytes) -> None:
        """Send a frame to a connection, together with whatever else it will be owed in this slice."""
        if connection.state >= State.CLOSING:
            return
        owed = connection.owed
        if owed is None:
            connection.owed = frame
            self._dirty.append(connection)
            if not self._in_slice:
                self._owing.set()
        elif type(owed) is bytes:
            connection.owed = [owed, frame]
        else:
            owed.append(frame)  # type: ignore[union-attr]

    def owe_all(self, connections: Iterable[Connection], encode: Callable[[Codec], bytes]) -> None:
        """The same publication to many: `encode` makes its frame once for each codec among them."""
        frames: dict[Codec, bytes] = {}
        dirty = self._dirty
        for connection in connections:
            frame = frames.get(connection.codec)
            if frame is None:
                frame = frames[connection.codec] = encode(connection.codec)
            if connection.owed is None and connection.state < State.CLOSING:
                connection.owed = frame
                dirty.append(connection)
            else:
                self.owe(connection, frame)
        if dirty and not self._in_slice:
            self._owing.set()

    def close(self, connection: Connection, why: Disconnect) -> None:
        """Begin the closing handshake; what is owed goes out before it."""
        if connection.state >= State.CLOSING:
            return
        self._count_close(why.code)
        self.owe(connection, connection.codec.closing(why))
        connection.state = State.CLOSING
        if connection.paused:
            connection.paused = 0
            self._watch(connection)
        self._say_gone(connection)

    def fail(self, connection: Connection, why: Disconnect) -> None:
        """Close without waiting for an answer, which could not be read (RFC 6455, section 7.1.7).

        The peer ends the connection when it sees ours ended; closing at once could take our close frame from it.
        """
        self.close(connection, why)
        self._settle(connection)
        if connection.unsent is not None or connection.state is State.CLOSED:
            return
        try:
            connection.end_sending()
        except OSError:
            self.drop(connection)

    def drop(self, connection: Connection, code: int = ABNORMAL) -> None:
        """Close the socket at once; `code` is what is counted when no closing handshake has begun."""
        if connection.state is State.CLOSED:
            return
        was_open = connection.state < State.CLOSING
        connection.state = State.CLOSED
        del self._connections[connection.fd]
        self._epoll.unregister(connection.fd)
        connection.close()
        self._forget_backlog(connection)
        # Some hold on to it for a while, but not to what it was sent or said.
        connection.owed = connection.decoder = None
        # What resumes it later must not touch its number, which may be another's by then.
        connection.paused = 0
        self.counters.connections -= 1
        if was_open:
            self._count_close(code)
            self._say_gone(connection)

    def leave(self, connection: Connection, last: bytes) -> None:
        """The client leaves: send what it is owed and a last frame. For the counters that is a normal end."""
        self.owe(connection, last)
        connection.state = State.CLOSING
        self._count_close(codes.NORMAL.code)
        self._settle(connection)
        self._say_gone(connection)
        self.drop(connection)

    def pause(self, connection: Connection, reason: int) -> None:
        """Stop reading from a connection until every reason to is gone."""
        if connection.state < State.CLOSING:
            connection.paused |= reason
            self._watch(connection)

    def resume(self, connection: Connection, reason: int) -> None:
        """Take back a reason not to read from a connection."""
        if connection.paused & reason:
            connection.paused &= ~reason
            self._watch(connection)

    async def poll_forever(self) -> None:
        """Handle readable and writable sockets until cancelled."""
        while True:
            events = self._epoll.poll(0, EVENTS_PER_SLICE)
            events.reverse()
            if not events:
                await trio.lowlevel.wait_readable(self._epoll.fileno())
            while events:
                self._handle_some(events)
                await trio.lowlevel.checkpoint()

    def _handle_some(self, events: list[tuple[int, int]]) -> None:
        """Handle events, from the end of the list, while the slice lasts; send what is owed for them."""
        self.begin_slice()
        self._in_slice = True
        try:
            while events and time.perf_counter() < self.slice_ends:
                fd, mask = events.pop()
                # A connection that was dropped meanwhile is not there; a new one with its number reads nothing.
                connection = self._connections.get(fd)
                if connection is not None:
                    self.guard(connection, self._handle, mask)
        finally:
            self._in_slice = False
        self.flush(SENDS_PER_SLICE)
        if self._dirty:
            self._owing.set()

    def begin_slice(self) -> None:
        """The loop was given back; a slice of work begins."""
        self.slice_ends = time.perf_counter() + SLICE_SECONDS

    def guard(self, connection: Connection, function: Callable[[Connection, T], None], argument: T) -> None:
        """Do something for a connection; a mistake of ours in it ends that connection and nothing else."""
        try:
            function(connection, argument)
        except Exception:
            _log.exception("a connection failed")
            self.close(connection, codes.SERVER_ERROR)

    async def flush_forever(self) -> None:
        """Send what is owed, in slices, until cancelled."""
        while True:
            await self._owing.wait()
            self._owing = trio.Event()
            while self._dirty:
                self.flush(SENDS_PER_SLICE)
                await trio.lowlevel.checkpoint()

    def flush(self, limit: int) -> None:
        """One send for each of up to `limit` connections that are owed something, oldest debts first."""
        dirty = self._dirty
        if len(dirty) <= limit:
            self._dirty = []
        else:
            self._dirty = dirty[limit:]
            del dirty[limit:]
        write = os.write
        for connection in dirty:
            owed = connection.owed
            # The usual case is in line here: a call more per receiver is felt with thousands of them.
            if type(owed) is not bytes or connection.unsent is not None or connection.tls is not None:
                self._settle(connection)
                continue
            connection.owed = None
            try:
                sent = write(connection.fd, owed)
            except OSError as error:
                self._not_sent(connection, owed, error)
                continue
            if sent != len(owed):
                self._keep(connection, owed[sent:])
        self.counters.sends += len(dirty)

    def close_all(self) -> None:
        """Close every socket and the epoll: the process ends."""
        for connection in self.connections():
            self.drop(connection)
        self._epoll.close()

    def _say_gone(self, connection: Connection) -> None:
        try:
            self._gone(connection)
        except Exception:
            _log.exception("a connection was not forgotten")

    def _count_close(self, code: int) -> None:
        closed = self.counters.closed
        closed[code] = closed.get(code, 0) + 1

    def _handle(self, connection: Connection, mask: int) -> None:
        if mask & select.EPOLLOUT and connection.unsent is not None:
            self._resume(connection)
        if connection.paused and mask & (select.EPOLLHUP | select.EPOLLERR):
            self.drop(connection)
        elif mask & ~select.EPOLLOUT and connection.state is not State.CLOSED:
            self._readable(connection)

    def _settle(self, connection: Connection) -> None:
        """Send all that a connection is owed, in one go."""
        owed = connection.owed
        if owed is None:
            return
        connection.owed = None
        data = owed if isinstance(owed, bytes) else b"".join(owed)
        if connection.unsent is not None:
            self._keep(connection, data)
            return
        try:
            sent = connection.write(data)
        except OSError as error:
            self._not_sent(connection, data, error)
            return
        if sent < len(data):
            self._keep(connection, data[sent:])

    def _not_sent(self, connection: Connection, data: bytes, error: OSError) -> None:
        """A send that the kernel took nothing of: it is full for now, or the peer is gone."""
        if isinstance(error, BlockingIOError):
            self._keep(connection, data)
        else:
            self.drop(connection)

    def _keep(self, connection: Connection, rest: bytes) -> None:
        """Keep what the kernel did not take; a client that is too far behind is closed, and recovers later."""
        unsent = connection.unsent
        if self._is_too_much(len(rest), unsent):
            if unsent is None or connection.state >= State.CLOSING:
                self.drop(connection, codes.SLOW.code)
                return
            # The backlog ends with a whole frame, so the close frame may follow it in the place of `rest`.
            rest = connection.codec.closing(codes.SLOW)
            self._count_close(codes.SLOW.code)
            connection.state = State.CLOSING
            connection.paused = 0
            self._watch(connection)
            self._say_gone(connection)
        self.counters.backlog_bytes += len(rest)
        if unsent is None:
            connection.unsent = bytearray(rest)
            self._watch(connection)
        else:
            unsent += rest

    def _is_too_much(self, more: int, unsent: bytearray | None) -> bool:
        """Whether `more` bytes are too many for this client, or for the memory that all have together."""
        for_all = self.counters.backlog_bytes + more
        return len(unsent or b"") + more > self._backlog_limit or for_all > self._total_backlog_limit

    def _resume(self, connection: Connection) -> None:
        """The kernel takes more: send the backlog, oldest bytes first."""
        unsent = connection.unsent
        assert unsent is not None
        try:
            sent = connection.write(memoryview(unsent)[:RESUME_BYTES])
        except BlockingIOError:
            return
        except OSError:
            self.drop(connection)
            return
        self.counters.backlog_bytes -= sent
        del unsent[:sent]
        if not unsent:
            connection.unsent = None
            self._watch(connection)

    def _forget_backlog(self, connection: Connection) -> None:
        if connection.unsent is not None:
            self.counters.backlog_bytes -= len(connection.unsent)
            connection.unsent = None

    def _watch(self, connection: Connection) -> None:
        mask = 0 if connection.paused else select.EPOLLIN
        if connection.unsent is not None:
            mask |= select.EPOLLOUT
        self._epoll.modify(connection.fd, mask)
