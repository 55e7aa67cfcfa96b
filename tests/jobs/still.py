"""A world whose virtual time stands still while a thread works: threads work in real time."""

from __future__ import annotations

import math
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
import trio
import trio.testing

from tests.gateway.test_hub import World
from tests.gateway.test_hub import world as moving

__all__ = ["moving", "until", "world"]


async def until(happens: Callable[[], Any]) -> None:
    """Look again and again, each time a virtual second later."""
    for _ in range(100_000):
        if happens():
            return
        await trio.sleep(1)
    raise AssertionError("it did not happen")


@pytest.fixture
def world(moving: World, autojump_clock: trio.testing.MockClock, monkeypatch: pytest.MonkeyPatch) -> World:
    """A fixture of its own, and not one that is always used: pytest-trio runs only those that a test asks for."""
    working = 0

    def timeless(function: Callable[..., Awaitable[Any]]) -> Callable[..., Awaitable[Any]]:
        async def run(*args: Any, **kwargs: Any) -> Any:
            nonlocal working
            working += 1
            autojump_clock.autojump_threshold = math.inf
            try:
                return await function(*args, **kwargs)
            finally:
                working -= 1
                if not working:
                    autojump_clock.autojump_threshold = 0

        return run

    monkeypatch.setattr(moving.writer, "run", timeless(moving.writer.run))
    monkeypatch.setattr(trio.to_thread, "run_sync", timeless(trio.to_thread.run_sync))
    return moving
