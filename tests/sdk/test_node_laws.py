"""The laws of what the JavaScript SDK shows, over random histories of a model: see `node/laws/laws.mjs`."""

from __future__ import annotations

import json
import subprocess
import time
from pathlib import Path
from random import SystemRandom
from typing import Any

import pytest

from tests.sdk.backend import Backend
from tests.sdk.packages import install
from tests.served import Served

LAWS = Path(__file__).parent / "node" / "laws" / "laws.mjs"
LIVE = LAWS.with_name("live.mjs")
LIVE_SECONDS = 12
KILLS = 3
FEWEST_SENT = 20


@pytest.fixture(autouse=True, scope="module")
def packages() -> None:
    install()


def hold(runs: int, seed: int, *more: str) -> None:
    """What a client shows is what the server has, whatever happened on the way."""
    command = ["node", "--no-warnings", str(LAWS), str(runs), str(seed), *more]
    told = subprocess.run(command, capture_output=True, text=True, timeout=500, check=False)
    assert told.returncode == 0, told.stdout + told.stderr
    assert json.loads(told.stdout)["runs"] == runs


def test_local_state_is_server_state() -> None:
    hold(120, 1)


def test_also_where_the_platform_has_little() -> None:
    hold(10, 2, "bare")


@pytest.mark.slow
def test_local_state_is_server_state_in_thousands_of_histories() -> None:
    hold(4000, SystemRandom().randrange(1, 2**31))


@pytest.mark.slow
def test_local_state_is_server_state_while_a_real_server_is_killed(served: Served) -> None:
    backend = Backend(served)
    seed = SystemRandom().randrange(1, 2**31)
    command = ["node", "--no-warnings", str(LIVE), served.url, backend.token, str(LIVE_SECONDS), str(seed)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as program:
        assert program.stdin is not None
        assert program.stdout is not None
        assert program.stdout.readline() == "ready\n"
        for _ in range(KILLS):
            time.sleep(LIVE_SECONDS / (KILLS + 1))
            served.kill()
            served.start()
        assert program.stdout.readline() == "calm\n"
        rest, _ = program.communicate("go on\n", timeout=240)
    assert program.returncode == 0, f"seed {seed}"
    check_what_was_sent(backend, json.loads(rest))


def check_what_was_sent(backend: Backend, told: dict[str, Any]) -> None:
    """Each message was committed once, also those that are deleted since: their numbers are those of requests."""
    assert told["sent"] > FEWEST_SENT
    for user_id, said in told["said"].items():
        for url, texts in said.items():
            stored = [each for each in history(backend, url) if each["user"]["user_id"] == user_id]
            first = [each["message"].partition("!")[0] for each in stored]
            assert len(set(first)) == len(first)
            assert set(first) <= set(texts)


def history(backend: Backend, url: str) -> list[dict[str, Any]]:
    """All messages of a channel."""
    path = f"/group_channels/{url}/messages?message_ts=0&prev_limit=0&next_limit=200"
    messages: list[dict[str, Any]] = backend.call("GET", path)["messages"]
    return messages
