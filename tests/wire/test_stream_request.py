"""Requests that begin an endless answer, and the ones that bring a client's commands."""

from __future__ import annotations

import itertools
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatd.wire import emulation_request
from chatd.wire.codecs import SSE_JSON, STREAM_JSON, STREAM_PROTOBUF, Codec
from chatd.wire.handshake import HandshakeError
from chatd.wire.messages import BadMessage
from chatd.wire.stream_request import StreamRequest, is_stream_request

HEAD_LIMIT, BODY_LIMIT = 4096, 1000


def fed(*parts: bytes) -> StreamRequest:
    request = StreamRequest(HEAD_LIMIT, BODY_LIMIT)
    for part in parts:
        request.feed(part)
    return request


def post(body: bytes, headers: bytes = b"", chunked: bool = False) -> bytes:
    """A request for a stream, its body whole or in chunks of one byte."""
    head = b"POST /connection/http_stream HTTP/1.1\r\nHost: x\r\n" + headers
    if not chunked:
        return head + b"Content-Length: %d\r\n\r\n" % len(body) + body
    chunks = b"".join(b"1\r\n%c\r\n" % byte for byte in body)
    return head + b"Transfer-Encoding: chunked\r\n\r\n" + chunks + b"0\r\n\r\n"


@given(st.binary(max_size=BODY_LIMIT), st.booleans(), st.lists(st.integers(1, 2000), max_size=8))
def test_a_body_in_any_pieces(body: bytes, chunked: bool, cuts: list[int]) -> None:
    whole = post(body, chunked=chunked)
    places = sorted({0, *(cut % len(whole) for cut in cuts), len(whole)})
    request = fed(*(whole[start:end] for start, end in itertools.pairwise(places)))
    assert request.complete
    assert request.commands == body


@pytest.mark.parametrize(
    ("whole", "codec", "kind"),
    [
        (post(b"{}"), STREAM_JSON, b"application/json"),
        (post(b"{}", b"Content-Type: application/json\r\n"), STREAM_JSON, b"application/json"),
        (post(b"x", b"Content-Type: Application/Octet-Stream; a=b\r\n"), STREAM_PROTOBUF, b"application/octet-stream"),
        (b"GET /connection/sse?cf_connect=%7B%7D HTTP/1.1\r\nHost: x\r\n\r\n", SSE_JSON, b"text/event-stream"),
    ],
)
def test_the_answer_speaks_as_the_request_does(whole: bytes, codec: Codec, kind: bytes) -> None:
    request = fed(whole)
    assert request.codec is codec
    head = request.accept()
    assert head.startswith(b"HTTP/1.1 200 ")
    assert head.endswith(b"\r\n\r\n")
    lines = head.lower().split(b"\r\n")
    assert b"content-type: " + kind in lines
    assert {b"transfer-encoding: chunked", b"cache-control: no-store", b"connection: close"} <= set(lines)
    assert b"access-control" not in head.lower()


def test_a_page_elsewhere_may_read_the_answer() -> None:
    request = fed(
        post(b"{}", b"Origin: https://friend.example\r\nX-Forwarded-For: 1.2.3.4\r\nX-Forwarded-For: ::1\r\n")
    )
    assert (request.origin, request.host, request.forwarded) == ("https://friend.example", "x", ["1.2.3.4", "::1"])
    assert b"access-control-allow-origin: https://friend.example\r\n" in request.accept().lower()


@pytest.mark.parametrize(
    ("query", "commands"),
    [
        (b"?cf_connect=%7B%22id%22%3A1%7D", b'{"id":1}'),
        (b"?a=b&cf_connect=x%0Ay&cf_connect=z", b"x\ny"),
        (b"?cf_connect=", b""),
        (b"", b""),
        (b"?" + b"&" * 2000, b""),
    ],
)
def test_commands_in_a_query(query: bytes, commands: bytes) -> None:
    assert fed(b"GET /connection/sse" + query + b" HTTP/1.1\r\nHost: x\r\n\r\n").commands == commands


@pytest.mark.parametrize(
    ("whole", "status"),
    [
        (post(b"x" * (BODY_LIMIT + 1)), 413),
        (post(b"x" * (BODY_LIMIT + 1), chunked=True), 413),
        (b"POST /connection/http_stream HTTP/1.0\r\nContent-Length: 1\r\n\r\nx", 505),
        (b"POST /connection/http_stream HTTP/1.1\r\n\r\n", 400),
        (post(b"", b"Content-Length: 7\r\n"), 400),
        (post(b"", b"Transfer-Encoding: gzip\r\n"), 501),
        (b"POST /connection/http_stream HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", 400),
    ],
)
def test_what_is_refused(whole: bytes, status: int) -> None:
    with pytest.raises(HandshakeError) as refused:
        fed(whole)
    assert refused.value.status == status


def test_a_head_that_does_not_end() -> None:
    with pytest.raises(HandshakeError) as refused:
        fed(b"POST /connection/http_stream HTTP/1.1\r\nHost: x\r\n", *[b"X: " + b"y" * 100 + b"\r\n"] * 50)
    assert refused.value.status == 431


@pytest.mark.parametrize(
    ("head", "is_one"),
    [
        (b"POST /connection/http_stream HTTP/1.1\r\n", True),
        (b"POST /connection/http_stream?a HTTP/1.1\r\n", True),
        (b"GET /connection/sse?x=y HTTP/1.1\r\n", True),
        (b"GET /connection/http_stream HTTP/1.1\r\n", False),
        (b"POST /connection/sse HTTP/1.1\r\n", False),
        (b"OPTIONS /connection/http_stream HTTP/1.1\r\n", False),
        (b"GET /connection/sse2 HTTP/1.1\r\n", False),
        (b"GET  /connection/sse HTTP/1.1\r\n", False),
        (b"\r\n", False),
        (b"GET\r\n", False),
    ],
)
def test_which_requests_these_are(head: bytes, is_one: bool) -> None:
    assert is_stream_request(head) is is_one


@given(st.binary(max_size=200))
def test_garbage_has_an_answer(raw: bytes) -> None:
    is_stream_request(raw)
    status = 200
    try:
        request = fed(b"GET /connection/sse HTTP/1.1\r\n" + raw)
    except HandshakeError as refused:
        status = refused.status
    assert status in (200, 400, 431, 501, 505)
    if status == 200 and request.complete:
        assert request.accept()


@given(st.text(), st.text())
def test_commands_of_a_session_as_json(session: str, commands: str) -> None:
    raw = json.dumps({"session": session, "node": "n", "data": commands}).encode("utf-8", "surrogatepass")
    assert emulation_request.parse_json(raw) == (session, commands.encode())


@given(st.text(max_size=100), st.binary(max_size=100))
def test_commands_of_a_session_as_protobuf(session: str, commands: bytes) -> None:
    text = session.encode()
    raw = b"\x0a\x01n\x12%b%b\x1a%b%b" % (bytes([len(text)]), text, bytes([len(commands)]), commands)
    if len(text) < 128:
        assert emulation_request.parse_protobuf(raw) == (session, commands)


@pytest.mark.parametrize(
    "raw", [b"", b"{}", b"[]", b"null", b'{"session":1,"data":""}', b'{"session":"a"}', b"\xff", b"[" * 100_000]
)
def test_what_is_no_json(raw: bytes) -> None:
    with pytest.raises(BadMessage):
        emulation_request.parse_json(raw)


@given(st.binary())
def test_garbage_of_a_session_is_refused_or_understood(raw: bytes) -> None:
    for parse in (emulation_request.parse_json, emulation_request.parse_protobuf):
        try:
            session, commands = parse(raw)
        except BadMessage:
            continue
        assert isinstance(session, str)
        assert isinstance(commands, bytes)
