"""A whole chatd in this process."""

from __future__ import annotations

from functools import partial

import pytest
import trio

from chatd.config import Translation
from tests.gateway.conftest import Running, Start, running, start
from tests.outgoing.internet import page

__all__ = ["running", "start"]

TRANSLATED = page('{"translatedText": "Tee?"}', kind="application/json")


@pytest.fixture
async def translating(start: Start, nursery: trio.Nursery) -> Running:
    """One that has somebody who translates."""
    (listener,) = await nursery.start(partial(trio.serve_tcp, TRANSLATED, 0, host="127.0.0.1"))
    url = f"http://127.0.0.1:{listener.socket.getsockname()[1]}"
    found: Running = await start(translation=Translation(provider="libretranslate", url=url))
    await found.people("ann", "bob")
    return found
