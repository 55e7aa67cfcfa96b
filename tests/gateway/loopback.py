"""A poller and a session over socket pairs, with a handler that does what its requests say."""

from __future__ import annotations

import contextlib
import json
import socket
from collections.abc import AsyncIterator
from typing import Any

import trio

from chatd.gateway.connection import Connection, State
from chatd.gateway.counters import Counters
from chatd.gateway.poller import Poller
from chatd.gateway.rates import CommandRates
from chatd.gateway.reader import Reader
from chatd.gateway.session import Session
from chatd.wire.codecs import WEBSOCKET_JSON
from chatd.wire.frames import TEXT
from chatd.wire.messages import ChannelRequest, ConnectRequest, RpcRequest, SendRequest, SubscribeRequest
from chatd.wire.replies import UnsubscribeResult
from tests.gateway.client import Client, masked


class Obedient:
    """Answers every call; `slow` uses up the slice of the loop, `broken` is a mistake."""

    def __init__(self, poller: Poller) -> None:
        self.poller = poller
        self.handled: list[int] = []

    def connect(self, connection: Connection, id: int, request: ConnectRequest) -> None:
        raise AssertionError("no test asks this of it")

    def unexpected(self, connection: Connection, *request: Any) -> None:
        raise AssertionError("no test asks this of it")

    def subscribe(self, connection: Connection, id: int, request: SubscribeRequest) -> None:
        self.handled.append(id)

    publish = history = presence = presence_stats = unexpected
    refresh = sub_refresh = unexpected

    def unsubscribe(self, connection: Connection, id: int, request: ChannelRequest) -> None:
        self.poller.owe(connection, connection.codec.reply(id, UnsubscribeResult()))

    def send(self, connection: Connection, request: SendRequest) -> None:
        """Listen, and say nothing."""

    def rpc(self, connection: Connection, id: int, request: RpcRequest) -> None:
        self.handled.append(id)
        if request.method == "slow":
            self.poller.slice_ends = 0.0
        if request.method == "broken":
            raise ZeroDivisionError
        self.poller.owe(connection, connection.codec.result(id, request.method))


class Loopback:
    """Parked connections and their other ends. Nothing is read or sent before `running`."""

    def __init__(self, backlog_limit: int = 65_536, total_backlog_limit: int = 2**30, rate: int = 10_000) -> None:
        self.gone: list[Connection] = []
        self.counters = Counters()
        self.poller = Poller(
            self.counters,
            lambda connection: self.reader.read(connection),
            lambda connection: self.leave(connection),
            backlog_limit=backlog_limit,
            total_backlog_limit=total_backlog_limit,
        )
        self.handler = Obedient(self.poller)
        self.rates = CommandRates(rate, rate)
        self.session = Session(self.poller, self.handler, self.rates)
        self.reader = Reader(self.poller, self.session.receive, self.rates, 65_536, total_backlog_limit)

    def leave(self, connection: Connection) -> None:
        """A connection has begun to end."""
        self.gone.append(connection)
        self.reader.forget(connection)

    def park(self) -> tuple[Connection, Client]:
        """A logged-in connection and its client."""
        ours, theirs = socket.socketpair()
        ours.setblocking(False)
        connection = self.poller.park(ours.detach(), WEBSOCKET_JSON)
        connection.state = State.OPEN
        return connection, Client(trio.SocketStream(trio.socket.from_stdlib_socket(theirs)))

    @contextlib.asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """The tasks of a server."""
        async with trio.open_nursery() as nursery:
            for job in (self.poller.poll_forever, self.poller.flush_forever, self.session.continue_forever):
                nursery.start_soon(job)
            try:
                yield
            finally:
                nursery.cancel_scope.cancel()
        self.poller.close_all()


def calls(*calls: tuple[int, str]) -> bytes:
    """RPCs by id and method, all in one frame."""
    commands: list[dict[str, Any]] = [{"id": id, "rpc": {"method": method}} for id, method in calls]
    return masked(TEXT, "\n".join(map(json.dumps, commands)).encode())
