"""The JSON encoding: what clients write is read, what they get is read by another JSON parser."""

from __future__ import annotations

import json
from contextlib import suppress
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatd.wire.codecs import SSE_JSON, WEBSOCKET_JSON
from chatd.wire.codes import Disconnect
from chatd.wire.json_codec import decode_data
from chatd.wire.messages import PONG, BadMessage, Command, Empty, SubscribeRequest
from chatd.wire.replies import HistoryResult, Publication, ServerMessage
from tests.wire import records

codec = WEBSOCKET_JSON


def message(frame: bytes) -> Any:
    """The one message in a frame of ours."""
    assert frame[0] == 0x81
    raw = records.payload(frame)
    assert b"\n" not in raw
    return json.loads(raw)


@given(records.commands)
def test_commands(commands: list[tuple[int, tuple[str, dict[str, Any]]]]) -> None:
    lines = [json.dumps({"id": id, kind: request}) for id, (kind, request) in commands]
    for raw in ("\n".join(lines), "\n".join(lines) + "\n"):
        for (id, (kind, request)), command in zip(commands, codec.decode(raw.encode()), strict=True):
            assert command.id == id
            assert records.read(getattr(command, kind)) == records.written(request)
            assert not any(getattr(command, name) for name in set(Command.__struct_fields__) - {"id", kind})


@given(records.ids, records.results)
def test_replies(id: int, result: tuple[str, Any]) -> None:
    kind, record = result
    expected = {"id": id, kind: records.plain(record, records.ALWAYS)}
    assert message(records.encoded(codec, id, kind, record)) == expected


@given(records.texts, records.pushes)
def test_pushes(channel: str, push: tuple[str, Any]) -> None:
    kind, record = push
    found = message(codec.push(channel, record))
    where = {"channel": channel} if channel else {}
    assert found == {"push": {**where, kind: records.plain(record, records.ALWAYS)}}


@given(records.ids, records.json_data, records.numbers)
def test_what_is_encoded_most(id: int, data: Any, offset: int) -> None:
    assert message(codec.result(id, data)) == {"id": id, "rpc": {"data": data}}
    push = message(codec.push("~", Publication(data, offset)))
    assert message(codec.publication("~", data, offset)) == push


def test_ping_and_pong() -> None:
    assert message(codec.ping) == {}
    assert codec.decode(b"{}") == [PONG]


def test_data_is_json_as_it_was_but_on_one_line() -> None:
    raw = b'{"id":1,"publish":{"channel":"a","data":{"a": [1.0,\r  "x\\ny"]}}}'
    (command,) = codec.decode(raw)
    assert command.publish is not None
    assert bytes(command.publish.data) == b'{"a": [1.0,\r  "x\\ny"]}'
    data = msgspec.Raw(b'{"a":\n[1.0,\r\n  "x\\r\\ny"]\n}')
    history = HistoryResult([Publication(data, 1)], "e", 1)
    for frame in (codec.push("a", Publication(data)), codec.push("", ServerMessage(data)), codec.reply(1, history)):
        assert b'"data":{"a":[1.0,  "x\\r\\ny"]}' in frame
        assert b"\r" not in records.payload(frame)
        message(frame)


def test_what_is_newer_is_passed_over_and_what_is_declined_is_seen() -> None:
    (connect,) = codec.decode(b'{"id":1,"connect":{"headers":{"a":"b"},"flag":1,"token":"t"}}')
    assert connect.connect is not None
    assert connect.connect.token == "t"
    (command,) = codec.decode(b'{"id":1,"subscribe":{"channel":"a","tf":{"op":"not","nodes":[]},"type":4,"flag":3}}')
    assert command.subscribe == SubscribeRequest(channel="a", tf=Empty(), type=4, flag=3)
    assert command.subscribe.rejects_unrecovered
    assert not SubscribeRequest(flag=1).rejects_unrecovered


def test_the_end_of_a_stream_says_why() -> None:
    raw = SSE_JSON.closing(Disconnect(3001, "shutdown"))
    assert b'data: {"push":{"disconnect":{"code":3001,"reason":"shutdown"}}}\n\n' in raw
    assert raw.endswith(b"\r\n0\r\n\r\n")


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\n",
        b"{",
        b"[]",
        b"null",
        b'{"id":1,"rpc":{}}\n{',
        b'{"id":1.5,"rpc":{}}',
        b'{"id":1,"rpc":{"method":5}}',
        b'{"id":1,"rpc":{"method":"\xff"}}',
        b'{"id":1,"rpc":{"method":"\\ud800"}}',
        b'{"id":1,"subscribe":{"channel":"a","tf":1}}',
        b'{"id":1,"history":{"channel":"a","limit":2147483648}}',
        b'{"id":1,"history":{"channel":"a","since":{"offset":-1}}}',
        b'{"id":4294967296}',
        b"[" * 100_000,
        b'{"id":1,"rpc":{"data":' + b"[" * 100_000,
    ],
)
def test_what_is_not_the_protocol_is_refused(raw: bytes) -> None:
    with pytest.raises(BadMessage):
        codec.decode(raw)


values = st.recursive(
    st.one_of(st.none(), st.floats(), st.integers(-(2**70), 2**70), records.texts),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(st.sampled_from([*Command.__struct_fields__, *SubscribeRequest.__struct_fields__]), inner),
    ),
    max_leaves=12,
)


@given(st.one_of(st.binary(max_size=200), values.map(lambda value: json.dumps(value).encode())))
def test_no_bytes_make_it_fail_otherwise(raw: bytes) -> None:
    with suppress(BadMessage):
        for command in codec.decode(raw):
            if command.rpc is not None:
                decode_data(command.rpc.data)
