"""Apple's push service (APNs): a connection of HTTP/2 for each key, on which all its devices are told.

Connections are kept, as Apple wants it, and made again when they end. A request that Apple has not looked at, because
it closed the connection or refused the stream, is made once more at once.
"""

from __future__ import annotations

import ssl
import time
from collections import OrderedDict
from typing import Final, NamedTuple
from urllib.parse import quote

import orjson
import trio

from chatd.errors import OutgoingFailed
from chatd.model import ApnsProvider
from chatd.outgoing.dialing import Dialer
from chatd.outgoing.exchange import Broken, NotProcessed
from chatd.outgoing.http2 import Connection, Headers
from chatd.outgoing.push.provider_tokens import ProviderTokens

ORIGIN: Final = "https://api.push.apple.com"
SANDBOX: Final = "https://api.sandbox.push.apple.com"
# Connections at most; the one that was longest of no use is closed for another one.
MAX_CONNECTIONS: Final = 100
_EXPIRED: Final = "ExpiredProviderToken"


class ApnsAnswer(NamedTuple):
    """What Apple says of a notification; `gone_at` is since when a device is no more, in milliseconds, or 0."""

    status: int
    reason: str = ""
    gone_at: int = 0


class _Kept:
    """A connection, if there is one; who finds none takes turns to make it, so that one is made for all."""

    def __init__(self) -> None:
        self.turn = trio.Lock()
        self.connection: Connection | None = None


class Apns:
    """Tells devices of Apple, each within `seconds`. Connections are carried by tasks of `nursery`."""

    def __init__(
        self,
        dialer: Dialer,
        seconds: float,
        nursery: trio.Nursery,
        origins: tuple[str, str] = (ORIGIN, SANDBOX),
        context: ssl.SSLContext | None = None,
    ) -> None:
        self._dialer = dialer
        self._seconds = seconds
        self._nursery = nursery
        self._origins = origins
        self._context = context or ssl.create_default_context()
        self._context.set_alpn_protocols(["h2"])
        self._kept: OrderedDict[tuple[str, str, bytes, bool], _Kept] = OrderedDict()
        self._tokens = ProviderTokens()

    async def tell(self, provider: ApnsProvider, device: str, headers: Headers, body: bytes) -> ApnsAnswer:
        """Tell a device something; what Apple answers. Raises OutgoingFailed."""
        with trio.move_on_after(self._seconds):
            token = self._tokens.token(provider, time.time())
            answer = await self._asked(provider, device, token, headers, body)
            # A clock that is wrong here would have every token refused: so a new one is made now and then only.
            if answer.reason == _EXPIRED and self._tokens.refuse(provider, token, time.time()):
                token = self._tokens.token(provider, time.time())
                answer = await self._asked(provider, device, token, headers, body)
            return answer
        raise OutgoingFailed(f"There was no whole answer within {self._seconds:g} seconds.")

    async def _asked(
        self, provider: ApnsProvider, device: str, token: str, headers: Headers, body: bytes
    ) -> ApnsAnswer:
        target = self._dialer.target(self._origin(provider))
        whole = [
            (":method", "POST"),
            (":scheme", "https"),
            (":authority", target.authority),
            (":path", f"/3/device/{quote(device, safe='')}"),
            ("authorization", f"bearer {token}"),
            *headers,
        ]
        try:
            try:
                return _answer(await (await self._connection(provider)).ask(whole, body))
            except NotProcessed:
                return _answer(await (await self._connection(provider)).ask(whole, body))
        except (NotProcessed, Broken, OSError, trio.BrokenResourceError, trio.ClosedResourceError) as error:
            raise OutgoingFailed(f"{target.host} cannot be asked: {error}") from error

    async def _connection(self, provider: ApnsProvider) -> Connection:
        key = (provider.team_id, provider.key_id, provider.private, provider.is_sandbox)
        kept = self._kept.setdefault(key, _Kept())
        self._kept.move_to_end(key)
        if len(self._kept) > MAX_CONNECTIONS:
            _close(self._kept.popitem(last=False)[1])
        async with kept.turn:
            if kept.connection is None or not kept.connection.is_open:
                kept.connection = Connection(await self._connected(self._origin(provider)))
                self._nursery.start_soon(kept.connection.run)
            return kept.connection

    async def _connected(self, origin: str) -> trio.abc.Stream:
        stream = await self._dialer.connect(self._dialer.target(origin), self._context)
        try:
            assert isinstance(stream, trio.SSLStream)
            await stream.do_handshake()
            if stream.selected_alpn_protocol() != "h2":
                raise OSError("it does not speak HTTP/2")
        except BaseException:
            await trio.aclose_forcefully(stream)
            raise
        return stream

    def _origin(self, provider: ApnsProvider) -> str:
        return self._origins[provider.is_sandbox]


def _close(kept: _Kept) -> None:
    if kept.connection is not None:
        kept.connection.retire()


def _answer(said: tuple[int, bytes]) -> ApnsAnswer:
    """What Apple's JSON says; what is none says nothing."""
    status, body = said
    try:
        found = orjson.loads(body) if body else {}
        reason, gone_at = found.get("reason", ""), found.get("timestamp", 0)
    except (ValueError, AttributeError):
        return ApnsAnswer(status)
    return ApnsAnswer(status, reason if isinstance(reason, str) else "", gone_at if isinstance(gone_at, int) else 0)
