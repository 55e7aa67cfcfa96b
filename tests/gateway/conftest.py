"""A whole chatd in this process, on a port of its own."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import httpx
import pytest
import trio
from msgspec.structs import replace

from chatd.config import Config, Gateway, Http, OpenId, Outgoing, Server, Store, Translation, Visitors
from chatd.domain.tenants import applications, tokens
from chatd.server import Started, serve
from chatd.store.store import Store as OpenStore
from tests.gateway.client import Client

CHANNEL = "kitchen"
MAP_GIB = 0.125
# Who is late by these does not only wait for a busy machine; tests that wait for them say how long that takes.
QUICK = Config(
    server=Server(listen="127.0.0.1:0", drain_seconds=2, allowed_origins=("https://friend.example",)),
    gateway=Gateway(
        handshake_seconds=20, authentication_seconds=20, close_seconds=10, max_lag_seconds=20, max_head_bytes=4096
    ),
    http=Http(max_body_bytes=20_000, send_seconds=20, keep_alive_seconds=20),
    store=Store(map_size_gib=MAP_GIB),
)


class Running:
    """A served application `main` with users ann and bob in one channel."""

    def __init__(self, port: int, directory: Path, token: str, scheme: str) -> None:
        self.port = port
        self.url = f"{scheme}://127.0.0.1:{port}"
        self.directory = directory
        self.token = token

    async def api(self, method: str, path: str, status: int = 200, **body: Any) -> Any:
        async with httpx.AsyncClient(verify=False) as client:
            headers = {"Api-Token": self.token}
            answer = await client.request(method, f"{self.url}/v3{path}", headers=headers, json=body)
        assert answer.status_code == status, answer.text
        return answer.json()

    async def searchable(self) -> None:
        """Wait until searches are answered."""
        with trio.fail_after(20):
            async with httpx.AsyncClient(verify=False) as client:
                while "chatd_search_ready 1.0" not in (await client.get(f"{self.url}/metrics")).text:
                    await trio.sleep(0.05)

    async def people(self, *user_ids: str) -> None:
        for user_id in user_ids:
            await self.api("POST", "/users", user_id=user_id, nickname=user_id)
        await self.api("POST", "/group_channels", user_ids=list(user_ids), channel_url=CHANNEL)

    async def session(self, user_id: str, **more: Any) -> str:
        token: str = (await self.api("POST", f"/users/{user_id}/token", **more))["token"]
        return token

    async def client(self, user_id: str, **subscribe: Any) -> Client:
        return await Client.logged_in(self.port, await self.session(user_id), **subscribe)


Start = Callable[..., Any]


def make_token(directory: Path) -> str:
    """An API token of `main`, made before the server starts."""
    store = OpenStore.open(directory, int(MAP_GIB * 2**30))
    main = store.write_now(0, applications.ensure_main)
    secret, _ = store.write_now(0, tokens.create, main.number, "")
    store.close()
    return secret


@pytest.fixture
async def start(tmp_path: Path) -> AsyncIterator[Start]:
    """Starts a chatd with changes to its [gateway], [server] and [http]; it ends with the test."""
    async with trio.open_nursery() as nursery:

        async def begin(
            server: dict[str, Any] | None = None,
            http: dict[str, Any] | None = None,
            translation: Translation = QUICK.translation,
            outgoing: Outgoing = QUICK.outgoing,
            openid: OpenId = QUICK.openid,
            visitors: Visitors = QUICK.visitors,
            **gateway: Any,
        ) -> Running:
            config = replace(
                QUICK,
                translation=translation,
                outgoing=outgoing,
                openid=openid,
                visitors=visitors,
                server=replace(QUICK.server, data_dir=str(tmp_path / "data"), **(server or {})),
                gateway=replace(QUICK.gateway, **gateway),
                http=replace(QUICK.http, **(http or {})),
            )
            token = make_token(tmp_path / "data")
            where: list[Started] = []
            ready = trio.Event()

            def started(what: Started) -> None:
                where.append(what)
                ready.set()

            nursery.start_soon(serve, config, started)
            await ready.wait()
            scheme = "https" if config.server.tls_certificate else "http"
            return Running(where[0].port, tmp_path / "data", token, scheme)

        yield begin
        nursery.cancel_scope.cancel()


@pytest.fixture
async def running(start: Start) -> Running:
    found: Running = await start()
    await found.people("ann", "bob")
    return found
