"""An HTTP client for addresses that strangers have named (RFC 9112), behind a guard against forged requests.

A name is resolved once, every address of it is checked, and the connection goes to one that was checked: what the name
leads to a moment later does not matter. Redirects are followed by making the whole way again. There are no cookies, no
proxies and no connections that are kept. Everything has a limit: bytes, redirects, and seconds for all of it.
"""

from __future__ import annotations

import ssl
from collections.abc import Mapping, Set
from typing import Any, Final, NamedTuple
from urllib.parse import urljoin

import h11
import trio
from trio.abc import Stream

from chatd import VERSION
from chatd.errors import OutgoingFailed, OutgoingRefused
from chatd.outgoing.dialing import Dialer
from chatd.outgoing.network import Network
from chatd.outgoing.targets import Target

MAX_HEAD_BYTES: Final = 32 * 1024
MAX_REDIRECTS: Final = 3
_PIECE: Final = 16 * 1024
_REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})


class Request(NamedTuple):
    """What to ask for, with a `body` what to tell. Of the answer's body `limit` bytes are read, and no more."""

    url: str
    limit: int
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""
    agent: str = f"chatd/{VERSION}"


class Answer(NamedTuple):
    """What was answered, and from where: the last URL after redirects. Names of headers are in small letters."""

    url: str
    status: int
    headers: Mapping[str, str]
    body: bytes


class Client:
    """Makes requests that take at most `seconds`, redirects included.

    `trusted` are origins, as "http://10.0.0.5:9000", that the operator has named: they may be anywhere.
    """

    def __init__(
        self, network: Network, seconds: float, context: ssl.SSLContext | None = None, trusted: Set[str] = frozenset()
    ) -> None:
        self._dialer = Dialer(network, seconds, trusted)
        self._seconds = seconds
        self._context = context or ssl.create_default_context()

    async def get(self, request: Request) -> Answer:
        """Ask, and follow up to three redirects. Raises OutgoingFailed, OutgoingRefused."""
        with trio.move_on_after(self._seconds):
            for _ in range(MAX_REDIRECTS + 1):
                answer = await self._ask("GET", request)
                location = answer.headers.get("location", "")
                if answer.status not in _REDIRECTS or not location:
                    return answer
                request = request._replace(url=_joined(answer.url, location))
            raise OutgoingFailed("There are too many redirects.")
        raise self._late()

    async def post(self, request: Request) -> Answer:
        """Tell, and follow no redirect: what was told is for nobody else. Raises OutgoingFailed, OutgoingRefused."""
        with trio.move_on_after(self._seconds):
            return await self._ask("POST", request)
        raise self._late()

    def _late(self) -> OutgoingFailed:
        return OutgoingFailed(f"There was no whole answer within {self._seconds:g} seconds.")

    async def _ask(self, method: str, request: Request) -> Answer:
        target = self._dialer.target(request.url)
        try:
            stream = await self._dialer.connect(target, self._context)
            try:
                return await _exchange(stream, target, method, request)
            finally:
                await trio.aclose_forcefully(stream)
        except (OSError, trio.BrokenResourceError, trio.ClosedResourceError, h11.ProtocolError) as error:
            raise OutgoingFailed(f"{target.host} cannot be asked: {error}") from error


def _joined(url: str, location: str) -> str:
    try:
        return urljoin(url, location)
    except ValueError as error:
        raise OutgoingRefused("The redirect leads nowhere.") from error


async def _exchange(stream: Stream, target: Target, method: str, request: Request) -> Answer:
    connection = h11.Connection(h11.CLIENT, max_incomplete_event_size=MAX_HEAD_BYTES)
    await stream.send_all(_sent(connection, target, method, request))
    response: h11.Response | None = None
    body = bytearray()
    while len(body) < request.limit:
        event = await _next_event(connection, stream)
        if isinstance(event, h11.Response):
            response = event
            _check_encoding(response)
        elif isinstance(event, h11.Data):
            body += event.data
        elif not isinstance(event, h11.InformationalResponse):
            break
    if response is None:
        raise OutgoingFailed(f"{target.host} has not answered.")
    headers = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in response.headers}
    return Answer(target.url, response.status_code, headers, bytes(body[: request.limit]))


def _sent(connection: h11.Connection, target: Target, method: str, request: Request) -> bytes:
    headers = [
        ("Host", target.authority),
        ("User-Agent", request.agent),
        ("Accept-Encoding", "identity"),
        ("Connection", "close"),
        *request.headers,
    ]
    events: list[h11.Event] = [h11.EndOfMessage()]
    if method == "POST":
        headers.append(("Content-Length", str(len(request.body))))
        events.insert(0, h11.Data(request.body))
    events.insert(0, h11.Request(method=method, target=target.path, headers=headers))
    return b"".join(connection.send(event) or b"" for event in events)


async def _next_event(connection: h11.Connection, stream: Stream) -> Any:
    while (event := connection.next_event()) is h11.NEED_DATA:
        connection.receive_data(bytes(await stream.receive_some(_PIECE)))
    return event


def _check_encoding(response: h11.Response) -> None:
    """A few bytes that unfold to gigabytes were not asked for."""
    for name, value in response.headers:
        if name == b"content-encoding" and value.strip().lower() != b"identity":
            raise OutgoingFailed("The answer is packed, although it was asked for as it is.")
