"""SIGTERM drains: what was accepted is finished, everybody is told, the process ends in time."""

from __future__ import annotations

import signal
from pathlib import Path

import trio

from chatd import ids
from tests.gateway.client import Client
from tests.sdk.backend import CHANNEL, Backend
from tests.served import Served


async def test_sigterm(tmp_path: Path) -> None:
    served = Served(tmp_path)
    backend = Backend(served)
    backend.people("ann", "bob")
    ann = await Client.logged_in(served.port, backend.session("ann"))
    crowd = [await Client.upgraded(served.port) for _ in range(20)]
    idle = await Client.open(served.port)
    await idle.send(b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")
    await idle.head()
    for n in range(50):
        await ann.command(rpc={"method": "messages.send", "data": {"channel_url": CHANNEL, "message": str(n)}})
    for n in range(50):
        assert (await ann.publication("message.created"))["data"]["message"]["message"] == str(n)
    began = ids.now_ms()
    served.process.send_signal(signal.SIGTERM)
    assert await ann.closed() == 3001
    for client in crowd:
        assert await client.closed() == 3001
        await client.stream.aclose()
    await ann.stream.aclose()
    await idle.stream.aclose()
    with trio.fail_after(15):
        assert await trio.to_thread.run_sync(served.process.wait) == 0
    assert "stopped" in served.output.read_text()
    served.start()
    seen = backend.call("GET", "/users/ann")
    assert seen["is_online"] is False
    assert began <= seen["last_seen_at"] <= ids.now_ms()
    assert [message["message"] for message in backend.history()] == [str(n) for n in range(50)]
    served.stop()
