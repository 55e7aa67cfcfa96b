"""Commands as Protobuf messages, by the numbers of the Centrifuge client protocol, version 2."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec

from chatd.wire.messages import (
    BadMessage,
    ChannelRequest,
    Command,
    ConnectRequest,
    Empty,
    HistoryRequest,
    Position,
    PublishRequest,
    RefreshRequest,
    RpcRequest,
    SendRequest,
    SubRefreshRequest,
    SubscribeRequest,
)
from chatd.wire.protobuf import BYTES, VARINT, key_of, read_fields

_MAX_ID = (1 << 32) - 1
_INT = range(-(1 << 31), 1 << 31)

# For each message: the key of a field, the name it has in our record, and what makes its value.
_Table = dict[int, tuple[str, Callable[[Any], Any]]]


def read_command(raw: bytes) -> Command:
    """The command in a message. Raises BadMessage."""
    return Command(**_values(_COMMAND, raw))


def _values(table: _Table, raw: bytes) -> dict[str, Any]:
    """The known fields of a message; one that is repeated counts as it came last."""
    values = {}
    for key, value in dict(read_fields(raw)).items():
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


def _signed(value: int) -> int:
    """The protocol's int64; numbers below 0 are written as their two's complement."""
    return value - (1 << 64) if value >> 63 else value


def _int(value: int) -> int:
    """The protocol's int32."""
    number = _signed(value)
    if number not in _INT:
        raise BadMessage("a number is too large")
    return number


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
_TOKEN: _Table = {key_of(2, BYTES): ("token", _text)}
_SUBSCRIBE: _Table = {
    **_CHANNEL,
    **_TOKEN,
    key_of(3, VARINT): ("recover", bool),
    key_of(6, BYTES): ("epoch", _text),
    key_of(7, VARINT): ("offset", int),
    key_of(8, BYTES): ("data", msgspec.Raw),
    key_of(9, VARINT): ("positioned", bool),
    key_of(10, VARINT): ("recoverable", bool),
    key_of(11, VARINT): ("join_leave", bool),
    key_of(12, BYTES): ("delta", _text),
    key_of(13, BYTES): ("tf", _message(Empty, {})),
    key_of(14, VARINT): ("flag", _signed),
    key_of(15, VARINT): ("type", _signed),
}
_SUB: _Table = {**_CHANNEL, key_of(2, BYTES): ("position", _message(SubscribeRequest, _SUBSCRIBE))}
_CONNECT: _Table = {
    key_of(1, BYTES): ("token", _text),
    key_of(2, BYTES): ("data", msgspec.Raw),
    key_of(4, BYTES): ("name", _text),
    key_of(5, BYTES): ("version", _text),
}
_PUBLISH: _Table = {**_CHANNEL, key_of(2, BYTES): ("data", msgspec.Raw), key_of(3, VARINT): ("type", _signed)}
_SINCE: _Table = {key_of(1, VARINT): ("offset", int), key_of(2, BYTES): ("epoch", _text)}
_HISTORY: _Table = {
    **_CHANNEL,
    key_of(7, VARINT): ("limit", _int),
    key_of(8, BYTES): ("since", _message(Position, _SINCE)),
    key_of(9, VARINT): ("reverse", bool),
}
_SEND: _Table = {key_of(1, BYTES): ("data", msgspec.Raw)}
_RPC: _Table = {**_SEND, key_of(2, BYTES): ("method", _text)}
_REFRESH: _Table = {key_of(1, BYTES): ("token", _text)}
_SUB_REFRESH: _Table = {**_CHANNEL, **_TOKEN, key_of(3, VARINT): ("type", _signed)}
_COMMAND: _Table = {
    key_of(1, VARINT): ("id", _id),
    key_of(4, BYTES): ("connect", _connect),
    key_of(5, BYTES): ("subscribe", _message(SubscribeRequest, _SUBSCRIBE)),
    key_of(6, BYTES): ("unsubscribe", _message(ChannelRequest, _CHANNEL)),
    key_of(7, BYTES): ("publish", _message(PublishRequest, _PUBLISH)),
    key_of(8, BYTES): ("presence", _message(ChannelRequest, _CHANNEL)),
    key_of(9, BYTES): ("presence_stats", _message(ChannelRequest, _CHANNEL)),
    key_of(10, BYTES): ("history", _message(HistoryRequest, _HISTORY)),
    key_of(11, BYTES): ("ping", _message(Empty, {})),
    key_of(12, BYTES): ("send", _message(SendRequest, _SEND)),
    key_of(13, BYTES): ("rpc", _message(RpcRequest, _RPC)),
    key_of(14, BYTES): ("refresh", _message(RefreshRequest, _REFRESH)),
    key_of(15, BYTES): ("sub_refresh", _message(SubRefreshRequest, _SUB_REFRESH)),
}
