"""Programs that answer while somebody waits."""

from __future__ import annotations

import hashlib
import hmac

import pytest
import trio
import trio.testing

from chatd.errors import OutgoingFailed, Overloaded
from chatd.outgoing import calling
from chatd.outgoing.calling import Caller
from chatd.outgoing.client import Client
from tests.outgoing.internet import PUBLIC, Internet, page

URL = "http://example.org/dice"


def caller(nursery: trio.Nursery, serve: object) -> tuple[Caller, Internet]:
    internet = Internet(nursery, {"example.org": [PUBLIC]}, {PUBLIC: serve})  # type: ignore[dict-item]
    return Caller(Client(internet, 3)), internet


async def test_it_is_asked_signed_and_answers(nursery: trio.Nursery) -> None:
    asked, internet = caller(nursery, page('{"text": "four"}', kind="application/json"))
    assert await asked.call(URL, "secret", {"text": "6"}) == b'{"text": "four"}'
    head, _, body = internet.requests[0].partition(b"\r\n\r\n")
    assert body == b'{"text":"6"}'
    assert f"x-chatd-signature: {hmac.new(b'secret', body, hashlib.sha256).hexdigest()}" in head.decode().lower()


async def test_it_fails_or_is_silent(nursery: trio.Nursery, autojump_clock: trio.testing.MockClock) -> None:
    async def silent(stream: trio.abc.Stream) -> None:
        await trio.sleep(60)

    for serve in (page("", status="500 x"), page("", "Location: /", status="302 Found"), silent):
        asked, _ = caller(nursery, serve)
        began = trio.current_time()
        with pytest.raises(OutgoingFailed):
            await asked.call(URL, "secret", {})
        assert trio.current_time() - began <= 3
    nursery.cancel_scope.cancel()


async def test_not_too_many_wait(
    nursery: trio.Nursery, autojump_clock: trio.testing.MockClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(calling, "AT_ONCE", 1)
    monkeypatch.setattr(calling, "MAX_WAITING", 1)
    asked, _ = caller(nursery, page("x"))
    refused = []

    async def ask() -> None:
        try:
            await asked.call(URL, "secret", {})
        except Overloaded as error:
            refused.append(error)

    async with trio.open_nursery() as asking:
        for _ in range(4):
            asking.start_soon(ask)
    assert len(refused) == 2
