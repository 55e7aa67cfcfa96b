"""A server for the test suites of client libraries, made of chatd's own parts around a handler that allows nearly all.

Usage: python permissive.py ADDRESS:PORT. Prints a line when it listens.
"""

from __future__ import annotations

import sys

import trio
from permissive_handler import Permissive

from chatd.config import Config, Gateway, Server
from chatd.errors import StartError
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
from chatd.gateway.session import Session
from chatd.gateway.sockets import open_listeners
from chatd.wire.handshake import refusal

# All clients of a suite are few users, and quick.
PER_SECOND = 100_000


class PermissiveServer:
    """The parts, joined."""

    def __init__(self, config: Config) -> None:
        gateway = config.gateway
        counters = Counters()
        self._config = config
        self._poller = Poller(
            counters,
            lambda connection: self._reader.read(connection),
            self._gone,
            backlog_limit=gateway.backlog_bytes,
            total_backlog_limit=gateway.total_backlog_bytes,
        )
        rates = CommandRates(PER_SECOND, PER_SECOND)
        self._liveness = Liveness(gateway, self._poller)
        self._handler = Permissive(self._poller, self._liveness.opened, gateway.ping_seconds)
        self._session = Session(self._poller, self._handler, rates)
        self._reader = Reader(
            self._poller,
            self._session.receive,
            rates,
            gateway.max_message_bytes,
            gateway.total_backlog_bytes,
        )
        self._admission = Admission(config, counters, Proxies(config.server.proxies))
        self._jobs = (
            self._poller.poll_forever,
            self._poller.flush_forever,
            self._session.continue_forever,
            self._liveness.watch_forever,
            rates.turn_forever,
        )

    async def run(self) -> None:
        """Serve until killed. Raises StartError."""
        listeners = await open_listeners(self._config.server)
        opening = Opening(
            self._config, self._poller, self._admission, None, Onward(self._liveness.parked, _no_streams, _no_pages)
        )
        async with trio.open_nursery() as nursery:
            listener = Listener(self._config.gateway, self._poller, self._admission, opening, nursery)
            for job in (*self._jobs, listener.lobby.poll_forever, listener.lobby.watch_forever):
                nursery.start_soon(job)
            for each in listeners:
                nursery.start_soon(accept_forever, each, listener.arrived)
            print("listening", flush=True)

    def _gone(self, connection: Connection) -> None:
        self._handler.gone(connection)
        self._admission.leave(connection.address)
        self._reader.forget(connection)
        self._liveness.closing(connection)


def _no_streams(connection: Connection, commands: bytes) -> None:
    """Such a client says nothing that counts, and is closed when it has not logged in in time."""


async def _no_pages(stream: Stream, head: bytes, peer: str) -> None:
    await stream.send_all(refusal(400, "only WebSockets are served here", None))


async def _main(listen: str) -> None:
    server = PermissiveServer(Config(server=Server(listen=listen), gateway=Gateway(ping_seconds=25)))
    try:
        await server.run()
    except StartError as error:
        sys.exit(error.message)


if __name__ == "__main__":
    trio.run(_main, sys.argv[1])
