"""Previews come by themselves, for whom they are, and nothing that strangers serve stops them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pytest
import trio
import trio.testing

from chatd.domain import COMMANDS
from chatd.jobs import previews as job
from chatd.jobs.previews import Limits, preview_forever
from chatd.outgoing.client import Client
from chatd.store.writer import Writer
from tests.gateway.test_hub import World
from tests.jobs.still import moving, until, world
from tests.outgoing.internet import PUBLIC, Internet, Serve, page

__all__ = ["moving", "world"]

NAMES = {"example.org": [PUBLIC], "inside.example": ["127.0.0.1"], "broken.example": [PUBLIC]}
LIMITS = Limits(100_000, 0)
TEA = page("<title>Tea</title>")


async def send(world: World, text: str) -> int:
    command = COMMANDS["messages.send"]
    input = command.parse({"channel_url": "kitchen", "user_id": "ann", "message": text})
    sent = await world.writer.run(world.application, command.function, world.backend, input)
    message_id: int = sent["message_id"]
    return message_id


def titled(world: World, message_id: int) -> Callable[[], str]:
    def find() -> str:
        command = COMMANDS["messages.view"]
        input = command.parse({"channel_url": "kitchen", "message_id": message_id})
        seen = world.store.read(world.application, command.function, world.backend, input)
        return str(seen.get("og_tag", {}).get("og:title", ""))

    return find


def begin(world: World, nursery: trio.Nursery, serve: Serve, names: dict[str, Sequence[Any]] = NAMES) -> Internet:
    internet = Internet(nursery, names, {PUBLIC: serve, "127.0.0.1": page("<title>Secret</title>")})
    nursery.start_soon(preview_forever, world.store, world.writer, Client(internet, 10), LIMITS)
    return internet


async def test_a_link_gets_its_preview_and_members_are_told(
    world: World, nursery: trio.Nursery, autojump_clock: trio.testing.MockClock
) -> None:
    before = await send(world, "sent before the start: http://example.org/0")
    bob = world.client("bob")
    internet = begin(world, nursery, TEA)
    await until(titled(world, before))
    again = await send(world, "and http://example.org/0 once more")
    other = await send(world, "https://example.org/1 is of another kind")
    await until(titled(world, again))
    await until(lambda: internet.dialled[-1] == (PUBLIC, 443))
    assert world.kinds(bob).count("message.updated") == 2
    # The page was asked for once.
    assert internet.dialled.count((PUBLIC, 80)) == 1
    assert titled(world, other)() == ""
    nursery.cancel_scope.cancel()


async def test_what_leads_inside_gets_none_and_stops_nothing(
    world: World, nursery: trio.Nursery, autojump_clock: trio.testing.MockClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    inside = [
        await send(world, f"http://{host}/") for host in ("inside.example", "127.0.0.1", "unknown.example", "localhost")
    ]
    real = job.read_page

    def read(link: str, answer: Any) -> Any:
        if "broken" in link:
            raise AssertionError("a mistake of ours")
        return real(link, answer)

    monkeypatch.setattr(job, "read_page", read)
    await send(world, "http://broken.example/")
    internet = begin(world, nursery, TEA)
    await until(titled(world, await send(world, "http://example.org/")))
    assert [titled(world, message)() for message in inside] == [""] * 4
    assert {address for address, _ in internet.dialled} == {PUBLIC}
    nursery.cancel_scope.cancel()


async def test_a_store_that_cannot_write_is_met_again(
    world: World, nursery: trio.Nursery, autojump_clock: trio.testing.MockClock, caplog: pytest.LogCaptureFixture
) -> None:
    lost = await send(world, "http://example.org/")
    full = Writer(world.store, world.hub.publish, inbox=0)
    internet = Internet(nursery, NAMES, {PUBLIC: TEA})
    nursery.start_soon(preview_forever, world.store, full, Client(internet, 10), LIMITS)
    await until(lambda: "preview not kept" in caplog.messages)
    full._inbox_limit = 10
    await nursery.start(full.serve)
    await until(titled(world, await send(world, "http://example.org/")))
    assert titled(world, lost)() == ""
    nursery.cancel_scope.cancel()


async def test_few_pages_at_a_time_and_only_what_is_new(
    world: World, nursery: trio.Nursery, autojump_clock: trio.testing.MockClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(job, "WAITING", 2)
    at_once = most = 0

    async def slow(stream: Any) -> None:
        nonlocal at_once, most
        at_once += 1
        most = max(most, at_once)
        await trio.sleep(5)
        at_once -= 1
        await TEA(stream)

    sent = [await send(world, f"http://example.org/{n}") for n in range(20)]
    begin(world, nursery, slow)
    for message in sent:
        await until(titled(world, message))
    assert most == job.WORKERS
    nursery.cancel_scope.cancel()
