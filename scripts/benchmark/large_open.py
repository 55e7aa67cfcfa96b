"""What commands cost in an open channel while so many are present, and apart from it what each delivery costs."""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Callable, Collection
from pathlib import Path

import trio
import trio.testing
from backend import Backend
from open_channel import ENTERED, NAME, _commands, _enter
from place import ROUNDS, Call, Place
from server import Server
from swarm import Swarm

from chatd.gateway.connection import Connection
from chatd.gateway.counters import Counters
from chatd.gateway.hub import Hub
from chatd.model import Actor
from chatd.store import tables
from chatd.store.store import Store
from chatd.wire.codecs import WEBSOCKET_JSON, Codec
from chatd.wire.codes import Disconnect

VISITS = 200
PATIENCE_SECONDS = 60
MAP_SIZE = 1 << 28
# No message is held back.
RATE = 1_000_000
URL = "stage"

CALLS: dict[str, tuple[Call, Call | None]] = {
    "send": (("messages.send", {"message": "x" * 100}), None),
    "mute": (("mutes.add", {"user_id": "user1", "seconds": 60}), ("mutes.remove", {"user_id": "user1"})),
    "unmute": (("mutes.remove", {"user_id": "user1"}), ("mutes.add", {"user_id": "user1", "seconds": 60})),
    "ban": (("bans.add", {"user_id": "user1", "seconds": 60}), ("bans.remove", {"user_id": "user1"})),
    "lift a ban": (("bans.remove", {"user_id": "user1"}), ("bans.add", {"user_id": "user1", "seconds": 60})),
}


def run(present: int) -> dict[str, float]:
    """Microseconds of each call."""
    with tempfile.TemporaryDirectory(prefix="chatd-bench-") as directory:
        store = Store.open(Path(directory) / "data", MAP_SIZE)
        figures = trio.run(_Stage(store, present).measure)
        store.close()
    return {**_visits(present), **figures}


class _Stage:
    """A store with the gateway's hub, and connections without sockets: what they are owed is made, and counted."""

    def __init__(self, store: Store, present: int) -> None:
        self._place = Place(store)
        self._hub = Hub(store, Counters(), self._owe_all, self._close, RATE)
        self._present = present
        self._owed = 0
        for name in ("user0", "user1"):
            self._place.call(None, "users.create", user_id=name, nickname=name)
        self._place.call("user0", "open_channels.create", channel_url=URL)

    async def measure(self) -> dict[str, float]:
        """What each call costs until the loop is given back, and then what telling everybody of a message does."""
        self._fill()
        figures = {}
        async with trio.open_nursery() as nursery:
            nursery.start_soon(self._hub.open.tell_forever)
            for name, (call, undo) in CALLS.items():
                figures[name] = await self._cost(call, undo)
            figures["delivery of a message to all"] = await self._delivery()
            nursery.cancel_scope.cancel()
        figures["delivery to each"] = figures["delivery of a message to all"] / self._present
        return figures

    def _fill(self) -> None:
        store, application = self._place.store, self._place.application
        number = store.read(application, lambda txn: txn.require(tables.CHANNEL_URLS, URL))
        channel = store.read(application, lambda txn: txn.require(tables.CHANNELS, number))
        for serial in range(self._present):
            connection = Connection(0, serial, WEBSOCKET_JSON, actor=Actor(application, 1000 + serial, f"{serial}"))
            self._hub.open.enter(connection, channel, 0)

    async def _cost(self, call: Call, undo: Call | None) -> float:
        call, undone = _there(call), _there(undo) if undo else None
        if undone is not None:
            self._place.call(None, undone[0], **undone[1])
        taken = self._place.cost("user0", call, undone, lambda: self._hub.publish(self._place.told))
        await self._told()
        return taken

    async def _delivery(self) -> float:
        """Of the telling alone: the call is over."""
        taken = []
        for _ in range(ROUNDS):
            self._owed = 0
            self._place.call("user0", "messages.send", channel_url=URL, message="x" * 100)
            self._hub.publish(self._place.told)
            began = time.thread_time()
            await self._told()
            taken.append(time.thread_time() - began)
            if self._owed != self._present:
                raise RuntimeError(f"{self._owed} of {self._present} were told")
        return statistics.median(taken) * 1e6

    async def _told(self) -> None:
        await trio.testing.wait_all_tasks_blocked()

    def _owe_all(self, connections: Collection[Connection], encode: Callable[[Codec], bytes]) -> None:
        frame = encode(WEBSOCKET_JSON)
        for connection in connections:
            connection.owed = frame
        self._owed += len(connections)

    def _close(self, connection: Connection, why: Disconnect) -> None:
        raise RuntimeError(f"a connection is to be closed: {why}")


def _there(call: Call) -> Call:
    return call[0], {"channel_url": URL, **call[1]}


def _visits(present: int) -> dict[str, float]:
    """Of one who comes and goes while so many are there, in a server."""
    with Server() as server:
        backend = Backend(server.port, server.token)
        tokens = backend.make_users([f"user{number}" for number in range(present)])
        audience, visitor = Swarm(server.port, ENTERED), Swarm(server.port, ENTERED)
        audience.connect(tokens, None)
        visitor.connect(tokens[:1], None)
        backend.call("POST", "/open_channels", {"channel_url": NAME.removeprefix("open:")})
        _enter(audience)
        path = f"/open_channels/{NAME.removeprefix('open:')}/participants?limit=20"

        def visit(count: int) -> None:
            channel = {"channel": NAME}
            for _ in range(count):
                visitor.send(0, _commands({"id": 5, "subscribe": channel}, {"id": 6, "unsubscribe": channel}))
            visitor.count_to(count, PATIENCE_SECONDS)

        def look(count: int) -> None:
            for _ in range(count):
                backend.call("GET", path)

        figures = {"enter and leave": _usual(server, visit), "participants page": _usual(server, look)}
        audience.close()
        visitor.close()
    return figures


def _usual(server: Server, act: Callable[[int], None]) -> float:
    """Processor microseconds of the server for an act, the median of some rounds: it has other work, too."""
    rounds = []
    for _ in range(ROUNDS):
        before = server.cpu_seconds
        act(VISITS)
        rounds.append((server.cpu_seconds - before) / VISITS * 1e6)
    return statistics.median(rounds)
