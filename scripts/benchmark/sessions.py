"""Sessions in process on sockets that are only numbers: what chatd itself keeps for each, and how that grows."""

from __future__ import annotations

import argparse
import gc
import tempfile
import time
from pathlib import Path

import trio
from server import private_bytes

from chatd.config import Gateway
from chatd.domain.tenants import applications
from chatd.gateway.connection import Connection, State
from chatd.gateway.counters import Counters
from chatd.gateway.hub import Hub
from chatd.gateway.liveness import Liveness
from chatd.gateway.poller import Poller
from chatd.model import Actor
from chatd.store.store import Store
from chatd.wire.codecs import WEBSOCKET_JSON

STEPS = 4
HOUR_MS = 3_600_000


class Stub:
    """Stands in for the epoll: there are no sockets."""

    def register(self, fd: int, mask: int) -> None:
        """Nothing to watch."""


class World:
    """The parts of a gateway that know sessions."""

    def __init__(self, store: Store) -> None:
        self._application = store.write_now(0, applications.ensure_main).number
        store.refresh()
        counters = Counters()
        self._poller = Poller(counters, _nothing, _nothing, backlog_limit=1 << 20, total_backlog_limit=1 << 28)
        self._poller._epoll.close()
        self._poller._epoll = Stub()  # type: ignore[assignment]
        self._hub = Hub(store, counters, self._poller.owe_all, self._poller.close)
        self._liveness = Liveness(Gateway(), self._poller)
        self._user = 0

    def add(self, count: int) -> None:
        """Clients that have logged in and subscribed, each a user of its own."""
        expires_at = round(time.time() * 1000) + HOUR_MS
        for number in range(self._user, self._user + count):
            # Far beyond the files of this process.
            connection = self._poller.park(
                1_000_000 + number, WEBSOCKET_JSON, f"10.{number >> 16}.{number >> 8 & 255}.1"
            )
            connection.actor = Actor(self._application, 1_000_000 + number, f"user-{number}", connection.serial)
            connection.since = expires_at - HOUR_MS + number
            connection.expires_at = expires_at + number
            connection.state = State.OPEN
            self._hub.enter(connection)
            self._liveness.opened(connection)
            self._hub.subscribe(connection)
        self._user += count


def run(options: argparse.Namespace) -> dict[str, float]:
    """Private bytes of this process for each session, at a quarter, a half, three quarters and all of them."""
    return trio.run(_measure, options.sessions)


async def _measure(sessions: int) -> dict[str, float]:
    found: dict[str, float] = {"sessions": sessions}
    with tempfile.TemporaryDirectory(prefix="chatd-bench-") as directory:
        store = Store.open(Path(directory), 1 << 28)
        world = World(store)
        world.add(1000)
        before = private_bytes("self")
        for step in range(1, STEPS + 1):
            world.add(sessions // STEPS)
            used = private_bytes("self") - before
            found[f"bytes each at {step * sessions // STEPS}"] = round(used / (step * sessions // STEPS))
        found["MiB in all"] = round(used / (1 << 20))
        began = time.perf_counter()
        gc.collect()
        found["milliseconds of a full collection"] = round((time.perf_counter() - began) * 1000, 1)
        store.close()
    return found


def _nothing(connection: Connection) -> None:
    return None
