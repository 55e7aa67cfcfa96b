"""Every connection begins here: WebSocket clients are parked at once, the rest gets a task of its own."""

from __future__ import annotations

import logging
import os
from http import HTTPStatus

import trio

from chatd.config import Gateway
from chatd.gateway.admission import Admission, Welcome
from chatd.gateway.lobby import Lobby, Visitor
from chatd.gateway.opening import Opening, is_whole
from chatd.gateway.poller import Poller
from chatd.wire.handshake import HandshakeError, is_handshake

_log = logging.getLogger("chatd.gateway")

# First requests that have a task. Each costs some ten KiB, with TLS fifty.
MAX_TASKS = 2000


class Listener:
    """Looks at the first request of each connection. `tasks` runs what has to wait for something."""

    def __init__(
        self, config: Gateway, poller: Poller, admission: Admission, opening: Opening, tasks: trio.Nursery
    ) -> None:
        self._config = config
        self._poller = poller
        self._admission = admission
        self._opening = opening
        self._tasks = tasks
        self.lobby = Lobby(
            self._heard,
            self._late,
            lambda visitor: admission.leave(visitor.peer),
            seconds=config.handshake_seconds,
            linger_seconds=config.close_seconds,
        )

    def arrived(self, fd: int, peer: str) -> None:
        """A connection was accepted: count it while it is here, and await its request."""
        self._admission.enter(peer)
        visitor = self.lobby.enter(fd, peer)
        if visitor is None:
            return
        try:
            self._admission.check_address(peer)
            if len(self.lobby) > self._config.max_handshakes:
                raise _busy()
        except HandshakeError as error:
            self._refuse(visitor, error)

    def _heard(self, visitor: Visitor) -> None:
        try:
            if self._opening.is_encrypted or self._admission.expects_proxy_header(visitor.peer):
                self._begin_task(visitor)
            elif self.lobby.read(visitor):
                self._look(visitor)
        except HandshakeError as error:
            self._refuse(visitor, error)

    def _look(self, visitor: Visitor) -> None:
        """See what a visitor wants, when that much has arrived. Raises HandshakeError."""
        if not is_whole(visitor.head, self._config.max_head_bytes):
            if self.lobby.is_full:
                raise _busy()
            return
        if not is_handshake(visitor.head):
            self._begin_task(visitor)
            return
        self._let_in(visitor, self._admission.welcome(visitor.head, visitor.peer))

    def _let_in(self, visitor: Visitor, welcome: Welcome) -> None:
        fd = self.lobby.release(visitor)
        try:
            # A new socket takes this much at once, or is not there any more.
            os.write(fd, welcome.answer)
            connection = self._poller.park(fd, welcome.codec, welcome.address)
        except OSError as error:
            _log.debug("a client was gone before it was let in", extra={"error": str(error)})
            os.close(fd)
            for address in {visitor.peer, welcome.address}:
                self._admission.leave(address)
            return
        self._opening.onward.parked(connection)

    def _begin_task(self, visitor: Visitor) -> None:
        if self._opening.count >= MAX_TASKS:
            raise _busy()
        fd = self.lobby.release(visitor)
        self._tasks.start_soon(self._opening.serve, fd, visitor.peer, visitor.head, visitor.deadline)

    def _late(self, visitor: Visitor) -> None:
        self._refuse(visitor, HandshakeError(HTTPStatus.REQUEST_TIMEOUT, "the request took too long"))

    def _refuse(self, visitor: Visitor, error: HandshakeError) -> None:
        """Answer a visitor; one who expects TLS could not read that, and in a flood there is no room for it."""
        answer = self._admission.refuse(error)
        if self._opening.is_encrypted or self.lobby.leaving >= self._config.max_handshakes:
            self.lobby.drop(visitor)
        else:
            self.lobby.dismiss(visitor, answer)


def _busy() -> HandshakeError:
    return HandshakeError(HTTPStatus.SERVICE_UNAVAILABLE, "too many connections at the same time")
