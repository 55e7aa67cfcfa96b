"""The JSON encoding: messages in a frame are separated by a newline, zero values are left out."""

from __future__ import annotations

from typing import Any

import msgspec
import orjson

from chatd.wire import replies
from chatd.wire.codes import Disconnect, Error, Unsubscribe
from chatd.wire.frames import encode_close
from chatd.wire.framing import LAST_CHUNK, Framing
from chatd.wire.messages import MAX_COMMANDS, BadMessage, Command

_decoder = msgspec.json.Decoder(Command)
_encoder = msgspec.json.Encoder()
# They separate messages, and in server-sent events parts of one. In JSON they are space between tokens.
_LINE_BREAKS = b"\r\n"

_RESULTS: dict[type[replies.Result], str] = {
    replies.ConnectResult: "connect",
    replies.SubscribeResult: "subscribe",
    replies.UnsubscribeResult: "unsubscribe",
    replies.PublishResult: "publish",
    replies.PresenceResult: "presence",
    replies.PresenceStatsResult: "presence_stats",
    replies.HistoryResult: "history",
    replies.RefreshResult: "refresh",
    replies.SubRefreshResult: "sub_refresh",
}
_PUSHES: dict[type[replies.Push], str] = {
    replies.Publication: "pub",
    replies.Join: "join",
    replies.Leave: "leave",
    Unsubscribe: "unsubscribe",
    replies.ServerMessage: "message",
    replies.Subscribe: "subscribe",
    Disconnect: "disconnect",
}


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
            if payload.count(b"\n") > MAX_COMMANDS:
                raise BadMessage("too many commands in the frame")
            commands: list[Command] = _decoder.decode_lines(payload)
        except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
            raise BadMessage(str(error)) from None
        if not commands:
            raise BadMessage("nothing in the frame")
        return commands

    def error(self, id: int, error: Error) -> bytes:
        """A reply that says what went wrong."""
        return self._frame(_on_one_line({"id": id, "error": error}))

    def result(self, id: int, data: Any) -> bytes:
        """The reply to an RPC."""
        return self._frame(orjson.dumps({"id": id, "rpc": {"data": data}}))

    def reply(self, id: int, result: replies.Result) -> bytes:
        """The reply to another request."""
        return self._frame(_on_one_line({"id": id, _RESULTS[type(result)]: result}))

    def publication(self, channel: str, data: Any, offset: int) -> bytes:
        """A push of a publication that has nothing but data and an offset."""
        body: dict[str, Any] = {"data": data}
        if offset:
            body["offset"] = offset
        return self._frame(orjson.dumps({"push": {"channel": channel, "pub": body}}))

    def push(self, channel: str, push: replies.Push) -> bytes:
        """A push, in a channel or, when that is empty, in none."""
        body: dict[str, Any] = {"channel": channel} if channel else {}
        body[_PUSHES[type(push)]] = push
        return self._frame(_on_one_line({"push": body}))

    def closing(self, why: Disconnect) -> bytes:
        """What ends a connection."""
        return encode_close(why.code, why.reason) if self.is_websocket else self.push("", why) + LAST_CHUNK


def _on_one_line(message: dict[str, Any]) -> bytes:
    """A message as JSON. The application's data may have come with line breaks."""
    raw = _encoder.encode(message)
    return raw.translate(None, _LINE_BREAKS) if b"\n" in raw or b"\r" in raw else raw


def decode_data(raw: msgspec.Raw) -> Any:
    """The application's data in a request; None when there is none. Raises BadMessage."""
    try:
        return orjson.loads(memoryview(raw)) if memoryview(raw).nbytes else None
    except orjson.JSONDecodeError as error:
        raise BadMessage(str(error)) from None
