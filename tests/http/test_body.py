"""Request bodies, as an application reads them."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from starlette.requests import ClientDisconnect
from starlette.types import Message

from chatd.errors import TooLarge
from chatd.http.body import read

LIMIT = 10
CHUNKED = {b"transfer-encoding": b"chunked"}


class Peer:
    """Gives the parts of a body, then says that it is over; `asked` counts how often somebody wanted more."""

    def __init__(self, *parts: bytes) -> None:
        self._messages = [{"type": "http.request", "body": part, "more_body": True} for part in parts]
        self._messages.append({"type": "http.request", "body": b"", "more_body": False})
        self.asked = 0

    async def receive(self) -> Message:
        self.asked += 1
        return self._messages.pop(0) if self._messages else {"type": "http.disconnect"}


@pytest.mark.parametrize(
    ("headers", "parts", "asked"),
    [
        ({}, (), 0),
        ({b"content-length": b"0"}, (), 0),
        ({b"content-length": b"5"}, (b"hello",), 1),
        ({b"content-length": b"5"}, (b"he", b"l", b"lo"), 3),
        ({b"content-length": b"10"}, (b"0123456789",), 1),
        (CHUNKED, (), 1),
        (CHUNKED, (b"he", b"llo"), 3),
        # RFC 9112, 6.3: the encoding overrides the length.
        (CHUNKED | {b"content-length": b"2"}, (b"he", b"llo"), 3),
    ],
)
async def test_a_body_is_read_whole_and_nothing_after_it(
    headers: Mapping[bytes, bytes], parts: tuple[bytes, ...], asked: int
) -> None:
    peer = Peer(*parts)
    assert await read(peer.receive, headers, LIMIT) == b"".join(parts)
    assert peer.asked == asked


@pytest.mark.parametrize(
    ("headers", "parts", "asked"),
    [({b"content-length": b"11"}, (b"01234567890",), 0), (CHUNKED, (b"0123456789", b"0", b"not read"), 2)],
)
async def test_a_body_that_is_too_large_is_refused_as_soon_as_it_is_known(
    headers: Mapping[bytes, bytes], parts: tuple[bytes, ...], asked: int
) -> None:
    peer = Peer(*parts)
    with pytest.raises(TooLarge):
        await read(peer.receive, headers, LIMIT)
    assert peer.asked == asked


async def test_a_peer_that_leaves_before_its_body_is_whole_is_noticed() -> None:
    peer = Peer(b"hel")
    await read(peer.receive, CHUNKED, LIMIT)
    with pytest.raises(ClientDisconnect):
        await read(peer.receive, {b"content-length": b"5"}, LIMIT)
