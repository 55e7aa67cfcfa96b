"""The Protobuf encoding: each message in a frame stands behind its size, zero values are left out.

The application's data are bytes here; chatd expects and writes JSON in them, as in the other encoding. The numbers
are those of the Centrifuge client protocol, version 2.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec
import orjson

from chatd.wire import replies
from chatd.wire.codes import Disconnect, Error, Unsubscribe
from chatd.wire.frames import encode_close
from chatd.wire.framing import LAST_CHUNK, Framing
from chatd.wire.messages import MAX_COMMANDS, PONG, BadMessage, Command
from chatd.wire.protobuf import message, read_bytes, sized, text, whole
from chatd.wire.protobuf_commands import read_command

Fields = list[bytes]


class ProtobufCodec:
    """Encodes for one framing. Every frame that it makes may be sent to any number of connections."""

    def __init__(self, framing: Framing) -> None:
        self._frame, self.is_websocket = framing
        self.ping = self._frame(b"\0")

    def decode(self, payload: bytes) -> list[Command]:
        """The commands in a frame, in order. Raises BadMessage."""
        commands: list[Command] = []
        place = 0
        while place < len(payload):
            if len(commands) == MAX_COMMANDS:
                raise BadMessage("too many commands in the frame")
            raw, place = read_bytes(payload, place)
            commands.append(read_command(raw) if raw else PONG)
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

    def reply(self, id: int, result: replies.Result) -> bytes:
        """The reply to another request."""
        number, encode = _RESULTS[type(result)]
        return self._reply(whole(1, id), message(number, *encode(result)))

    def publication(self, channel: str, data: Any, offset: int) -> bytes:
        """A push of a publication that has nothing but data and an offset."""
        return self._reply(message(4, text(2, channel), message(4, message(4, orjson.dumps(data)), whole(6, offset))))

    def push(self, channel: str, push: replies.Push) -> bytes:
        """A push, in a channel or, when that is empty, in none."""
        number, encode = _PUSHES[type(push)]
        return self._reply(message(4, text(2, channel), message(number, *encode(push))))

    def closing(self, why: Disconnect) -> bytes:
        """What ends a connection."""
        return encode_close(why.code, why.reason) if self.is_websocket else self.push("", why) + LAST_CHUNK

    def _reply(self, *fields: bytes) -> bytes:
        return self._frame(sized(b"".join(fields)))


def _json(number: int, data: Any) -> bytes:
    """A field that holds JSON."""
    return message(number, bytes(data) if isinstance(data, msgspec.Raw) else orjson.dumps(data))


def _data(number: int, data: Any) -> bytes:
    """A field that holds JSON; nothing when there is none."""
    return b"" if data is None else _json(number, data)


def _info(info: replies.ClientInfo) -> Fields:
    return [text(1, info.user), text(2, info.client), _data(3, info.conn_info), _data(4, info.chan_info)]


def _publication(publication: replies.Publication) -> Fields:
    return [
        _json(4, publication.data),
        b"" if publication.info is None else message(5, *_info(publication.info)),
        whole(6, publication.offset),
        *(message(7, text(1, name), text(2, value)) for name, value in publication.tags.items()),
        whole(9, publication.time),
    ]


def _subscription(result: replies.SubscribeResult) -> Fields:
    return [
        whole(1, result.expires),
        whole(2, result.ttl),
        whole(3, result.recoverable),
        text(6, result.epoch),
        *(message(7, *_publication(each)) for each in result.publications),
        whole(8, result.recovered),
        whole(9, result.offset),
        whole(10, result.positioned),
        _data(11, result.data),
        whole(12, result.was_recovering),
    ]


def _connect(result: replies.ConnectResult) -> Fields:
    return [
        text(1, result.client),
        text(2, result.version),
        whole(3, result.expires),
        whole(4, result.ttl),
        _data(5, result.data),
        *(message(6, text(1, name), message(2, *_subscription(each))) for name, each in result.subs.items()),
        whole(7, result.ping),
        whole(8, result.pong),
        text(9, result.session),
        text(10, result.node),
    ]


def _refresh(result: replies.RefreshResult) -> Fields:
    return [text(1, result.client), text(2, result.version), whole(3, result.expires), whole(4, result.ttl)]


def _sub_refresh(result: replies.SubRefreshResult) -> Fields:
    return [whole(1, result.expires), whole(2, result.ttl)]


def _history(result: replies.HistoryResult) -> Fields:
    publications = (message(1, *_publication(each)) for each in result.publications)
    return [*publications, text(2, result.epoch), whole(3, result.offset)]


def _presence(result: replies.PresenceResult) -> Fields:
    return [message(1, text(1, client), message(2, *_info(info))) for client, info in result.presence.items()]


def _presence_stats(result: replies.PresenceStatsResult) -> Fields:
    return [whole(1, result.num_clients), whole(2, result.num_users)]


def _nothing(result: replies.UnsubscribeResult | replies.PublishResult) -> Fields:
    return []


def _whose(push: replies.Join | replies.Leave) -> Fields:
    return [message(1, *_info(push.info))]


def _unsubscribe(push: Unsubscribe) -> Fields:
    return [whole(2, push.code), text(3, push.reason)]


def _disconnect(push: Disconnect) -> Fields:
    return [whole(1, push.code), text(2, push.reason)]


def _subscribe(push: replies.Subscribe) -> Fields:
    return [
        whole(1, push.recoverable),
        text(4, push.epoch),
        whole(5, push.offset),
        whole(6, push.positioned),
        _data(7, push.data),
    ]


def _message(push: replies.ServerMessage) -> Fields:
    return [_json(1, push.data)]


# The number of the field that holds a kind of reply or push, and what makes the fields in it.
_Encoder = tuple[int, Callable[[Any], Fields]]
_RESULTS: dict[type[replies.Result], _Encoder] = {
    replies.ConnectResult: (5, _connect),
    replies.SubscribeResult: (6, _subscription),
    replies.UnsubscribeResult: (7, _nothing),
    replies.PublishResult: (8, _nothing),
    replies.PresenceResult: (9, _presence),
    replies.PresenceStatsResult: (10, _presence_stats),
    replies.HistoryResult: (11, _history),
    replies.RefreshResult: (14, _refresh),
    replies.SubRefreshResult: (15, _sub_refresh),
}
_PUSHES: dict[type[replies.Push], _Encoder] = {
    replies.Publication: (4, _publication),
    replies.Join: (5, _whose),
    replies.Leave: (6, _whose),
    Unsubscribe: (7, _unsubscribe),
    replies.ServerMessage: (8, _message),
    replies.Subscribe: (9, _subscribe),
    Disconnect: (11, _disconnect),
}
