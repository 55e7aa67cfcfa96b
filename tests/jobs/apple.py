"""Apple's push service as a sender sees it: HTTP/2 over TLS, in memory or on a socket."""

from __future__ import annotations

import json
import ssl
from collections.abc import Callable
from typing import Any, NamedTuple

import h2.events
import trio
import trustme
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from h2.config import H2Configuration
from h2.connection import H2Connection
from h2.errors import ErrorCodes
from h2.exceptions import ProtocolError
from h2.settings import SettingCodes, Settings
from hyperframe.frame import GoAwayFrame
from trio.abc import Stream

from chatd.outgoing.push.encryption import decoded
from tests.domain.notifying import apns_key

HOST = "api.push.example.org"
ORIGIN = f"https://{HOST}"
AUTHORITY = trustme.CA()
_CERTIFICATE = AUTHORITY.issue_cert(HOST, "127.0.0.1")


class Asked(NamedTuple):
    """A request: by which connection and stream it came, its headers, and its body."""

    connection: int
    stream: int
    headers: dict[str, str]
    body: bytes

    @property
    def payload(self) -> Any:
        """What the device is told."""
        return json.loads(self.body)

    @property
    def device(self) -> str:
        """The token of the device."""
        return self.headers[":path"].removeprefix("/3/device/")

    @property
    def text(self) -> str:
        """What the notification says."""
        return str(self.payload["aps"]["alert"]["body"])


class Reply(NamedTuple):
    """What to do: answer after `seconds`; with status 0 never; `refuse` resets; `go` says GOAWAY, up to that stream."""

    status: int = 200
    said: dict[str, Any] | None = None
    seconds: float = 0
    refuse: ErrorCodes | None = None
    go: int | None = None


def trusting() -> ssl.SSLContext:
    """What a sender needs to know this service."""
    context = ssl.create_default_context()
    AUTHORITY.configure_trust(context)
    return context


def is_signed(authorization: str) -> dict[str, Any]:
    """The claims of a provider token, whose signature and head are as they should be."""
    said, _, signature = authorization.removeprefix("bearer ").rpartition(".")
    head, claims = (json.loads(decoded(part)) for part in said.split("."))
    assert head == {"typ": "JWT", "alg": "ES256", "kid": "ABC123DEFG"}
    key = load_pem_private_key(apns_key().encode(), None)
    assert isinstance(key, ec.EllipticCurvePrivateKey)
    raw = decoded(signature)
    signed = encode_dss_signature(int.from_bytes(raw[:32], "big"), int.from_bytes(raw[32:], "big"))
    key.public_key().verify(signed, said.encode(), ec.ECDSA(SHA256()))
    return dict(claims)


class Apple:
    """Notes what is asked, and does with each what `reply` says; `settings` are what it says of itself first."""

    def __init__(
        self, reply: Callable[[Asked], Reply] = lambda asked: Reply(), settings: dict[SettingCodes, int] | None = None
    ) -> None:
        self.reply = reply
        self.settings = settings or {}
        self.asked: list[Asked] = []
        self.resets = 0
        self.connections = 0
        self.most_at_once = 0

    async def serve(self, stream: Stream) -> None:
        """One connection."""
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        _CERTIFICATE.configure_cert(context)
        context.set_alpn_protocols(["h2"])
        self.connections += 1
        await _Served(self, trio.SSLStream(stream, context, server_side=True, https_compatible=True)).run()

    def texts(self) -> list[str]:
        """What notifications said, in the order in which they came."""
        return [each.text for each in self.asked]


class _Served:
    def __init__(self, apple: Apple, stream: Stream) -> None:
        self.apple, self.stream, self.number = apple, stream, apple.connections
        self.h2 = H2Connection(H2Configuration(client_side=False, header_encoding="utf-8"))
        self.requests: dict[int, tuple[dict[str, str], bytearray]] = {}
        self.lock = trio.Lock()
        self.last: int | None = None
        self.open = 0

    async def run(self) -> None:
        self.h2.local_settings = Settings(client=False, initial_values=self.apple.settings)
        self.h2.initiate_connection()
        await self.flush()
        async with trio.open_nursery() as nursery:
            while data := await self._received():
                for event in self.h2.receive_data(data):
                    self.take(event, nursery)
                await self.flush()
            nursery.cancel_scope.cancel()
        await trio.aclose_forcefully(self.stream)

    async def _received(self) -> bytes:
        try:
            return bytes(await self.stream.receive_some(65536))
        except (trio.BrokenResourceError, trio.ClosedResourceError):
            return b""

    def take(self, event: h2.events.Event, nursery: trio.Nursery) -> None:
        match event:
            case h2.events.RequestReceived():
                headers = {str(name): str(value) for name, value in event.headers or []}
                self.requests[event.stream_id] = (headers, bytearray())
            case h2.events.DataReceived():
                self.requests[event.stream_id][1].extend(event.data)
                self.h2.acknowledge_received_data(event.flow_controlled_length, event.stream_id)
            case h2.events.StreamReset():
                self.apple.resets += 1
            case h2.events.StreamEnded():
                headers, body = self.requests.pop(event.stream_id)
                if self.last is not None and event.stream_id > self.last:
                    return  # what comes after a GOAWAY is not looked at
                asked = Asked(self.number, event.stream_id, headers, bytes(body))
                self.apple.asked.append(asked)
                reply = self.apple.reply(asked)
                self.last = reply.go if self.last is None else self.last
                nursery.start_soon(self.answer, asked, reply)

    async def answer(self, asked: Asked, reply: Reply) -> None:
        self.open += 1
        self.apple.most_at_once = max(self.apple.most_at_once, self.open)
        if reply.go is not None:
            await self.send(GoAwayFrame(0, last_stream_id=reply.go, additional_data=b'{"reason":"x"}').serialize())
        await trio.sleep(reply.seconds)
        self.open -= 1
        try:
            self._say(asked.stream, reply)
        except ProtocolError:
            return  # the stream has been reset
        await self.flush()

    def _say(self, stream: int, reply: Reply) -> None:
        if reply.refuse is not None:
            self.h2.reset_stream(stream, reply.refuse)
        elif reply.status:
            self.h2.send_headers(stream, [(":status", str(reply.status))], end_stream=not reply.said)
            if reply.said:
                self.h2.send_data(stream, json.dumps(reply.said).encode(), end_stream=True)

    async def flush(self) -> None:
        await self.send(self.h2.data_to_send())

    async def send(self, data: bytes) -> None:
        async with self.lock:
            try:
                await self.stream.send_all(data)
            except (trio.BrokenResourceError, trio.ClosedResourceError):
                return
