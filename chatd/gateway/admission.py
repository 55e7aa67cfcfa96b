"""Who may connect now: a full, stopping or late server sends the rest away before it costs anything."""

from __future__ import annotations

import random
from http import HTTPStatus
from typing import NamedTuple
from urllib.parse import urlsplit

from chatd.config import Config
from chatd.gateway.counters import Counters
from chatd.gateway.proxies import Proxies, customer
from chatd.wire.codecs import WEBSOCKET_JSON, WEBSOCKET_PROTOBUF, Codec
from chatd.wire.handshake import JSON, PROTOBUF, Handshake, HandshakeError, refusal
from chatd.wire.stream_request import StreamRequest

CODECS: dict[str, Codec] = {JSON: WEBSOCKET_JSON, PROTOBUF: WEBSOCKET_PROTOBUF}
# Those sent away come back after a random time up to this, so that they do not stay a crowd.
RETRY_AFTER_SECONDS = 10
_BUSY = frozenset({HTTPStatus.SERVICE_UNAVAILABLE, HTTPStatus.TOO_MANY_REQUESTS})


class Welcome(NamedTuple):
    """A client that may come in: the answer to its handshake, how it speaks, whose connection it is."""

    answer: bytes
    codec: Codec
    address: str


class Admission:
    """The rules, and how many connections each address has. Proxies speak for many and are not counted."""

    def __init__(self, config: Config, counters: Counters, proxies: Proxies) -> None:
        self._config = config
        self._counters = counters
        self._addresses: dict[str, int] = {}
        self.proxies = proxies
        self.draining = False

    def enter(self, address: str) -> None:
        """Count a connection of an address."""
        if not self.proxies.trusts(address):
            counted = customer(address)
            self._addresses[counted] = self._addresses.get(counted, 0) + 1

    def leave(self, address: str) -> None:
        """A connection of an address is gone."""
        if self.proxies.trusts(address):
            return
        counted = customer(address)
        count = self._addresses[counted] - 1
        if count:
            self._addresses[counted] = count
        else:
            del self._addresses[counted]

    def expects_proxy_header(self, peer: str) -> bool:
        """Whether what comes from a peer begins with a PROXY header."""
        return self._config.server.proxy_protocol and self.proxies.trusts(peer)

    def welcome(self, head: bytes, peer: str) -> Welcome:
        """What becomes of a WebSocket handshake. Raises HandshakeError."""
        # A full server says so before it reads more than it must.
        self._check_room()
        handshake = Handshake(head)
        answer = handshake.accept()
        return Welcome(answer, CODECS[handshake.encoding], self.admit(peer, handshake))

    def admit(self, peer: str, request: Handshake | StreamRequest) -> str:
        """Whose connection this is, by what proxies say; it is counted. Raises HandshakeError."""
        self._check_room()
        self._check_origin(request.origin, request.host)
        address = self.proxies.client(peer, request.forwarded)
        if address != peer:
            self.enter(address)
            try:
                self.check_address(address)
            except HandshakeError:
                self.leave(address)
                raise
        return address

    def check_address(self, address: str) -> None:
        """Raise HandshakeError, 429, when an address has too many connections; on a Unix socket nobody has one."""
        most = self._config.gateway.max_connections_per_address
        if address and self._addresses.get(customer(address), 0) > most:
            raise HandshakeError(HTTPStatus.TOO_MANY_REQUESTS, "too many connections from this address")

    def refuse(self, error: HandshakeError) -> bytes:
        """The answer to who is refused, counted."""
        self._counters.refused += 1
        retry_after = random.randint(1, RETRY_AFTER_SECONDS) if error.status in _BUSY else None  # noqa: S311
        return refusal(error.status, error.reason, retry_after)

    def _check_room(self) -> None:
        """Raise HandshakeError, 503, when no new client can be served well."""
        gateway, counters = self._config.gateway, self._counters
        full = counters.connections >= gateway.max_connections
        late = counters.lag.now > gateway.max_lag_seconds
        if full or late or self.draining:
            raise HandshakeError(HTTPStatus.SERVICE_UNAVAILABLE, "no room for more connections now")

    def _check_origin(self, origin: str | None, host: str) -> None:
        """Pages of this server may connect, and those allowed; what is no browser sends no Origin.

        Raises HandshakeError, 403.
        """
        if origin is not None and not may_connect(origin, host, self._config):
            raise HandshakeError(HTTPStatus.FORBIDDEN, "this origin may not connect")


def may_connect(origin: str, host: str, config: Config) -> bool:
    """Whether pages of an origin may connect to this server, which they called by the name of `host`."""
    server = config.server
    if "*" in server.allowed_origins or origin in server.allowed_origins or origin == server.public_url:
        return True
    try:
        # An opaque origin ("null") has no host, and must not be taken for that of a request without a name.
        return bool(host) and urlsplit(origin).netloc == host
    except ValueError:
        return False
