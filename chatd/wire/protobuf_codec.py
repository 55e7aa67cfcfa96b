"""The Protobuf encoding: each message in a frame stands behind its size, zero values are left out.

The application's data are bytes here; chatd expects and writes JSON in them, as in the other encoding. The numbers
are those of the Centrifuge client protocol, version 2.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec
import orjson

from chatd.wire.codes import Disconnect, Error
from chatd.wire.frames import encode_close
from chatd.wire.framing import LAST_CHUNK, Framing
from chatd.wire.messages import (
    PONG,
    BadMessage,
    ChannelRequest,
    Command,
    ConnectRequest,
    Empty,
    RpcRequest,
    SubscribeRequest,
    Subscription,
    TokenRequest,
)
from chatd.wire.protobuf import (
    BYTES,
    VARINT,
    key_of,
    message,
    read_bytes,
    read_fields,
    sized,
    text,
    whole,
)

_MAX_ID = (1 << 32) - 1
_EMPTY_KINDS = {"unsubscribe": 7, "ping": 12}

# For each message: the key of a field, the name it has in our record, and what makes its value.
_Table = dict[int, tuple[str, Callable[[Any], Any]]]


class ProtobufCodec:
    """Encodes for one framing. Every frame that it makes may be sent to any number of connections."""

    def __init__(self, framing: Framing) -> None:
        self._frame, self.is_websocket = framing
        self.ping = self._frame(b"\0")

    def decode(self, payload: bytes) -> list[Command]:
        """The commands in a frame, in order. Raises BadMessage."""
        commands = []
        place = 0
        while place < len(payload):
            raw, place = read_bytes(payload, place)
            commands.append(Command(**_values(_COMMAND, raw)) if raw else PONG)
        if not commands:
            raise BadMessage("nothing in the frame")
        return commands

    def error(self, id: int, error: Error) -> bytes:
        """A reply that says what went wrong."""
        body = (whole(1, error.code), text(2, error.message), whole(3, error.temporary))
        return self._reply(whole(1, id), message(2, *body))

    def result(self, id: int, data: Any) -> bytes:
        """The reply to an RPC."""
        return self._reply(whole(1, id), message(13, message(1, orjson.dumps(data))))

    def empty(self, id: int, kind: str) -> bytes:
        """A reply without content to a request of a kind, such as `unsubscribe`."""
        return self._reply(whole(1, id), message(_EMPTY_KINDS[kind]))

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
        body = [text(1, client), text(2, version), whole(3, ttl > 0), whole(4, ttl), message(5, orjson.dumps(data))]
        for channel, each in subs.items():
            body.append(message(6, text(1, channel), message(2, _subscription(each))))
        body += [whole(7, ping), whole(8, True)]
        if session:
            body += [text(9, session), text(10, node)]
        return self._reply(whole(1, id), message(5, *body))

    def subscribed(self, id: int, subscription: Subscription) -> bytes:
        """The reply to subscribe."""
        return self._reply(whole(1, id), message(6, _subscription(subscription)))

    def refreshed(self, id: int, *, client: str, version: str, ttl: int) -> bytes:
        """The reply to refresh."""
        return self._reply(whole(1, id), message(14, text(1, client), text(2, version), whole(3, True), whole(4, ttl)))

    def publication(self, channel: str, data: Any, offset: int) -> bytes:
        """A push; offset 0 stands for a publication that is not part of the stream's history."""
        return self._reply(message(4, text(2, channel), message(4, _publication(data, offset))))

    def closing(self, why: Disconnect) -> bytes:
        """What ends a connection."""
        if self.is_websocket:
            return encode_close(why.code, why.reason)
        return self._reply(message(4, message(11, whole(1, why.code), text(2, why.reason)))) + LAST_CHUNK

    def _reply(self, *fields: bytes) -> bytes:
        return self._frame(sized(b"".join(fields)))


def _publication(data: Any, offset: int) -> bytes:
    return message(4, orjson.dumps(data)) + whole(6, offset)


def _subscription(subscription: Subscription) -> bytes:
    return b"".join(
        (
            whole(3, True),  # recoverable
            text(6, subscription.epoch),
            *(message(7, _publication(data, offset)) for offset, data in subscription.publications),
            whole(8, subscription.recovered),
            whole(9, subscription.offset),
            whole(10, True),  # positioned
            whole(12, subscription.was_recovering),
        )
    )


def _values(table: _Table, raw: bytes) -> dict[str, Any]:
    """The known fields of a message; one that is repeated counts as it came last."""
    values = {}
    for key, value in read_fields(raw):
        field = table.get(key)
        if field is not None:
            values[field[0]] = field[1](value)
    return values


def _message(type: Callable[..., Any], table: _Table) -> Callable[[bytes], Any]:
    return lambda raw: type(**_values(table, raw))


def _id(value: int) -> int:
    if value > _MAX_ID:
        raise BadMessage("id is too large")
    return value


def _text(value: bytes) -> str:
    try:
        return value.decode()
    except UnicodeDecodeError:
        raise BadMessage("text is not UTF-8") from None


def _connect(raw: bytes) -> ConnectRequest:
    subs = [_values(_SUB, value) for key, value in read_fields(raw) if key == _SUBS and isinstance(value, bytes)]
    positions = {each.get("channel", ""): each.get("position", SubscribeRequest()) for each in subs}
    return ConnectRequest(subs=positions, **_values(_CONNECT, raw))


_SUBS = key_of(3, BYTES)
_CHANNEL: _Table = {key_of(1, BYTES): ("channel", _text)}
_SUBSCRIBE: _Table = {
    **_CHANNEL,
    key_of(2, BYTES): ("token", _text),
    key_of(3, VARINT): ("recover", bool),
    key_of(6, BYTES): ("epoch", _text),
    key_of(7, VARINT): ("offset", int),
    key_of(8, BYTES): ("data", msgspec.Raw),
    key_of(9, VARINT): ("positioned", bool),
    key_of(10, VARINT): ("recoverable", bool),
    key_of(11, VARINT): ("join_leave", bool),
    key_of(15, VARINT): ("type", int),
}
_SUB: _Table = {**_CHANNEL, key_of(2, BYTES): ("position", _message(SubscribeRequest, _SUBSCRIBE))}
_CONNECT: _Table = {
    key_of(1, BYTES): ("token", _text),
    key_of(2, BYTES): ("data", msgspec.Raw),
    key_of(4, BYTES): ("name", _text),
    key_of(5, BYTES): ("version", _text),
}
_RPC: _Table = {key_of(1, BYTES): ("data", msgspec.Raw), key_of(2, BYTES): ("method", _text)}
_REFRESH: _Table = {key_of(1, BYTES): ("token", _text)}
_SUB_REFRESH: _Table = {**_CHANNEL, key_of(2, BYTES): ("token", _text)}
_COMMAND: _Table = {
    key_of(1, VARINT): ("id", _id),
    key_of(4, BYTES): ("connect", _connect),
    key_of(5, BYTES): ("subscribe", _message(SubscribeRequest, _SUBSCRIBE)),
    key_of(6, BYTES): ("unsubscribe", _message(ChannelRequest, _CHANNEL)),
    key_of(7, BYTES): ("publish", _message(ChannelRequest, _CHANNEL)),
    key_of(8, BYTES): ("presence", _message(ChannelRequest, _CHANNEL)),
    key_of(9, BYTES): ("presence_stats", _message(ChannelRequest, _CHANNEL)),
    key_of(10, BYTES): ("history", _message(ChannelRequest, _CHANNEL)),
    key_of(11, BYTES): ("ping", _message(Empty, {})),
    key_of(12, BYTES): ("send", _message(Empty, {})),
    key_of(13, BYTES): ("rpc", _message(RpcRequest, _RPC)),
    key_of(14, BYTES): ("refresh", _message(TokenRequest, _REFRESH)),
    key_of(15, BYTES): ("sub_refresh", _message(TokenRequest, _SUB_REFRESH)),
}
