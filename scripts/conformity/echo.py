"""An echo server made of chatd's own listener, poller, reader and timing wheel; it has no login and no commands.

Usage: python echo.py. Prints its port.
"""

from __future__ import annotations

import trio

from chatd.config import Config, Gateway, Server
from chatd.gateway.accepting import accept_forever
from chatd.gateway.admission import Admission
from chatd.gateway.connection import Connection
from chatd.gateway.counters import Counters
from chatd.gateway.listener import Listener
from chatd.gateway.liveness import Liveness
from chatd.gateway.opening import Onward, Opening, Stream
from chatd.gateway.poller import Poller
from chatd.gateway.proxies import Proxies
from chatd.gateway.rates import CommandRates
from chatd.gateway.reader import Reader
from chatd.gateway.sockets import open_listeners
from chatd.wire.frames import Frame, encode_frame

# The suite sends messages of up to 16 MiB, and thousands of frames at once.
MESSAGE_BYTES = 32 << 20
BACKLOG_BYTES = 128 << 20
PER_SECOND = 10_000_000

CONFIG = Config(
    server=Server(listen="127.0.0.1:0"),
    gateway=Gateway(
        max_message_bytes=MESSAGE_BYTES,
        backlog_bytes=BACKLOG_BYTES,
        total_backlog_bytes=2 * BACKLOG_BYTES,
        commands_per_second=PER_SECOND,
        commands_per_second_and_user=PER_SECOND,
    ),
)


class EchoReader(Reader):
    """Sends each message back as what it came: text or binary."""

    def __init__(self, poller: Poller) -> None:
        rates = CommandRates(PER_SECOND, PER_SECOND)
        super().__init__(poller, self._echo, rates, MESSAGE_BYTES, 2 * BACKLOG_BYTES)
        self._opcode = 0

    def _take(self, connection: Connection, frames: list[Frame]) -> None:
        for frame in frames:
            self._opcode = frame.opcode
            super()._take(connection, [frame])

    def _echo(self, connection: Connection, payload: bytes) -> None:
        self._poller.owe(connection, encode_frame(self._opcode, payload))


class EchoServer:
    """The parts, joined."""

    def __init__(self) -> None:
        counters = Counters()
        self._poller = Poller(
            counters,
            lambda connection: self._reader.read(connection),
            self._gone,
            backlog_limit=BACKLOG_BYTES,
            total_backlog_limit=2 * BACKLOG_BYTES,
        )
        self._reader = EchoReader(self._poller)
        self._liveness = Liveness(CONFIG.gateway, self._poller)
        self._admission = Admission(CONFIG, counters, Proxies(CONFIG.server.proxies))

    def _gone(self, connection: Connection) -> None:
        self._reader.forget(connection)
        self._liveness.closing(connection)

    async def run(self) -> None:
        """Print the port and serve until killed."""
        listeners = await open_listeners(CONFIG.server)
        print(listeners[0].socket.getsockname()[1], flush=True)
        onward = Onward(_nothing_to_do, _nothing_to_do, _no_http)
        opening = Opening(CONFIG, self._poller, self._admission, None, onward)
        async with trio.open_nursery() as nursery:
            listener = Listener(CONFIG.gateway, self._poller, self._admission, opening, nursery)
            for job in (self._poller.poll_forever, self._poller.flush_forever, self._liveness.watch_forever):
                nursery.start_soon(job)
            nursery.start_soon(listener.lobby.poll_forever)
            for each in listeners:
                nursery.start_soon(accept_forever, each, listener.arrived)


def _nothing_to_do(connection: Connection, commands: bytes = b"") -> None:
    """Nobody logs in here."""


async def _no_http(stream: Stream, head: bytes, peer: str) -> None:
    await trio.lowlevel.checkpoint()


async def _main() -> None:
    await EchoServer().run()


if __name__ == "__main__":
    trio.run(_main)
