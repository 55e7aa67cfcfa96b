"""What holds for any bytes: each law takes some and raises AssertionError, or an undocumented error, where it does not.

`tests/wire/test_fuzz.py` tries them quickly, `scripts/fuzz` for as long as one likes. Where bytes may arrive in pieces,
the first byte says how many sizes of pieces follow, and the rest is cut accordingly.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from http import HTTPStatus
from ipaddress import ip_address
from itertools import cycle
from typing import NamedTuple

import h11
import msgspec
from centrifuge.protocol import client_pb2 as schema
from google.protobuf.message import DecodeError
from wsproto.frame_protocol import FrameProtocol, Opcode, ParseFailed
from wsproto.utilities import generate_accept_token

from chatd.config import Config
from chatd.gateway.admission import may_connect
from chatd.gateway.proxies import Proxies, customer, plain
from chatd.wire import emulation_request, proxy_protocol
from chatd.wire.codecs import SSE_JSON, WEBSOCKET_JSON, WEBSOCKET_PROTOBUF
from chatd.wire.frames import CLOSE, TEXT, Frame, FrameDecoder, FrameError, encode_close, parse_close
from chatd.wire.handshake import Handshake, HandshakeError, is_handshake, refusal
from chatd.wire.json_codec import decode_data
from chatd.wire.messages import BadMessage, Command
from chatd.wire.protobuf import BYTES, read_bytes, read_fields, sized, varint
from chatd.wire.proxy_protocol import ProxyError
from chatd.wire.stream_request import StreamRequest, is_stream_request
from tests.wire import seeds

MESSAGE_LIMIT = 300
# A header, or a control frame but for its last byte.
KEPT_LIMIT = 14 + 125
# A close code that is registered, but that the other implementation does not know: 1014.
_BAD_GATEWAY = (1014).to_bytes(2, "big")
HEAD_LIMIT = 16_384

CONFIG = Config()
PROXIES = Proxies(CONFIG.server.proxies)


class Law(NamedTuple):
    """A law, and bytes from which it is worth to start."""

    holds: Callable[[bytes], None]
    seeds: tuple[bytes, ...]


def frames(data: bytes) -> None:
    """Messages do not depend on the pieces, another implementation reads the same, and little is kept."""
    whole = _frames(FrameDecoder(MESSAGE_LIMIT), [data[_start(data) :]])
    assert _frames(FrameDecoder(MESSAGE_LIMIT), _pieces(data)) == whole
    found, error = whole
    expected, is_broken = _reference_frames(data[_start(data) :])
    if is_broken and found and found[-1].opcode == CLOSE and found[-1].payload[:2] == _BAD_GATEWAY:
        return
    assert found == expected[: len(found)]
    if error is None:
        assert not is_broken
        assert found == expected


def json(data: bytes) -> None:
    """Commands that were read can be written, and are read as the same."""
    try:
        commands = WEBSOCKET_JSON.decode(data)
    except BadMessage:
        return
    assert commands
    assert WEBSOCKET_JSON.decode(b"\n".join(msgspec.json.encode(command) for command in commands)) == commands
    _read_data(commands)


def protobuf(data: bytes) -> None:
    """What is read as commands is a sequence of commands for the reference implementation too."""
    try:
        commands = WEBSOCKET_PROTOBUF.decode(data)
    except BadMessage:
        return
    place = 0
    for command in commands:
        raw, place = read_bytes(data, place)
        _check_command(raw, command)
    assert place == len(data)
    _read_data(commands)


def handshake(data: bytes) -> None:
    """A head is refused with a whole answer, or accepted, and h11 reads the same in it."""
    is_handshake(data)
    try:
        request = Handshake(data)
        answer = request.accept()
    except HandshakeError as error:
        _check_refusal(error)
        return
    assert answer.startswith(b"HTTP/1.1 101 ")
    said = _reference_headers(data)
    assert b"\r\nSec-WebSocket-Accept: %b\r\n" % generate_accept_token(said[b"sec-websocket-key"]) in answer
    assert request.host == said[b"host"].decode("latin-1")
    assert request.origin == (said[b"origin"].decode("latin-1") if b"origin" in said else None)
    assert ",".join(request.forwarded) == said.get(b"x-forwarded-for", b"").decode("latin-1")
    assert answer.count(b"\r\n") == (6 if b"sec-websocket-protocol:" in answer.lower() else 5)
    _check_caller(request.origin, request.host, request.forwarded)


def stream_request(data: bytes) -> None:
    """A request is read the same in any pieces that come after its first line."""
    raw = data[_start(data) :]
    if b"\n" not in raw or not is_stream_request(raw):
        return
    whole = _stream_request([raw])
    assert _stream_request(_pieces(data, raw.index(b"\n") + 1)) == whole


def emulation(data: bytes) -> None:
    """Secret and commands, or the documented error."""
    for parse in (emulation_request.parse_json, emulation_request.parse_protobuf):
        with suppress(BadMessage):
            secret, commands = parse(data)
            assert isinstance(commands, bytes)
            assert secret.encode().decode() == secret


def proxy(data: bytes) -> None:
    """An address, or none, or the documented error."""
    with suppress(ProxyError):
        address = _proxied(data)
        assert address is None or ip_address(customer(plain(address)).partition("/")[0])


LAWS = {
    "frames": Law(frames, seeds.FRAMES),
    "json": Law(json, seeds.JSON),
    "protobuf": Law(protobuf, seeds.PROTOBUF),
    "handshake": Law(handshake, seeds.HANDSHAKES),
    "stream_request": Law(stream_request, seeds.STREAM_REQUESTS),
    "emulation": Law(emulation, seeds.EMULATION),
    "proxy": Law(proxy, seeds.PROXY),
}


def _start(data: bytes) -> int:
    return 1 + data[0] if data else 0


def _pieces(data: bytes, first: int = 0) -> Iterator[bytes]:
    """What follows the sizes, in pieces; the first one is longer by `first`."""
    start = _start(data)
    sizes, rest = data[1:start] or b"\xff", data[start:]
    place = 0
    for size in cycle(sizes):
        end = place + size % 64 + 1 + (0 if place else first)
        yield rest[place:end]
        place = end
        if place >= len(rest):
            return


def _frames(decoder: FrameDecoder, pieces: Iterator[bytes] | list[bytes]) -> tuple[list[Frame], int | None]:
    """All frames up to a CLOSE or an error, and the close code that the error asks for; a wrong CLOSE is an error."""
    found: list[Frame] = []
    try:
        for piece in pieces:
            found += decoder.feed(piece)
            _check_kept(decoder)
            if found and found[-1].opcode == CLOSE:
                break
    except FrameError as error:
        return found + error.frames, error.code
    for opcode, payload in found:
        assert opcode != TEXT or payload.decode().encode() == payload
    error = _close_error(found[-1]) if found else None
    return found if error is None else found[:-1], error


def _check_kept(decoder: FrameDecoder) -> None:
    """A decoder keeps at most one message and the beginning of a frame; an idle one nothing."""
    kept = [getattr(decoder, name) for name in FrameDecoder.__slots__]
    size = sum(len(each) for each in kept if isinstance(each, bytes | bytearray))
    assert size <= MESSAGE_LIMIT + KEPT_LIMIT
    assert not decoder.idle or size <= 4


def _close_error(last: Frame) -> int | None:
    """What is wrong with a frame, if it is a close frame."""
    if last.opcode != CLOSE:
        return None
    try:
        code, reason = parse_close(last.payload)
    except FrameError as error:
        return error.code
    assert parse_close(encode_close(code, reason)[2:]) == (code, reason)
    return None


def _reference_frames(raw: bytes) -> tuple[list[Frame], bool]:
    """What wsproto reads, with close frames as they came, and whether it finds a mistake."""
    protocol = FrameProtocol(client=False, extensions=[])
    protocol.receive_bytes(raw)
    found: list[Frame] = []
    message = b""
    try:
        for frame in protocol.received_frames():
            payload = frame.payload.encode() if isinstance(frame.payload, str) else frame.payload
            if frame.opcode is Opcode.CLOSE:
                found.append(Frame(CLOSE, _close_payload(*payload)))
            elif frame.opcode.iscontrol():
                found.append(Frame(frame.opcode, payload))
            else:
                message += payload
                if frame.message_finished:
                    found.append(Frame(frame.opcode, message))
                    message = b""
    except ParseFailed:
        return found, True
    return found, False


def _reference_headers(head: bytes) -> dict[bytes, bytes]:
    """What h11 finds in a request to upgrade: values by name, those of the same name joined."""
    http = h11.Connection(h11.SERVER, max_incomplete_event_size=HEAD_LIMIT)
    http.receive_data(head)
    request = http.next_event()
    assert isinstance(request, h11.Request)
    assert request.method == b"GET"
    assert http.trailing_data == (b"", False)
    found: dict[bytes, bytes] = {}
    for name, value in request.headers:
        found[name] = found[name] + b"," + value if name in found else value
    return found


def _close_payload(code: int, reason: str) -> bytes:
    return b"" if code == 1005 else code.to_bytes(2, "big") + reason.encode()


def _check_command(raw: bytes, command: Command) -> None:
    """The reference implementation finds the same request, unless it stumbles in a field that we do not read."""
    # A message without fields: all are unknown, but they have to be well-formed. Keys with needless zeros before them
    # are read by some implementations only.
    schema.PingRequest.FromString(b"".join(_written(key, value) for key, value in read_fields(raw)))
    try:
        reference = schema.Command.FromString(raw)
    except DecodeError:
        return
    assert reference.id == command.id
    present = {name for name in command.__struct_fields__ if getattr(command, name) not in (0, None)}
    assert present == {field.name for field, _ in reference.ListFields()}


def _written(key: int, value: int | bytes) -> bytes:
    """A field in as few bytes as it needs."""
    if isinstance(value, int):
        return varint(key) + varint(value)
    return varint(key) + (sized(value) if key & 7 == BYTES else value)


def _read_data(commands: list[Command]) -> None:
    for command in commands:
        for request in (command.connect, command.subscribe, command.publish, command.send, command.rpc):
            if request is not None:
                with suppress(BadMessage):
                    decode_data(request.data)


def _check_refusal(error: HandshakeError) -> None:
    head, _, body = refusal(error.status, error.reason).partition(b"\r\n\r\n")
    lines = head.split(b"\r\n")
    assert lines[0] == f"HTTP/1.1 {error.status} {HTTPStatus(error.status).phrase}".encode()
    assert f"Content-Length: {len(body)}".encode() in lines
    assert len(lines) == (7 if error.status == HTTPStatus.UPGRADE_REQUIRED else 4)


def _check_caller(origin: str | None, host: str, forwarded: list[str]) -> None:
    """What the gateway does with it."""
    if origin is not None:
        may_connect(origin, host, CONFIG)
    assert ip_address(customer(PROXIES.client("127.0.0.1", forwarded)).partition("/")[0])


def _stream_request(pieces: Iterator[bytes] | list[bytes]) -> object:
    """What became of a request: the refusal's status, or what it says."""
    request = StreamRequest(HEAD_LIMIT, MESSAGE_LIMIT)
    try:
        for piece in pieces:
            if not request.complete and piece:
                request.feed(piece)
    except HandshakeError as error:
        _check_refusal(error)
        return error.status
    if not request.complete:
        return None
    assert len(request.commands) <= (HEAD_LIMIT if request.codec is SSE_JSON else MESSAGE_LIMIT)
    _check_caller(request.origin, request.host, request.forwarded)
    answer = request.accept()
    assert answer.startswith(b"HTTP/1.1 200 ")
    assert answer.index(b"\r\n\r\n") == len(answer) - 4
    return request.commands, request.codec, request.origin, request.host, request.forwarded


def _proxied(data: bytes) -> str | None:
    """Read as the gateway does."""
    first = data[: proxy_protocol.FIRST_BYTES].ljust(proxy_protocol.FIRST_BYTES, b"\0")
    if proxy_protocol.is_second(first):
        head = data[: proxy_protocol.SECOND_HEAD].ljust(proxy_protocol.SECOND_HEAD, b"\0")
        size = proxy_protocol.body_size(head)
        return proxy_protocol.parse_second(head, data[len(head) :][:size].ljust(size, b"\0"))
    end = data.find(b"\r\n", proxy_protocol.FIRST_BYTES - 2, proxy_protocol.MAX_LINE)
    return proxy_protocol.parse_line(data[: end + 2]) if end >= 0 else None
