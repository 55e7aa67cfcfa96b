"""The unmodified `centrifuge-python` against chatd."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from chatd import ids
from tests.sdk.backend import CHANNEL, Backend
from tests.sdk.survival import survive
from tests.served import Served

HERE = Path(__file__).parent


def test_nothing_is_lost_or_doubled_when_the_server_is_killed(served: Served) -> None:
    survive(served, [sys.executable, str(HERE / "python_client.py")])


CONVERSATION = """
import asyncio, sys
from centrifuge import Client, ClientEventHandler, CentrifugeError
url, token = sys.argv[1:3]

class Events(ClientEventHandler):
    async def on_connected(self, ctx): print("connected", ctx.data["user"]["user_id"], flush=True)
    async def on_disconnected(self, ctx): print("disconnected", ctx.code, flush=True); done.set()
    async def on_subscribed(self, ctx): print("stream", ctx.channel, ctx.recoverable, flush=True)
    async def on_publication(self, ctx):
        if ctx.pub.data["type"] == "typing":
            print("typing", ctx.pub.offset > 0, flush=True)
            got.set()

async def fresh():
    print("asked for a token", flush=True)
    return sys.argv[3]

async def main():
    global done, got
    done, got = asyncio.Event(), asyncio.Event()
    asks = {"get_token": fresh} if len(sys.argv) > 3 else {}
    client = Client(url, token=token, data={"stream": True}, events=Events(), **asks)
    await client.connect()
    try:
        await asyncio.wait_for(client.ready(), 5)
    except CentrifugeError:
        await asyncio.wait_for(done.wait(), 5)
        return
    for method in ("nothing.here", "users.create", "messages.send"):
        try:
            await client.rpc(method, {})
        except CentrifugeError as error:
            print(method, error.code, flush=True)
    await client.rpc("channels.typing", {"channel_url": "kitchen"})
    await asyncio.wait_for(got.wait(), 5)
    await client.disconnect()

asyncio.run(main())
"""


def converse(served: Served, *tokens: str) -> list[str]:
    where = f"{served.url.replace('http', 'ws')}/connection/websocket"
    done = subprocess.run(
        [sys.executable, "-c", CONVERSATION, where, *tokens], capture_output=True, text=True, timeout=30, check=True
    )
    return done.stdout.splitlines()


def test_the_stream_from_the_server_and_errors_by_code(served: Served) -> None:
    backend = Backend(served)
    backend.people("ann", "bob")
    assert converse(served, backend.session("ann")) == [
        "connected ann",
        "stream ~ True",
        "nothing.here 104",
        "users.create 104",
        "messages.send 405",
        "typing False",
        "disconnected 0",
    ]


def test_an_unknown_token_ends_it_and_an_expired_one_is_renewed(served: Served) -> None:
    backend = Backend(served)
    backend.people("ann", "bob")
    assert converse(served, "nonsense") == ["disconnected 3500"]
    soon = ids.now_ms() + 300
    old = backend.session("ann", expires_at=soon)
    while ids.now_ms() <= soon:
        subprocess.run(["sleep", "0.05"], check=True)
    found = converse(served, old, backend.session("ann"))
    assert found[:2] == ["asked for a token", "connected ann"]


def test_revoked_sessions_are_closed_at_once(served: Served) -> None:
    backend = Backend(served)
    backend.people("ann", "bob")
    where = f"{served.url.replace('http', 'ws')}/connection/websocket"
    command = [sys.executable, str(HERE / "python_client.py"), "receive", where, backend.session("ann"), CHANNEL, "1"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as client:
        assert client.stdout is not None
        client.stdout.readline()
        backend.call("DELETE", "/users/ann/token")
        with pytest.raises(subprocess.TimeoutExpired):
            client.wait(0.5)
        assert "chatd_connections 0.0" in metrics(served)
        client.kill()


def metrics(served: Served) -> str:
    return httpx.get(f"{served.url}/metrics", timeout=10, verify=False).text
