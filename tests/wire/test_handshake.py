"""The opening handshake."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatd.wire.handshake import JSON, PROTOBUF, Handshake, HandshakeError, is_handshake, refusal

HEAD = (
    "GET /connection/websocket{query} HTTP/1.1\r\nHost: chat.example\r\nUpgrade: websocket\r\n"
    "Connection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n{more}\r\n"
)


def head(query: str = "", more: str = "") -> bytes:
    return HEAD.format(query=query, more=more).encode()


def test_the_answer_carries_the_accept_key_and_no_subprotocol_unasked() -> None:
    answer = Handshake(head()).accept()
    assert answer.startswith(b"HTTP/1.1 101 ")
    assert b"s3pPLMBiTxaQ9kYGzzhZRbK+xOo=" in answer
    assert b"protocol" not in answer.lower().split(b"\r\n", 1)[1]


def test_the_encoding_follows_subprotocol_or_query() -> None:
    assert Handshake(head()).encoding == JSON
    assert Handshake(head("?format=protobuf")).encoding == PROTOBUF
    asked = Handshake(head(more="Sec-WebSocket-Protocol: chat, centrifuge-protobuf\r\n"))
    assert asked.encoding == PROTOBUF
    assert b"centrifuge-protobuf" in asked.accept()


def test_origin_and_host() -> None:
    handshake = Handshake(head(more="Origin: https://evil.example\r\n"))
    assert (handshake.host, handshake.origin) == ("chat.example", "https://evil.example")
    assert Handshake(head()).origin is None


@pytest.mark.parametrize(
    "raw",
    [
        head().replace(b"Upgrade: websocket\r\n", b""),
        head().replace(b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n", b""),
        head().replace(b"GET", b"POST"),
        head().replace(b"Host: chat.example\r\n", b""),
        head() + b"x",
        b"GET /connection/websocket HTTP/1.1\r\n garbage\r\n\r\n",
        b"\0\r\n\r\n",
        head().replace(b"Upgrade: websocket\r\n", b"Upgrade: websocket\n"),
        head().replace(b"HTTP/1.1", b"HTTP/1.0"),
        head().replace(b"Host: chat.example", b"Host: a\0b"),
        head().replace(b"dGhlIHNhbXBsZSBub25jZQ==", b"c2hvcnQ="),
        head().replace(b"dGhlIHNhbXBsZSBub25jZQ==", b"dGhlIHNhbXBsZSBub25jZQ"),
        head().replace(b"dGhlIHNhbXBsZSBub25jZQ==", b"=?"),
        head(more="Host: two.example\r\n"),
        head(more="Origin: https://one.example\r\nOrigin: https://two.example\r\n"),
        head(more="Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"),
        head(more="X-Folded: one\r\n two\r\n"),
        head(more="Content-Length: 3\r\n"),
        head(more="Transfer-Encoding: chunked\r\n"),
        head(more="Sec-WebSocket-Protocol: \u00e9\r\n"),
    ],
)
def test_what_is_no_handshake_is_refused(raw: bytes) -> None:
    with pytest.raises(HandshakeError):
        Handshake(raw).accept()


def test_another_version_learns_which_one_is_understood() -> None:
    with pytest.raises(HandshakeError) as raised:
        Handshake(head().replace(b"13", b"12"))
    assert raised.value.status == 426
    answer = refusal(raised.value.status, raised.value.reason)
    assert b"Sec-WebSocket-Version: 13\r\n" in answer
    assert b"Upgrade: websocket\r\n" in answer


def test_extensions_are_declined() -> None:
    answer = Handshake(head(more="Sec-WebSocket-Extensions: permessage-deflate\r\n")).accept()
    assert b"extensions" not in answer.lower()


@given(st.binary(max_size=80), st.integers(0, 300), st.integers(0, 40))
def test_no_bytes_make_it_fail_otherwise(noise: bytes, place: int, cut: int) -> None:
    raw = head("?format=protobuf", "Origin: https://chat.example\r\nSec-WebSocket-Protocol: centrifuge-json\r\n")
    with suppress(HandshakeError):
        Handshake(raw[:place] + noise + raw[place + cut :]).accept()


def test_only_the_endpoint_is_one() -> None:
    assert is_handshake(head())
    assert is_handshake(head("?cf_protocol_version=v2"))
    assert not is_handshake(b"GET /connection/websockets HTTP/1.1\r\n")
    assert not is_handshake(b"GET\r\n")
    assert not is_handshake(b"")


def test_refusals_are_whole_answers() -> None:
    answer = refusal(503, "come back", 7)
    assert b"Retry-After: 7\r\n" in answer
    assert answer.endswith(b"\r\n\r\ncome back\n")
