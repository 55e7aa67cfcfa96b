"""Pings, login deadlines, token expiry and unanswered closes: what the timing wheel is for."""

from __future__ import annotations

import trio

from chatd import ids
from chatd.config import Gateway
from chatd.gateway.connection import Connection, State
from chatd.gateway.poller import Poller
from chatd.gateway.wheel import Wheel
from chatd.wire import codes

TICK_SECONDS = 1.0
CONNECTIONS_PER_SLICE = 256
# Clients ask for a new token when theirs expires; it may take a moment until it comes.
GRACE_MS = 25_000


class Liveness:
    """Looks at each connection when its time has come.

    Between two looks the wheel is behind by up to a tick. What begins there gets one more, or it would end too early.
    """

    def __init__(self, config: Gateway, poller: Poller) -> None:
        self._config = config
        self._poller = poller
        self._wheel = Wheel(trio.current_time())

    def parked(self, connection: Connection) -> None:
        """A handshake is done; the login has to follow."""
        self._wheel.set(connection, self._config.authentication_seconds + TICK_SECONDS)

    def opened(self, connection: Connection) -> None:
        """A client has logged in; its first ping comes at a random moment."""
        self._wheel.spread(connection, self._config.ping_seconds)

    def closing(self, connection: Connection) -> None:
        """Our close frame is on its way; its echo has to follow."""
        self._wheel.set(connection, self._config.close_seconds + TICK_SECONDS)

    async def watch_forever(self) -> None:
        """Look at who is due, every second, until cancelled.

        While the loop stands still nobody's time passes: what clients have sent meanwhile has not been read.
        """
        due, stood_still = trio.current_time() + TICK_SECONDS, 0.0
        while True:
            await trio.sleep_until(due)
            late = trio.current_time() - due
            if late > TICK_SECONDS:
                due, stood_still = due + late, stood_still + late
            due_now = self._wheel.advance(due - stood_still)
            due += TICK_SECONDS
            for count, connection in enumerate(due_now, 1):
                self.look(connection)
                if count % CONNECTIONS_PER_SLICE == 0:
                    await trio.lowlevel.checkpoint()

    def look(self, connection: Connection) -> None:
        """Do what is due for a connection."""
        if connection.state is State.CLOSING:
            self._poller.drop(connection)
        elif connection.state is not State.OPEN:
            self._poller.close(connection, codes.STALE)
        elif _seconds_left(connection) <= 0:
            self._poller.close(connection, codes.EXPIRED)
        elif connection.pinged:
            self._poller.close(connection, codes.NO_PONG)
        else:
            self._look_at_open(connection)

    def _look_at_open(self, connection: Connection) -> None:
        """Ping, then look for the answer; a tick between answer and next ping is only a wait."""
        left = _seconds_left(connection)
        if connection.awaits_ping:
            connection.pinged = True
            connection.awaits_ping = False
            self._poller.owe(connection, connection.codec.ping)
            self._wheel.set(connection, min(self._config.pong_seconds, left))
        else:
            connection.awaits_ping = True
            rest = max(1.0, self._config.ping_seconds - self._config.pong_seconds)
            self._wheel.set(connection, min(rest, left))


def _seconds_left(connection: Connection) -> float:
    return (connection.expires_at + GRACE_MS - ids.now_ms()) / 1000
