"""The unmodified npm `centrifuge` against chatd."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

import pytest

from tests.sdk import conversations
from tests.sdk.backend import Backend
from tests.sdk.survival import survive_cuts, survive_kills
from tests.served import Served

NODE = Path(__file__).parent / "node"
CLIENT = ["node", str(NODE / "client.mjs")]
CONVERSATION = ["node", str(NODE / "conversation.mjs")]

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
    if not (NODE / "node_modules" / "ws").exists():
        subprocess.run(["npm", "ci", "--silent", "--no-audit", "--no-fund"], cwd=NODE, check=True, timeout=120)


def test_nothing_is_lost_or_doubled_when_the_server_is_killed(served: Served) -> None:
    survive_kills(served, CLIENT)


def test_nothing_is_lost_or_doubled_when_the_network_is_cut(served: Served) -> None:
    survive_cuts(served, CLIENT)


def test_the_stream_from_the_server_and_errors_by_code(served: Served) -> None:
    conversations.answers(served, CONVERSATION)


def test_an_unknown_token_ends_it_and_an_expired_one_is_renewed(served: Served) -> None:
    conversations.tokens(served, CONVERSATION)


def test_the_snippet_in_the_readme(served: Served) -> None:
    backend = Backend(served)
    backend.people("ann", "bob")
    readme = (NODE.parents[2] / "README.md").read_text("utf-8")
    found = re.search(r"```js\n(.*?)```", readme, re.DOTALL)
    assert found
    code = PRELUDE + found[1].replace("ws://127.0.0.1:8000", served.url.replace("http", "ws")) + GOODBYE
    command = ["node", "--input-type=module", "-e", code]
    token = backend.session("ann")
    subprocess.run(command, cwd=NODE, env=os.environ | {"TOKEN": token}, timeout=30, check=True)
    assert [message["message"] for message in backend.history()] == ["Hello"]
