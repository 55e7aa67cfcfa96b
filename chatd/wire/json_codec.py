"""The JSON encoding: messages in a frame are separated by a newline, zero values are left out."""

from __future__ import annotations

from typing import Any

import msgspec
import orjson

from chatd.wire.codes import Disconnect, Error
from chatd.wire.frames import encode_close
from chatd.wire.framing import LAST_CHUNK, Framing
from chatd.wire.messages import BadMessage, Command, Subscription

_decoder = msgspec.json.Decoder(Command)


class JsonCodec:
    """Encodes for one framing. Every frame that it makes may be sent to any number of connections."""

    def __init__(self, framing: Framing) -> None:
        self._frame, self.is_websocket = framing
        self.ping = self._frame(b"{}")

    def decode(self, payload: bytes) -> list[Command]:
        """The commands in a frame, in order. Raises BadMessage."""
        try:
            if b"\n" not in payload:
                return [_decoder.decode(payload)]
            commands: list[Command] = _decoder.decode_lines(payload)
        except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
            raise BadMessage(str(error)) from None
        if not commands:
            raise BadMessage("nothing in the frame")
        return commands

    def error(self, id: int, error: Error) -> bytes:
        """A reply that says what went wrong."""
        body: dict[str, Any] = {"code": error.code, "message": error.message}
        if error.temporary:
            body["temporary"] = True
        return self._reply({"id": id, "error": body})

    def result(self, id: int, data: Any) -> bytes:
        """The reply to an RPC."""
        return self._reply({"id": id, "rpc": {"data": data}})

    def empty(self, id: int, kind: str) -> bytes:
        """A reply without content to a request of a kind, such as `unsubscribe`."""
        return self._reply({"id": id, kind: {}})

    def connected(
        self,
        id: int,
        *,
        client: str,
        version: str,
        data: Any,
        ttl: int,
        ping: int,
        subs: dict[str, Subscription],
        session: str = "",
        node: str = "",
    ) -> bytes:
        """The reply to connect. `ttl` and `ping` are seconds; a ttl of 0 means that the token does not expire.

        `session` and `node` are for a client that sends its commands in requests of their own.
        """
        body: dict[str, Any] = {"client": client, "version": version, "data": data, "ping": ping, "pong": True}
        if ttl:
            body |= {"expires": True, "ttl": ttl}
        if subs:
            body["subs"] = {channel: _subscription(each) for channel, each in subs.items()}
        if session:
            body |= {"session": session, "node": node}
        return self._reply({"id": id, "connect": body})

    def subscribed(self, id: int, subscription: Subscription) -> bytes:
        """The reply to subscribe."""
        return self._reply({"id": id, "subscribe": _subscription(subscription)})

    def refreshed(self, id: int, *, client: str, version: str, ttl: int) -> bytes:
        """The reply to refresh."""
        return self._reply({"id": id, "refresh": {"client": client, "version": version, "expires": True, "ttl": ttl}})

    def publication(self, channel: str, data: Any, offset: int) -> bytes:
        """A push; offset 0 stands for a publication that is not part of the stream's history."""
        body: dict[str, Any] = {"data": data}
        if offset:
            body["offset"] = offset
        return self._reply({"push": {"channel": channel, "pub": body}})

    def closing(self, why: Disconnect) -> bytes:
        """What ends a connection."""
        if self.is_websocket:
            return encode_close(why.code, why.reason)
        return self._reply({"push": {"disconnect": {"code": why.code, "reason": why.reason}}}) + LAST_CHUNK

    def _reply(self, message: dict[str, Any]) -> bytes:
        return self._frame(orjson.dumps(message))


def decode_data(raw: msgspec.Raw) -> Any:
    """The application's data in a request; None when there is none. Raises BadMessage."""
    try:
        return orjson.loads(memoryview(raw)) if memoryview(raw).nbytes else None
    except orjson.JSONDecodeError as error:
        raise BadMessage(str(error)) from None


def _subscription(subscription: Subscription) -> dict[str, Any]:
    body: dict[str, Any] = {
        "recoverable": True,
        "positioned": True,
        "epoch": subscription.epoch,
        "offset": subscription.offset,
    }
    if subscription.was_recovering:
        body["was_recovering"] = True
    if subscription.recovered:
        body["recovered"] = True
    if subscription.publications:
        body["publications"] = [{"data": data, "offset": n} for n, data in subscription.publications]
    return body
