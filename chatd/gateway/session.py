"""The client protocol's rules: what may come when, and who answers it."""

from __future__ import annotations

import itertools
import time
from typing import Protocol as Interface

import trio

from chatd.gateway.connection import TURN, Connection, State
from chatd.gateway.poller import Poller
from chatd.gateway.rates import CommandRates, Verdict
from chatd.wire import codes
from chatd.wire.codes import Error
from chatd.wire.messages import (
    PONG,
    BadMessage,
    ChannelRequest,
    Command,
    ConnectRequest,
    HistoryRequest,
    PublishRequest,
    RefreshRequest,
    RpcRequest,
    SendRequest,
    SubRefreshRequest,
    SubscribeRequest,
)

MAX_CHANNEL_BYTES = 255
TURNS_PER_SLICE = 64

# Requests that concern a channel; they and the handler's methods have the protocol's names.
_IN_CHANNEL = ("subscribe", "publish", "history", "presence", "presence_stats", "sub_refresh")
_Request = SubscribeRequest | PublishRequest | HistoryRequest | ChannelRequest | SubRefreshRequest


class Handler(Interface):
    """What a server does with the requests of logged-in clients; each answers by way of the poller.

    Channels have names of 1 to 255 bytes, and subscriptions are to streams.
    """

    def connect(self, connection: Connection, id: int, request: ConnectRequest) -> None:
        """Log the client in, or refuse."""

    def subscribe(self, connection: Connection, id: int, request: SubscribeRequest) -> None:
        """Begin a subscription."""

    def unsubscribe(self, connection: Connection, id: int, request: ChannelRequest) -> None:
        """End a subscription; this never fails, whatever the channel's name."""

    def publish(self, connection: Connection, id: int, request: PublishRequest) -> None:
        """Publish to a channel."""

    def history(self, connection: Connection, id: int, request: HistoryRequest) -> None:
        """Tell what was published."""

    def presence(self, connection: Connection, id: int, request: ChannelRequest) -> None:
        """Tell who is subscribed."""

    def presence_stats(self, connection: Connection, id: int, request: ChannelRequest) -> None:
        """Tell how many are subscribed."""

    def send(self, connection: Connection, request: SendRequest) -> None:
        """Take what gets no reply."""

    def rpc(self, connection: Connection, id: int, request: RpcRequest) -> None:
        """Call a method."""

    def refresh(self, connection: Connection, id: int, request: RefreshRequest) -> None:
        """Take a new token."""

    def sub_refresh(self, connection: Connection, id: int, request: SubRefreshRequest) -> None:
        """Take a new token of a subscription."""


class Session:
    """Reads commands in order and hands them to the handler.

    When a slice of the loop is over, the commands that are left wait for another turn, and their connection is not
    read from until they have been handled. Logins and recoveries always do: a crowd of them must not hold up those who
    are in.
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
        elif _takes_long(commands[0]):
            self._wait(connection, commands)
        else:
            self._run(connection, commands)

    async def continue_forever(self) -> None:
        """Give turns to connections whose commands wait, until cancelled."""
        while True:
            await self._woken.wait()
            self._woken = trio.Event()
            while self._waiting:
                self._poller.begin_slice()
                for connection in list(itertools.islice(self._waiting, TURNS_PER_SLICE)):
                    self._poller.guard(connection, self._take_turn, self._waiting.pop(connection))
                    if time.perf_counter() > self._poller.slice_ends:
                        break
                await trio.lowlevel.checkpoint()

    def _wait(self, connection: Connection, commands: list[Command]) -> None:
        self._waiting[connection] = commands
        self._poller.pause(connection, TURN)
        self._woken.set()

    def _take_turn(self, connection: Connection, commands: list[Command]) -> None:
        self._run(connection, commands)
        if connection not in self._waiting:
            self._poller.resume(connection, TURN)

    def _run(self, connection: Connection, commands: list[Command]) -> None:
        """Handle commands while the slice lasts and the connection is open; what is left waits."""
        for place, command in enumerate(commands):
            if connection.state not in (State.NEW, State.OPEN):
                return
            if time.perf_counter() > self._poller.slice_ends or (place and _takes_long(command)):
                self._wait(connection, commands[place:])
                return
            if command.connect is not None or self._is_in_time(connection, command):
                self._dispatch(connection, command)

    def _is_in_time(self, connection: Connection, command: Command) -> bool:
        """Whether a command may run; the client learns why not. Clients reconnect when an unsubscribe fails."""
        verdict = self._rates.judge(connection)
        if verdict is Verdict.FINE:
            return True
        if verdict is Verdict.ENOUGH or not command.id:
            # What has no id, such as the answer to a ping, has no reply in which the client could be told.
            self._poller.close(connection, codes.TOO_MANY_COMMANDS)
        elif command.unsubscribe is not None:
            return True
        else:
            self._poller.owe(connection, connection.codec.error(command.id, codes.TOO_MANY_REQUESTS))
        return False

    def _dispatch(self, connection: Connection, command: Command) -> None:
        if command.connect is not None:
            self._connect(connection, command.id, command.connect)
        elif connection.state is State.NEW:
            self._poller.close(connection, codes.BAD_REQUEST_CLOSE)
        elif command.send is not None:
            self._handler.send(connection, command.send)
        elif not command.id:
            self._unanswerable(connection, command)
        elif command.rpc is not None:
            self._handler.rpc(connection, command.id, command.rpc)
        elif command.unsubscribe is not None:
            self._handler.unsubscribe(connection, command.id, command.unsubscribe)
        elif command.refresh is not None:
            self._handler.refresh(connection, command.id, command.refresh)
        elif command.ping is not None:
            self._decline(connection, command.id, codes.NOT_AVAILABLE)
        else:
            self._in_channel(connection, command)

    def _connect(self, connection: Connection, id: int, request: ConnectRequest) -> None:
        if connection.state is not State.NEW or not id:
            self._poller.close(connection, codes.BAD_REQUEST_CLOSE)
        else:
            self._handler.connect(connection, id, request)

    def _unanswerable(self, connection: Connection, command: Command) -> None:
        """Without an id there is the answer to our ping, and nothing else that gets no reply."""
        if command != PONG:
            self._poller.close(connection, codes.BAD_REQUEST_CLOSE)

    def _in_channel(self, connection: Connection, command: Command) -> None:
        """What concerns a channel; a request that is none of these is not in the protocol."""
        for kind in _IN_CHANNEL:
            request: _Request | None = getattr(command, kind)
            if request is not None:
                break
        if request is None or not request.channel:
            self._poller.close(connection, codes.BAD_REQUEST_CLOSE)
            return
        why = _refusal(request)
        if why is None:
            getattr(self._handler, kind)(connection, command.id, request)
        else:
            self._decline(connection, command.id, why)

    def _decline(self, connection: Connection, id: int, why: Error) -> None:
        self._poller.owe(connection, connection.codec.error(id, why))


def _takes_long(command: Command) -> bool:
    return command.connect is not None or (command.subscribe is not None and command.subscribe.recover)


def _refusal(request: _Request) -> Error | None:
    """What no handler has to deal with: long names, subscriptions that are not to streams, filters."""
    if len(request.channel.encode()) > MAX_CHANNEL_BYTES:
        return codes.BAD_REQUEST
    if isinstance(request, SubscribeRequest | PublishRequest | SubRefreshRequest) and request.type:
        return codes.NOT_AVAILABLE
    if isinstance(request, SubscribeRequest) and request.tf is not None:
        return codes.BAD_REQUEST
    return None
