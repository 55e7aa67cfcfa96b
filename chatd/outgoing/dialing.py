"""Connections to hosts that strangers have named: to public addresses only, unless the operator trusts their origin."""

from __future__ import annotations

import ssl
from collections.abc import Set
from typing import Final

import trio
from trio.abc import Stream

from chatd.errors import OutgoingRefused
from chatd.outgoing.addresses import is_public
from chatd.outgoing.network import Network
from chatd.outgoing.targets import Target, target_of

# Of a host with many addresses so many are tried.
MAX_ADDRESSES: Final = 3


class Dialer:
    """Connects within `seconds`. `trusted` are origins, as "http://10.0.0.5:9000", that may be anywhere."""

    def __init__(self, network: Network, seconds: float, trusted: Set[str] = frozenset()) -> None:
        self._network = network
        self._seconds = seconds
        self._trusted = trusted

    def target(self, url: str) -> Target:
        """What a URL asks for. Raises OutgoingRefused."""
        return target_of(url, self._trusted)

    async def connect(self, target: Target, context: ssl.SSLContext) -> Stream:
        """A connection, for https with TLS, whose handshake is still to come. Raises OutgoingRefused, OSError.

        A name is resolved once, and the connection goes to an address that was checked.
        """
        addresses = await self._network.resolve(target.host, target.port)
        # One that is not public among others is somebody's attempt, not a mistake.
        if target.origin not in self._trusted and not (addresses and all(map(is_public, addresses))):
            raise OutgoingRefused(f"{target.host} is not a host of the public internet.")
        stream = await self._first(addresses[:MAX_ADDRESSES], target.port)
        if target.scheme == "http":
            return stream
        return trio.SSLStream(stream, context, server_hostname=target.host, https_compatible=True)

    async def _first(self, addresses: list[str], port: int) -> Stream:
        failure = OSError("it is silent")
        for address in addresses:
            try:
                # An address that is silent leaves time for the next one.
                with trio.move_on_after(self._seconds / 2 / len(addresses)):
                    return await self._network.connect(address, port)
            except OSError as error:
                failure = error
        raise failure
