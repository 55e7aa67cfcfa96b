"""The Protobuf encoding, beside the reference implementation of Protobuf and the schema that a client library ships."""

from __future__ import annotations

import json
from contextlib import suppress
from typing import Any

import msgspec
import pytest
from centrifuge.protocol import client_pb2 as schema
from google.protobuf.json_format import ParseDict
from hypothesis import given
from hypothesis import strategies as st

from chatd.wire.codecs import STREAM_PROTOBUF, WEBSOCKET_PROTOBUF
from chatd.wire.codes import Disconnect
from chatd.wire.messages import (
    MAX_COMMANDS,
    PONG,
    BadMessage,
    Command,
    Empty,
    HistoryRequest,
    PublishRequest,
    SubRefreshRequest,
    SubscribeRequest,
)
from chatd.wire.protobuf import read_fields, read_varint, sized, varint
from chatd.wire.replies import Publication, ServerMessage
from tests.wire import records

codec = WEBSOCKET_PROTOBUF
numbers = records.numbers


def sent(id: int, kind: str, request: dict[str, Any]) -> bytes:
    """A command as a client library frames it."""
    command = schema.Command(id=id)
    target = getattr(command, kind)
    target.SetInParent()
    fill(target, request)
    raw: bytes = command.SerializeToString()
    return varint(len(raw)) + raw


def fill(target: Any, values: dict[str, Any]) -> None:
    for name, value in values.items():
        if name == "data":
            target.data = json.dumps(value).encode()
        elif name == "since":
            target.since.SetInParent()
            fill(target.since, value)
        elif name == "subs":
            for channel, each in value.items():
                target.subs[channel].SetInParent()
                fill(target.subs[channel], each)
        else:
            setattr(target, name, value)


def reply(frame: bytes) -> Any:
    """The message in a frame of ours, read by the reference implementation."""
    assert frame[0] == 0x82
    raw = records.payload(frame)
    size, place = read_varint(raw, 0)
    assert len(raw) == place + size
    return schema.Reply.FromString(raw[place:])


def unpacked(found: Any) -> dict[str, Any]:
    """A message of the reference implementation: the fields that are there."""
    return {field.name: value(field, each) for field, each in found.ListFields()}


def value(field: Any, found: Any) -> Any:
    if field.type == field.TYPE_BYTES:
        return json.loads(found)
    if field.message_type is None:
        return found
    if field.message_type.GetOptions().map_entry:
        inner = field.message_type.fields_by_name["value"]
        return {name: value(inner, found[name]) for name in found}
    return [unpacked(each) for each in found] if field.is_repeated else unpacked(found)


@given(records.commands)
def test_commands_are_read_as_the_reference_wrote_them(commands: list[tuple[int, tuple[str, dict[str, Any]]]]) -> None:
    raw = b"".join(sent(id, kind, request) for id, (kind, request) in commands)
    for (id, (kind, request)), command in zip(commands, codec.decode(raw), strict=True):
        assert command.id == id
        assert records.read(getattr(command, kind)) == records.written(request)
        assert not any(getattr(command, name) for name in set(Command.__struct_fields__) - {"id", kind})


@given(records.ids, records.results)
def test_replies(id: int, result: tuple[str, Any]) -> None:
    kind, record = result
    assert unpacked(reply(records.encoded(codec, id, kind, record))) == {"id": id, kind: records.plain(record, {})}


@given(records.texts, records.pushes)
def test_pushes(channel: str, push: tuple[str, Any]) -> None:
    kind, record = push
    where = {"channel": channel} if channel else {}
    assert unpacked(reply(codec.push(channel, record))) == {"push": {**where, kind: records.plain(record, {})}}


@given(records.ids, records.json_data, records.numbers)
def test_what_is_encoded_most(id: int, data: Any, offset: int) -> None:
    assert unpacked(reply(codec.result(id, data))) == {"id": id, "rpc": {"data": data}}
    assert codec.publication("~", data, offset) == codec.push("~", Publication(data, offset))


def test_data_is_the_bytes_that_came() -> None:
    raw = b'{"a":\n [1.0] }'
    assert reply(codec.push("a", Publication(msgspec.Raw(raw)))).push.pub.data == raw
    assert reply(codec.push("", ServerMessage(msgspec.Raw(raw)))).push.message.data == raw


def test_the_end_of_a_stream_says_why() -> None:
    raw = STREAM_PROTOBUF.closing(Disconnect(3001, "shutdown"))
    push = schema.Push(disconnect=schema.Disconnect(code=3001, reason="shutdown"))
    body = sized(schema.Reply(push=push).SerializeToString())
    assert raw == b"%x\r\n%b\r\n0\r\n\r\n" % (len(body), body)


def test_ping_and_pong() -> None:
    assert reply(codec.ping) == schema.Reply()
    assert codec.decode(b"\0") == [PONG]


def test_the_frame_that_the_documentation_shows() -> None:
    (command,) = codec.decode(bytes.fromhex("0708012203220178"))
    assert command.id == 1
    assert command.connect is not None
    assert command.connect.name == "x"


def test_unknown_fields_are_passed_over() -> None:
    raw = ParseDict({"id": 2, "subscribe": {"channel": "~", "tf": {"op": "not"}}}, schema.Command())
    # 127 as a number, eight bytes, four bytes and a text.
    more = b"\xf8\x07\x01" + b"\xf9\x07" + bytes(8) + b"\xfd\x07" + bytes(4) + b"\xfa\x07\x02hi"
    body = raw.SerializeToString() + more
    (command,) = codec.decode(varint(len(body)) + body)
    assert command == Command(id=2, subscribe=SubscribeRequest(channel="~", tf=Empty()))


@pytest.mark.parametrize(
    ("raw", "command"),
    [
        (b"\x08\x01\x2a\x02\x78\x04", Command(id=1, subscribe=SubscribeRequest(type=4))),
        (b"\x08\x01\x3a\x02\x18\x01", Command(id=1, publish=PublishRequest(type=1))),
        (b"\x08\x01\x7a\x02\x18\x02", Command(id=1, sub_refresh=SubRefreshRequest(type=2))),
        (b"\x08\x01\x52\x0b\x38" + b"\xff" * 9 + b"\x01", Command(id=1, history=HistoryRequest(limit=-1))),
    ],
)
def test_what_is_newer_than_the_schema_that_the_library_ships(raw: bytes, command: Command) -> None:
    assert codec.decode(sized(raw)) == [command]


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\x05\x08\x01",  # the message is cut
        b"\x80",  # so is its size
        b"\x01\x08",  # a key without a value
        b"\x02\x0a\x05",  # bytes that are cut
        b"\x05\x0d\0\0\0",  # a fixed number that is cut
        b"\x02\x00\x01",  # field 0
        b"\x02\x0b\x0c",  # a group
        b"\x02\x0e\x00",  # no kind of value
        b"\x06\x08\xff\xff\xff\xff\x7f",  # an id above 32 bits
        b"\x0b\x08" + b"\xff" * 9 + b"\x02",  # above 64 bits
        b"\x0c\x08" + b"\x80" * 10 + b"\x00",  # too long
        b"\x04\x22\x02\x0a\xff",  # a text that is cut
        b"\x05\x22\x03\x0a\x01\xff",  # a text that is not UTF-8
        b"\x0a\x08\x01\x52\x06\x38\xff\xff\xff\xff\x08",  # a limit above 31 bits
        b"\x80" * 70_000,
    ],
)
def test_what_is_not_the_protocol_is_refused(raw: bytes) -> None:
    with pytest.raises(BadMessage):
        codec.decode(raw)


@given(st.binary(max_size=200))
def test_no_bytes_make_it_fail_otherwise(raw: bytes) -> None:
    with suppress(BadMessage):
        codec.decode(raw)
    with suppress(BadMessage):
        read_fields(raw)


@given(numbers, st.binary(max_size=12))
def test_varints(number: int, tail: bytes) -> None:
    raw = varint(number)
    assert read_varint(raw + tail, 0) == (number, len(raw))
    for cut in range(len(raw)):
        with pytest.raises(BadMessage):
            read_varint(raw[:cut], 0)


def test_more_commands_than_a_frame_may_have() -> None:
    assert codec.decode(b"\0" * MAX_COMMANDS) == [PONG] * MAX_COMMANDS
    with pytest.raises(BadMessage):
        codec.decode(b"\0" * (MAX_COMMANDS + 1))


def test_more_fields_than_a_message_may_have() -> None:
    unknown = varint(99 << 3) + b"\x01"
    assert len(read_fields(unknown * 256)) == 256
    with pytest.raises(BadMessage):
        read_fields(unknown * 257)


def test_of_a_repeated_request_only_the_last_is_read() -> None:
    broken, whole = b"\x6a\x02\x12\x05", b"\x6a\x03\x12\x01x"
    raw = b"\x08\x01" + broken + whole
    (command,) = codec.decode(varint(len(raw)) + raw)
    assert command.rpc is not None
    assert command.rpc.method == "x"
