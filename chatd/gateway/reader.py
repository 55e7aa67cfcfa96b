"""What clients send: bytes become messages, control frames are answered, broken framing ends a connection."""

from __future__ import annotations

from collections.abc import Callable

from chatd.gateway.connection import DEAF, Connection, Deaf, State
from chatd.gateway.poller import Poller
from chatd.gateway.rates import CommandRates, Verdict
from chatd.wire import codes
from chatd.wire.codes import Disconnect
from chatd.wire.frames import (
    CLOSE,
    PING,
    PONG,
    Frame,
    FrameDecoder,
    FrameError,
    encode_close,
    encode_frame,
    parse_close,
)

# From a client that is being closed, its answer is expected and what was on its way. One that sends more at once than
# this will not be listened to.
MANY_FRAMES = 128

Receive = Callable[[Connection, bytes], None]


class Reader:
    """Reads connections that have something to read; `receive(connection, payload)` is called for each message.

    Connections that are between messages share one decoder. `message_limit` is the most bytes of a message,
    `total_limit` those of all messages that have come in part: who begins one more then is closed.
    """

    def __init__(
        self, poller: Poller, receive: Receive, rates: CommandRates, message_limit: int, total_limit: int
    ) -> None:
        self._poller = poller
        self._receive = receive
        self._rates = rates
        self._message_limit = message_limit
        self._shared_decoder = FrameDecoder(message_limit)
        # Any of them may become as long as a message can be.
        self._most_partial = max(1, total_limit // message_limit)
        self._partial: set[Connection] = set()

    def forget(self, connection: Connection) -> None:
        """A connection is gone: what it has sent in part does not count any more."""
        self._partial.discard(connection)

    def read(self, connection: Connection) -> None:
        """Take a piece of what has arrived: others want their turn."""
        try:
            data = connection.read()
        except BlockingIOError:
            return
        except OSError:
            data = b""
        if not data:
            self._poller.drop(connection)
            return
        connection.pinged = False
        try:
            self._feed(connection, data)
        except FrameError as error:
            # Nothing more can be read from this peer.
            connection.decoder = DEAF
            self._poller.fail(connection, Disconnect(error.code, error.reason))

    def _feed(self, connection: Connection, data: bytes) -> None:
        decoder = connection.decoder or self._shared_decoder
        try:
            frames = decoder.feed(data)
        except FrameError as error:
            if decoder is self._shared_decoder:
                self._shared_decoder = FrameDecoder(self._message_limit)
            self._take(connection, error.frames)
            raise
        if decoder is self._shared_decoder:
            if not decoder.idle:
                self._shared_decoder = FrameDecoder(self._message_limit)
                self._keep(connection, decoder)
        elif decoder.idle:
            connection.decoder = None
            self._partial.discard(connection)
        self._take(connection, frames)

    def _keep(self, connection: Connection, decoder: FrameDecoder | Deaf) -> None:
        """Keep a message that has come in part, while there is room for it."""
        connection.decoder = decoder
        if connection.state >= State.CLOSING:
            return
        self._partial.add(connection)
        if len(self._partial) > self._most_partial:
            connection.decoder = DEAF
            self._poller.close(connection, codes.SLOW)

    def _take(self, connection: Connection, frames: list[Frame]) -> None:
        self._poller.counters.frames_in += len(frames)
        if connection.state is State.CLOSING and len(frames) > MANY_FRAMES:
            connection.decoder = DEAF
            return
        for opcode, payload in frames:
            if opcode in (PING, PONG, CLOSE):
                self._control(connection, opcode, payload)
            elif connection.state < State.CLOSING:
                self._receive(connection, payload)

    def _control(self, connection: Connection, opcode: int, payload: bytes) -> None:
        if opcode == CLOSE and connection.state is State.CLOSING:
            self._poller.drop(connection)
        elif opcode == CLOSE:
            code, _ = parse_close(payload)
            self._poller.leave(connection, encode_close(code, ""))
        elif connection.state < State.CLOSING:
            self._ping_or_pong(connection, opcode, payload)

    def _ping_or_pong(self, connection: Connection, opcode: int, payload: bytes) -> None:
        """Both count as commands do: a pong that nobody asked for (RFC 6455, section 5.5.3) takes time too.

        Who sends too many cannot be told before the end.
        """
        if self._rates.judge(connection) is not Verdict.FINE:
            self._poller.close(connection, codes.TOO_MANY_COMMANDS)
        elif opcode == PING:
            self._poller.owe(connection, encode_frame(PONG, payload))
