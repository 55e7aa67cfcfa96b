"""The opening handshake."""

from __future__ import annotations

import pytest

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
        head().replace(b"13", b"12"),
        head().replace(b"GET", b"POST"),
        head().replace(b"Host: chat.example\r\n", b""),
        head() + b"x",
        b"GET /connection/websocket HTTP/1.1\r\n garbage\r\n\r\n",
        b"\0\r\n\r\n",
    ],
)
def test_what_is_no_handshake_is_refused(raw: bytes) -> None:
    with pytest.raises(HandshakeError):
        Handshake(raw).accept()


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
