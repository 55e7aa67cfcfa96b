"""Clients that read an endless answer and write in requests of their own: a secret connects the two."""

from __future__ import annotations

import secrets
from collections.abc import Callable

from chatd.errors import InvalidJson, NotFound, TooLarge
from chatd.gateway.connection import DEAF, Connection
from chatd.gateway.poller import Poller
from chatd.wire.emulation_request import parse_json, parse_protobuf
from chatd.wire.messages import BadMessage

_SECRET_BYTES = 24
# Bytes that a request needs besides its commands.
AROUND_COMMANDS = 1024


class Emulation:
    """Such clients, while they are connected. `receive(connection, commands)` handles what they send."""

    def __init__(self, poller: Poller, receive: Callable[[Connection, bytes], None], message_limit: int) -> None:
        self._poller = poller
        self._receive = receive
        self._message_limit = message_limit
        self._connections: dict[str, Connection] = {}
        self._secrets: dict[Connection, str] = {}

    def begin(self, connection: Connection, commands: bytes) -> None:
        """A client reads, and has said something first. What else it sends on this connection means nothing."""
        connection.decoder = DEAF
        secret = secrets.token_urlsafe(_SECRET_BYTES)
        self._connections[secret] = connection
        self._secrets[connection] = secret
        self._poller.begin_slice()
        self._poller.guard(connection, self._receive, commands)

    def secret(self, connection: Connection) -> str:
        """What a client says to be recognized; empty for one on a WebSocket."""
        return self._secrets.get(connection, "")

    def receive(self, body: bytes, is_binary: bool) -> None:
        """Handle the body of such a request. Raises InvalidJson, TooLarge, or NotFound when the session has ended."""
        # JSON is read in no time, and may need several characters for one of the commands'.
        if is_binary and len(body) > self._message_limit + AROUND_COMMANDS:
            raise TooLarge(f"The request is longer than {self._message_limit + AROUND_COMMANDS} bytes.")
        try:
            secret, commands = parse_protobuf(body) if is_binary else parse_json(body)
        except BadMessage as error:
            raise InvalidJson(f"The request is not understood: {error}.") from None
        if len(commands) > self._message_limit:
            raise TooLarge(f"The commands are longer than {self._message_limit} bytes.")
        connection = self._connections.get(secret)
        if connection is None:
            raise NotFound("session")
        connection.pinged = False
        self._poller.begin_slice()
        self._poller.guard(connection, self._receive, commands)

    def end(self, connection: Connection) -> None:
        """A client is gone."""
        secret = self._secrets.pop(connection, None)
        if secret is not None:
            del self._connections[secret]
