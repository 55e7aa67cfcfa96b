"""A server that is killed while it delivers: nothing is missing, and what comes twice says so."""

from __future__ import annotations

import json
import threading
import time
import urllib.request
from collections import Counter
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from tests.served import Served

PATIENCE_SECONDS = 30
CONFIG = """
[outgoing]
trusted = ["{}"]
[log]
format = "json"
"""


class Taking(BaseHTTPRequestHandler):
    """Takes deliveries, now and then a little late."""

    taken: list[tuple[str, int]]

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["content-length"])))
        time.sleep(0.005)
        text = body["payload"]["message"] if "payload" in body else body["body"].removeprefix("Ann: ")
        self.taken.append((text, int(self.headers.get("x-chatd-retry", "0"))))
        self.send_response(204)
        self.end_headers()

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing is printed."""


@pytest.fixture
def receiver() -> Iterator[tuple[str, list[tuple[str, int]]]]:
    taken: list[tuple[str, int]] = []
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (Taking,), {"taken": taken}))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/", taken
    server.shutdown()
    server.server_close()


class Backend:
    """Calls the Platform API."""

    def __init__(self, served: Served) -> None:
        self.token = served.command("token", "create", "main").splitlines()[-1].split()[-1]
        self.served = served

    def __call__(self, method: str, path: str, **body: Any) -> Any:
        headers = {"api-token": self.token, "content-type": "application/json"}
        data = json.dumps(body).encode()
        request = urllib.request.Request(f"{self.served.url}/v3{path}", data, headers, method=method)
        with urllib.request.urlopen(request, timeout=10) as answer:
            return json.load(answer)


def webhook(call: Backend, url: str) -> None:
    category = "group_channel:message_send"
    call("PUT", "/applications/settings/webhook", enabled=True, url=url, enabled_events=[category])


def device(call: Backend, url: str) -> None:
    call("POST", "/users/bob/push/http", token=url)


@pytest.mark.slow
@pytest.mark.parametrize("subscribe", [webhook, device])
def test_killed_in_the_middle(
    tmp_path: Path, receiver: tuple[str, list[tuple[str, int]]], subscribe: Callable[[Backend, str], None]
) -> None:
    url, taken = receiver
    config = tmp_path / "config.toml"
    config.write_text(CONFIG.format(url.rstrip("/")))
    served = Served(tmp_path, config)
    try:
        call = Backend(served)
        for user_id in ("ann", "bob"):
            call("POST", "/users", user_id=user_id, nickname=user_id.title(), profile_url="")
        for n in range(4):
            call("POST", "/group_channels", user_ids=["ann", "bob"], channel_url=f"room{n}")
        subscribe(call, url)
        sent = 0
        for _ in range(4):
            for _ in range(80):
                message = {"user_id": "ann", "message_type": "MESG", "message": str(sent)}
                call("POST", f"/group_channels/room{sent % 4}/messages", **message)
                sent += 1
            served.kill()
            served.start()
        deadline = time.monotonic() + PATIENCE_SECONDS
        while len({text for text, _ in taken}) < sent and time.monotonic() < deadline:
            time.sleep(0.1)
    finally:
        served.kill()
    check(taken, sent)


def check(taken: list[tuple[str, int]], sent: int) -> None:
    assert {int(text) for text, _ in taken} == set(range(sent))
    first = Counter(text for text, retry in taken if retry == 0)
    assert max(first.values()) == 1
    for room in range(4):
        seen = list(dict.fromkeys(int(text) for text, _ in taken if int(text) % 4 == room))
        assert seen == sorted(seen)
