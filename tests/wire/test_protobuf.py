"""The Protobuf encoding, beside the reference implementation of Protobuf and the schema that a client library ships."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

import msgspec
import pytest
from centrifuge.protocol import client_pb2 as schema
from google.protobuf.json_format import MessageToDict, ParseDict
from hypothesis import given
from hypothesis import strategies as st

from chatd.wire.codecs import WEBSOCKET_PROTOBUF
from chatd.wire.codes import Error
from chatd.wire.messages import PONG, BadMessage, Command, SubscribeRequest, Subscription
from chatd.wire.protobuf import read_fields, read_varint, varint

codec = WEBSOCKET_PROTOBUF

texts = st.text(max_size=40)
numbers = st.integers(0, 2**64 - 1)
channels = st.fixed_dictionaries({"channel": texts})
subscribes = st.fixed_dictionaries(
    {},
    optional={
        "channel": texts,
        "token": texts,
        "recover": st.booleans(),
        "epoch": texts,
        "offset": numbers,
        "data": st.binary(max_size=40),
        "positioned": st.booleans(),
        "recoverable": st.booleans(),
        "join_leave": st.booleans(),
    },
)
connects = st.fixed_dictionaries(
    {},
    optional={
        "token": texts,
        "data": st.binary(max_size=40),
        "subs": st.dictionaries(texts, subscribes, max_size=3),
        "name": texts,
        "version": texts,
    },
)
requests = st.one_of(
    st.tuples(st.just("connect"), connects),
    st.tuples(st.just("subscribe"), subscribes),
    st.tuples(st.sampled_from(["unsubscribe", "publish", "presence", "presence_stats", "history"]), channels),
    st.tuples(st.sampled_from(["ping", "send"]), st.just({})),
    st.tuples(st.just("rpc"), st.fixed_dictionaries({"data": st.binary(max_size=40), "method": texts})),
    st.tuples(st.just("refresh"), st.fixed_dictionaries({"token": texts})),
    st.tuples(st.just("sub_refresh"), st.fixed_dictionaries({"channel": texts, "token": texts})),
)
json_data = st.dictionaries(texts, st.one_of(st.none(), st.booleans(), texts, st.integers(-(2**53), 2**53)), max_size=4)
positions = st.builds(
    Subscription,
    epoch=texts,
    offset=numbers,
    recovered=st.booleans(),
    was_recovering=st.booleans(),
    publications=st.lists(st.tuples(numbers, json_data), max_size=3),
)


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
        if isinstance(value, dict):
            for channel, each in value.items():
                target.subs[channel].SetInParent()
                fill(target.subs[channel], each)
        else:
            setattr(target, name, value)


def plain(value: Any) -> Any:
    """A record as a dictionary without zero values, bytes as they are."""
    if isinstance(value, msgspec.Struct):
        pairs = {name: plain(getattr(value, name)) for name in value.__struct_fields__}
        return {name: each for name, each in pairs.items() if each}
    if isinstance(value, msgspec.Raw):
        return bytes(value)
    if isinstance(value, dict):
        return {name: plain(each) for name, each in value.items()}
    return value


def pruned(values: dict[str, Any]) -> dict[str, Any]:
    found = {name: value for name, value in values.items() if value}
    if "subs" in found:
        found["subs"] = {channel: pruned(each) for channel, each in found["subs"].items()}
    return found


def reply(frame: bytes) -> Any:
    """The message in a frame of ours, read by the reference implementation."""
    assert frame[0] == 0x82
    start = 2 if frame[1] < 126 else 4
    assert frame[1] < 126 or int.from_bytes(frame[2:4], "big") == len(frame) - 4
    size, place = read_varint(frame, start)
    assert len(frame) == place + size
    return schema.Reply.FromString(frame[place:])


@given(st.lists(st.tuples(st.integers(1, 2**32 - 1), requests), min_size=1, max_size=4))
def test_commands_are_read_as_the_reference_wrote_them(commands: list[tuple[int, tuple[str, dict[str, Any]]]]) -> None:
    raw = b"".join(sent(id, kind, request) for id, (kind, request) in commands)
    for (id, (kind, request)), command in zip(commands, codec.decode(raw), strict=True):
        assert command.id == id
        assert plain(getattr(command, kind)) == pruned(request)
        others = set(Command.__struct_fields__) - {"id", kind}
        assert not any(getattr(command, name) for name in others)


@given(st.integers(1, 2**32 - 1), st.builds(Error, st.integers(1, 1999), texts, st.booleans()))
def test_errors(id: int, error: Error) -> None:
    expected = schema.Error(code=error.code, message=error.message, temporary=error.temporary)
    assert reply(codec.error(id, error)) == schema.Reply(id=id, error=expected)


@given(st.integers(1, 2**32 - 1), json_data)
def test_results(id: int, data: dict[str, Any]) -> None:
    answer = reply(codec.result(id, data))
    assert (answer.id, msgspec.json.decode(answer.rpc.data)) == (id, data)


@pytest.mark.parametrize("kind", ["unsubscribe", "ping"])
def test_empty_results_are_there(kind: str) -> None:
    answer = reply(codec.empty(7, kind))
    assert answer.id == 7
    assert [field.name for field, _ in answer.ListFields()] == ["id", kind]


@given(texts, json_data, numbers)
def test_publications(channel: str, data: dict[str, Any], offset: int) -> None:
    answer = reply(codec.publication(channel, data, offset))
    assert answer.id == 0
    assert (answer.push.channel, answer.push.pub.offset) == (channel, offset)
    assert msgspec.json.decode(answer.push.pub.data) == data


@given(positions)
def test_subscriptions(position: Subscription) -> None:
    check_subscription(reply(codec.subscribed(9, position)).subscribe, position)


def check_subscription(found: Any, position: Subscription) -> None:
    assert found.recoverable
    assert found.positioned
    assert (found.epoch, found.offset) == (position.epoch, position.offset)
    assert (found.recovered, found.was_recovering) == (position.recovered, position.was_recovering)
    assert [(each.offset, msgspec.json.decode(each.data)) for each in found.publications] == position.publications


@given(json_data, st.integers(0, 2**31), st.dictionaries(texts, positions, max_size=2))
def test_the_reply_to_connect(data: dict[str, Any], ttl: int, subs: dict[str, Subscription]) -> None:
    frame = codec.connected(1, client="c-1", version="0.1", data=data, ttl=ttl, ping=25, subs=subs)
    found = reply(frame).connect
    assert (found.client, found.version, found.ping, found.pong) == ("c-1", "0.1", 25, True)
    assert (found.expires, found.ttl) == (ttl > 0, ttl)
    assert msgspec.json.decode(found.data) == data
    assert set(found.subs) == set(subs)
    for channel, position in subs.items():
        check_subscription(found.subs[channel], position)


def test_the_reply_to_refresh() -> None:
    found = reply(codec.refreshed(3, client="c-1", version="0.1", ttl=60)).refresh
    assert MessageToDict(found) == {"client": "c-1", "version": "0.1", "expires": True, "ttl": 60}


def test_ping_and_pong() -> None:
    assert reply(codec.ping) == schema.Reply()
    assert codec.decode(b"\0") == [PONG]


def test_the_frame_that_the_documentation_shows() -> None:
    (command,) = codec.decode(bytes.fromhex("0708012203220178"))
    assert command.id == 1
    assert command.connect is not None
    assert command.connect.name == "x"


def test_unknown_fields_are_passed_over() -> None:
    raw = ParseDict({"id": 2, "subscribe": {"channel": "~", "flag": 1, "tf": {"op": "not"}}}, schema.Command())
    # 127 as a number, eight bytes, four bytes and a text.
    more = b"\xf8\x07\x01" + b"\xf9\x07" + bytes(8) + b"\xfd\x07" + bytes(4) + b"\xfa\x07\x02hi"
    body = raw.SerializeToString() + more
    (command,) = codec.decode(varint(len(body)) + body)
    assert command == Command(id=2, subscribe=SubscribeRequest(channel="~"))


def test_the_kind_of_channel() -> None:
    """It is newer than the schema that the library ships."""
    (command,) = codec.decode(b"\x06\x08\x01\x2a\x02\x78\x04")
    assert command == Command(id=1, subscribe=SubscribeRequest(type=4))


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
