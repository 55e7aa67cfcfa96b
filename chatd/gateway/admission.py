"""Who may connect now: a full, stopping or late server sends the rest away before it costs anything."""

from __future__ import annotations

from http import HTTPStatus
from urllib.parse import urlsplit

from chatd.config import Config
from chatd.gateway.counters import Counters
from chatd.gateway.proxies import Proxies
from chatd.wire.handshake import HandshakeError


class Admission:
    """The rules, and how many connections each address has. Proxies speak for many and are not counted."""

    def __init__(self, config: Config, counters: Counters, proxies: Proxies) -> None:
        self._config = config
        self._counters = counters
        self._addresses: dict[str, int] = {}
        self.proxies = proxies
        self.draining = False

    def enter(self, address: str) -> bool:
        """Count a connection of an address; False when it has too many, and this one was not counted."""
        if self.proxies.trusts(address):
            return True
        count = self._addresses.get(address, 0)
        if count >= self._config.gateway.max_connections_per_address:
            return False
        self._addresses[address] = count + 1
        return True

    def leave(self, address: str) -> None:
        """A counted connection of an address is gone."""
        if self.proxies.trusts(address):
            return
        count = self._addresses[address] - 1
        if count:
            self._addresses[address] = count
        else:
            del self._addresses[address]

    def check_room(self) -> None:
        """Raise HandshakeError, 503, when no new client can be served well."""
        gateway, counters = self._config.gateway, self._counters
        full = counters.connections >= gateway.max_connections
        late = counters.loop_lag_seconds > gateway.max_lag_seconds
        if full or late or self.draining:
            raise HandshakeError(HTTPStatus.SERVICE_UNAVAILABLE, "no room for more connections now")

    def check_origin(self, origin: str | None, host: str) -> None:
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
        return urlsplit(origin).netloc == host
    except ValueError:
        return False


def too_many() -> HandshakeError:
    """The refusal of an address that has too many connections."""
    return HandshakeError(HTTPStatus.TOO_MANY_REQUESTS, "too many connections from this address")
