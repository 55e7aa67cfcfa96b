"""The client protocol's rules: what may come when, and who answers it."""

from __future__ import annotations

from typing import Protocol as Interface

from chatd.gateway.connection import Connection, State
from chatd.gateway.poller import Poller
from chatd.wire import codes, json_codec
from chatd.wire.messages import Command, ConnectRequest, RpcRequest, SubscribeRequest, TokenRequest


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
    """Reads commands in order and hands them to the handler."""

    def __init__(self, poller: Poller, handler: Handler) -> None:
        self._poller = poller
        self._handler = handler

    def receive(self, connection: Connection, payload: bytes) -> None:
        """Handle one message: the commands in it, until one ends the connection."""
        try:
            commands = connection.codec.decode(payload)
        except json_codec.BadMessage:
            self._poller.close(connection, codes.BAD_REQUEST_CLOSE)
            return
        for command in commands:
            if connection.state in (State.NEW, State.OPEN):
                self._dispatch(connection, command)

    def _dispatch(self, connection: Connection, command: Command) -> None:
        if command.connect is not None:
            self._connect(connection, command.id, command.connect)
        elif connection.state is State.NEW:
            self._poller.close(connection, codes.BAD_REQUEST_CLOSE)
        elif command.rpc is not None:
            self._handler.rpc(connection, command.id, command.rpc)
        elif command.is_pong:
            return
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

    def _other(self, connection: Connection, command: Command) -> None:
        """What clients of this protocol may ask and chatd does not offer; `send` has no answer."""
        codec = connection.codec
        if command.ping is not None:
            self._poller.owe(connection, codec.empty(command.id, "ping"))
        elif command.send is None:
            unavailable = (
                command.publish,
                command.presence,
                command.presence_stats,
                command.history,
                command.sub_refresh,
            )
            known = any(request is not None for request in unavailable)
            error = codes.NOT_AVAILABLE if known else codes.METHOD_NOT_FOUND
            self._poller.owe(connection, codec.error(command.id, error))
