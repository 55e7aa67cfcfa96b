"""The JSON encoding: messages in a frame are separated by a newline, zero values are left out."""

from __future__ import annotations

from typing import Any

import msgspec
import orjson

from chatd.wire.codes import Error
from chatd.wire.frames import TEXT, encode_frame
from chatd.wire.messages import BadMessage, Command, Subscription

OPCODE = TEXT
PING = encode_frame(TEXT, b"{}")

_decoder = msgspec.json.Decoder(Command)


def decode(payload: bytes) -> list[Command]:
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


def decode_data(raw: msgspec.Raw) -> Any:
    """The application's data in a request; None when there is none. Raises BadMessage."""
    try:
        return orjson.loads(memoryview(raw)) if memoryview(raw).nbytes else None
    except orjson.JSONDecodeError as error:
        raise BadMessage(str(error)) from None


def error(id: int, error: Error) -> bytes:
    """A reply that says what went wrong."""
    body: dict[str, Any] = {"code": error.code, "message": error.message}
    if error.temporary:
        body["temporary"] = True
    return _reply({"id": id, "error": body})


def result(id: int, data: Any) -> bytes:
    """The reply to an RPC."""
    return _reply({"id": id, "rpc": {"data": data}})


def empty(id: int, kind: str) -> bytes:
    """A reply without content to a request of a kind, such as `unsubscribe`."""
    return _reply({"id": id, kind: {}})


def connected(
    id: int,
    *,
    client: str,
    version: str,
    data: Any,
    ttl: int,
    ping: int,
    subs: dict[str, Subscription],
) -> bytes:
    """The reply to connect. `ttl` and `ping` are seconds; a ttl of 0 means that the session does not expire."""
    body: dict[str, Any] = {"client": client, "version": version, "data": data, "ping": ping, "pong": True}
    if ttl:
        body |= {"expires": True, "ttl": ttl}
    if subs:
        body["subs"] = {channel: _subscription(each) for channel, each in subs.items()}
    return _reply({"id": id, "connect": body})


def subscribed(id: int, subscription: Subscription) -> bytes:
    """The reply to subscribe."""
    return _reply({"id": id, "subscribe": _subscription(subscription)})


def refreshed(id: int, *, client: str, version: str, ttl: int) -> bytes:
    """The reply to refresh."""
    return _reply({"id": id, "refresh": {"client": client, "version": version, "expires": True, "ttl": ttl}})


def publication(channel: str, data: Any, offset: int) -> bytes:
    """A push; offset 0 stands for a publication that is not part of the stream's history."""
    body: dict[str, Any] = {"data": data}
    if offset:
        body["offset"] = offset
    return _reply({"push": {"channel": channel, "pub": body}})


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


def _reply(message: dict[str, Any]) -> bytes:
    return encode_frame(TEXT, orjson.dumps(message))
