"""A whole chatd in this process."""

from __future__ import annotations

from collections.abc import AsyncIterator
from functools import partial
from pathlib import Path

import httpx
import pytest
import trio

from chatd.config import Translation
from chatd.domain.tenants import accounts, applications, organization
from chatd.domain.tenants.passwords import hash_password
from chatd.store.store import Store
from tests.gateway.conftest import MAP_GIB, Running, Start, running, start
from tests.http.desk import PASSWORD, Desk
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


@pytest.fixture
async def desk(start: Start, tmp_path: Path) -> AsyncIterator[Desk]:
    """Olga owns the server, and is signed in; Mia, Dan and Ann have accounts; there is a second application."""
    store = Store.open(tmp_path / "data", int(MAP_GIB * 2**30))
    hashed = hash_password(PASSWORD)
    store.write_now(0, applications.ensure_main)
    for login, role in (("olga", "owner"), ("mia", "member"), ("dan", "member"), ("ann", "member")):
        store.write_now(0, accounts.create, login, hashed, role)
    store.write_now(0, organization.create_application, "Shop")
    store.close()
    running: Running = await start()
    async with httpx.AsyncClient(base_url=running.url, timeout=20) as client:
        desk = Desk(client)
        await desk.sign_in("olga")
        yield desk
