"""The unmodified npm `centrifuge` against chatd, over every transport and in both encodings."""

from __future__ import annotations

import itertools
import json
import os
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.sdk.backend import Backend
from tests.sdk.conversations import answers, converse, opens
from tests.sdk.packages import install
from tests.sdk.survival import survive_cuts, survive_kills
from tests.served import Served

pytestmark = pytest.mark.slow

NODE = Path(__file__).parent / "node"
WAYS = ["websocket json", "websocket protobuf", "http_stream json", "http_stream protobuf", "sse json"]
KILLED = ["websocket json", "websocket protobuf", "http_stream json"]
CUT = ["http_stream protobuf", "sse json"]

# How often a client connects and asks for a token, and the codes that end it.
SESSIONS: dict[str, tuple[int, int, list[int]]] = {
    "expired before": (1, 1, []),
    "expired twice before": (1, 2, []),
    "asks at first": (1, 1, []),
    "renewed in time": (1, 1, []),
    "renewed with an expired one": (2, 2, []),
    "renewed with an unknown one": (1, 1, [3500]),
    "unknown": (0, 0, [3500]),
    "revoked": (1, 0, [3500]),
}
STORIES = ["talk", "talk by server", "waver", "subscribe beside"]
FEWEST_CUTS = 10

PRELUDE = """
import WebSocket from "ws";
globalThis.WebSocket = WebSocket;
const token = process.env.TOKEN;
"""
GOODBYE = """
await stream.ready();
client.disconnect();
"""


@pytest.fixture(autouse=True, scope="module")
def packages() -> None:
    """The pinned packages, from the lock file."""
    install()


def client(way: str) -> list[str]:
    return ["node", str(NODE / "client.mjs"), way]


def run(backend: Backend, script: str) -> list[dict[str, Any]]:
    """The JSON lines that a script writes."""
    return [json.loads(line) for line in converse(backend, ["node", str(NODE / script)], backend.token)]


@pytest.mark.slow
def test_nothing_is_lost_or_doubled_when_the_server_is_killed(served: Served) -> None:
    survive_kills(served, [client(way) for way in KILLED])


@pytest.mark.slow
def test_nothing_is_lost_or_doubled_when_the_network_is_cut(served: Served) -> None:
    survive_cuts(served, [client(way) for way in CUT])


@pytest.mark.slow
def test_nothing_is_lost_or_doubled_by_a_cut_after_any_part_and_within_it(shared: Backend) -> None:
    told = run(shared, "cuts.mjs")
    assert {(line["way"], line["story"]) for line in told} == set(itertools.product(WAYS, STORIES))
    assert min(line["cuts"] for line in told) >= FEWEST_CUTS


def test_sessions_that_expire_or_are_revoked(shared: Backend) -> None:
    told = run(shared, "sessions.mjs")
    assert {(line["way"], line["story"]) for line in told} == set(itertools.product(WAYS, SESSIONS))
    for line in told:
        assert (line["connections"], line["asked"], line["codes"]) == SESSIONS[line["story"]], line


def test_clients_fall_back_to_what_their_network_lets_pass(shared: Backend) -> None:
    told = run(shared, "fallback.mjs")
    used = [line["transports"] for line in sorted(told, key=lambda line: line["network"])]
    assert used == [["http_stream"] * 2, ["http_stream"] * 2, ["sse"] * 2, ["sse"] * 2]


def test_clients_that_keep_a_state_load_it_anew_when_their_place_is_gone(shared: Backend) -> None:
    told = run(shared, "state.mjs")
    assert {line["way"] for line in told} == set(WAYS)
    for line in told:
        assert line["loaded"] == [[], line["missed"]]


@pytest.mark.parametrize("way", WAYS)
def test_the_stream_from_the_server_and_errors_by_code(shared: Backend, way: str) -> None:
    answers(shared, ["node", str(NODE / "conversation.mjs"), way])


@pytest.mark.parametrize("way", ["websocket json", "websocket protobuf", "http_stream json"])
def test_an_open_channel(shared: Backend, way: str) -> None:
    opens(shared, ["node", str(NODE / "open.mjs"), way])


def test_the_snippet_in_the_readme(shared: Backend) -> None:
    readme = (NODE.parents[2] / "README.md").read_text("utf-8")
    found = re.search(r"```js\n(.*?)```", readme, re.DOTALL)
    assert found
    code = PRELUDE + found[1].replace("ws://127.0.0.1:8000", shared.served.url.replace("http", "ws")) + GOODBYE
    command = ["node", "--input-type=module", "-e", code]
    token = shared.session("ann")
    before = [message["message"] for message in shared.history()]
    subprocess.run(command, cwd=NODE, env=os.environ | {"TOKEN": token}, timeout=30, check=True)
    assert [message["message"] for message in shared.history()] == [*before, "Hello"]
