"""The client protocol's rules: what may come when, and who answers it."""

from __future__ import annotations

import time
from typing import Protocol as Interface

import trio

from chatd.gateway.connection import TURN, Connection, State
from chatd.gateway.poller import Poller
from chatd.gateway.rates import CommandRates, Verdict
from chatd.wire import codes
from chatd.wire.messages import PONG, BadMessage, Command, ConnectRequest, RpcRequest, SubscribeRequest, TokenRequest


class Handler(Interface):
    """What a server does with the requests of logged-in clients; each answers by way of the poller."""

    def connect(self, connection: Connection, id: int, request: ConnectRequest) -> None:
        """Log the client in, or refuse."""

    def subscribe(self, connection: Connection, id: int, request: SubscribeRequest) -> None:
        """Begin a subscription."""

    def unsubscribe(self, connection: Connection, id: int, channel: str) -> None:
        """End a subscription; this never fails."""

    def rpc(self, connection: Connection, id: int, request: RpcRequest) -> None:
        """Call a method."""

    def refresh(self, connection: Connection, id: int, request: TokenRequest) -> None:
        """Take a new token."""


class Session:
    """Reads commands in order and hands them to the handler.

    When a slice of the loop is over, the commands that are left wait for another turn, and their connection is not
    read from until they have been handled.
    """

    def __init__(self, poller: Poller, handler: Handler, rates: CommandRates) -> None:
        self._poller = poller
        self._handler = handler
        self._rates = rates
        self._waiting: dict[Connection, list[Command]] = {}
        self._woken = trio.Event()

    def receive(self, connection: Connection, payload: bytes) -> None:
        """Handle one message: the commands in it, until one ends the connection."""
        try:
            commands = connection.codec.decode(payload)
        except BadMessage:
            self._poller.close(connection, codes.BAD_REQUEST_CLOSE)
            return
        waiting = self._waiting.get(connection)
        if waiting is not None:
            waiting.extend(commands)
        else:
            self._run(connection, commands)

    async def continue_forever(self) -> None:
        """Give turns to connections whose commands wait, until cancelled."""
        while True:
            await self._woken.wait()
            self._woken = trio.Event()
            while self._waiting:
                for connection in list(self._waiting):
                    self._poller.begin_slice()
                    self._poller.guard(connection, self._take_turn, self._waiting.pop(connection))
                    await trio.lowlevel.checkpoint()

    def _take_turn(self, connection: Connection, commands: list[Command]) -> None:
        self._run(connection, commands)
        if connection not in self._waiting:
            self._poller.resume(connection, TURN)

    def _run(self, connection: Connection, commands: list[Command]) -> None:
        """Handle commands while the slice lasts and the connection is open; what is left waits."""
        for place, command in enumerate(commands):
            if connection.state not in (State.NEW, State.OPEN):
                return
            if time.perf_counter() > self._poller.slice_ends:
                self._waiting[connection] = commands[place:]
                self._poller.pause(connection, TURN)
                self._woken.set()
                return
            if command.connect is not None or self._is_in_time(connection, command):
                self._dispatch(connection, command)

    def _is_in_time(self, connection: Connection, command: Command) -> bool:
        """Whether a command may run; the client learns why not. Clients reconnect when an unsubscribe fails."""
        verdict = self._rates.judge(connection)
        if verdict is Verdict.FINE:
            return True
        if verdict is Verdict.ENOUGH:
            self._poller.close(connection, codes.TOO_MANY_COMMANDS)
        elif command.unsubscribe is not None:
            return True
        elif command.id:
            self._poller.owe(connection, connection.codec.error(command.id, codes.TOO_MANY_REQUESTS))
        return False

    def _dispatch(self, connection: Connection, command: Command) -> None:
        if command.connect is not None:
            self._connect(connection, command.id, command.connect)
        elif connection.state is State.NEW:
            self._poller.close(connection, codes.BAD_REQUEST_CLOSE)
        elif not command.id:
            self._unanswerable(connection, command)
        elif command.rpc is not None:
            self._handler.rpc(connection, command.id, command.rpc)
        elif command.subscribe is not None:
            self._handler.subscribe(connection, command.id, command.subscribe)
        elif command.unsubscribe is not None:
            self._handler.unsubscribe(connection, command.id, command.unsubscribe.channel)
        elif command.refresh is not None:
            self._handler.refresh(connection, command.id, command.refresh)
        else:
            self._other(connection, command)

    def _connect(self, connection: Connection, id: int, request: ConnectRequest) -> None:
        if connection.state is not State.NEW or not id:
            self._poller.close(connection, codes.BAD_REQUEST_CLOSE)
        else:
            self._handler.connect(connection, id, request)

    def _unanswerable(self, connection: Connection, command: Command) -> None:
        """Without an id there is the answer to our ping, and `send`, which nobody here listens to."""
        if command != PONG and command.send is None:
            self._poller.close(connection, codes.BAD_REQUEST_CLOSE)

    def _other(self, connection: Connection, command: Command) -> None:
        """What clients of this protocol may ask and chatd does not offer; what is not in it is a bad request."""
        codec = connection.codec
        unavailable = (
            command.publish,
            command.presence,
            command.presence_stats,
            command.history,
            command.sub_refresh,
        )
        if any(request is not None for request in unavailable):
            self._poller.owe(connection, codec.error(command.id, codes.NOT_AVAILABLE))
        elif command.ping is not None:
            self._poller.owe(connection, codec.empty(command.id, "ping"))
        elif command.send is None:
            self._poller.close(connection, codes.BAD_REQUEST_CLOSE)
