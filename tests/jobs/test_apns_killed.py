"""A server that is killed while it tells Apple: nothing is missing, and what comes twice is the same notification."""

from __future__ import annotations

import threading
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
import trio

from tests.domain.notifying import apns_provider
from tests.jobs.apple import AUTHORITY, Apple, Asked, Reply
from tests.jobs.test_deliveries_killed import PATIENCE_SECONDS, Backend
from tests.served import Served

CONFIG = """
[outgoing]
trusted = ["{0}"]
[push]
apns_url = "{0}"
[log]
format = "json"
"""
DEVICES = ("aa11", "bb22", "cc33")
GOES_EVERY = 40


def reply(asked: Asked) -> Reply:
    """A little late; now and then it goes, with what it has begun."""
    return Reply(seconds=0.005, go=asked.stream if asked.stream > 2 * GOES_EVERY else None)


class Listening:
    """Apple on a port of this machine, in a thread."""

    def __init__(self) -> None:
        self.apple = Apple(reply)
        self.ready = threading.Event()
        self.thread = threading.Thread(target=trio.run, args=(self._serve,), daemon=True)
        self.thread.start()
        assert self.ready.wait(PATIENCE_SECONDS)

    async def _serve(self) -> None:
        with trio.CancelScope() as scope:
            async with trio.open_nursery() as nursery:
                (listener,) = await nursery.start(partial(trio.serve_tcp, self.apple.serve, 0, host="127.0.0.1"))
                self.port = listener.socket.getsockname()[1]
                token = trio.lowlevel.current_trio_token()
                self.stop = lambda: token.run_sync_soon(scope.cancel)
                self.ready.set()


@pytest.fixture
def listening() -> Iterator[Listening]:
    found = Listening()
    yield found
    found.stop()
    found.thread.join()


@pytest.mark.slow
def test_killed_in_the_middle(tmp_path: Path, listening: Listening, monkeypatch: pytest.MonkeyPatch) -> None:
    AUTHORITY.cert_pem.write_to_path(tmp_path / "authority.pem")
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "authority.pem"))
    config = tmp_path / "config.toml"
    config.write_text(CONFIG.format(f"https://127.0.0.1:{listening.port}"))
    served, sent = Served(tmp_path, config), 0
    try:
        call = Backend(served)
        for user_id in ("ann", "bob"):
            call("POST", "/users", user_id=user_id, nickname=user_id.title(), profile_url="")
        call("POST", "/group_channels", user_ids=["ann", "bob"], channel_url="room")
        call("POST", "/applications/push/apns", **apns_provider())
        for device in DEVICES:
            call("POST", "/users/bob/push/apns", apns_device_token=device)
        for _ in range(4):
            for _ in range(60):
                call("POST", "/group_channels/room/messages", user_id="ann", message_type="MESG", message=str(sent))
                sent += 1
            served.kill()
            served.start()
        deadline = time.monotonic() + PATIENCE_SECONDS
        while len(seen(listening.apple)) < sent * len(DEVICES) and time.monotonic() < deadline:
            time.sleep(0.1)
    finally:
        served.kill()
    check(listening.apple, sent)


def seen(apple: Apple) -> set[tuple[str, str]]:
    return {(each.device, each.text) for each in list(apple.asked)}


def check(apple: Apple, sent: int) -> None:
    texts = [f"Ann: {n}" for n in range(sent)]
    assert seen(apple) == {(device, text) for device in DEVICES for text in texts}
    first = Counter((each.device, each.text) for each in apple.asked if each.payload["data"]["retry"] == 0)
    assert max(first.values()) == 1, "what comes twice says so"
    ids = defaultdict(set)
    for each in apple.asked:
        ids[each.device, each.text].add((each.headers["apns-id"], each.headers["apns-collapse-id"]))
    assert all(len(found) == 1 for found in ids.values()), "a device shows it once"
    assert len({next(iter(found))[0] for found in ids.values()}) == len(ids)
    for device in DEVICES:
        assert list(dict.fromkeys(each.text for each in apple.asked if each.device == device)) == texts
    assert apple.connections > 4, "it went now and then"
