"""The guide to the JavaScript SDK does what it says: its snippets, one after the other, are a program."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.sdk.backend import Backend
from tests.sdk.packages import NODE, install
from tests.served import Served

ROOT = Path(__file__).parents[2]
GUIDE = (ROOT / "docs" / "sdk-javascript.md").read_text("utf-8")

# What a program around the snippets has.
PRELUDE = """
import WebSocket from "ws";
const drawn = [];
const draw = (messages, items) => drawn.push([messages, items]);
async function until(holds) {
  for (let turn = 0; turn < 400 && !holds(); turn += 1) await new Promise((resolve) => setTimeout(resolve, 20));
  if (!holds()) throw new Error(`never: ${holds}`);
}
"""
SAID = [
    "Ann connected",
    "The garden 2 Bob",
    "Hello @bob, and good morning [ 'ann' ]",
    "1 0",
    "0 []",
    "1",
    "ready",
    "true NotFound 501 false",
]

pytestmark = pytest.mark.slow


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    found = Served(tmp_path)
    yield found
    found.stop()


def program(backend: Backend) -> str:
    """All snippets, as printed but for the addresses."""
    code = "\n".join(re.findall(r"```js\n(.*?)```", GUIDE, re.DOTALL))
    request = f'{{ method: "POST", headers: {{ "Api-Token": "{backend.token}" }}, body: "{{}}" }}'
    token = f'(await fetch("{backend.served.url}/v3/users/ann/token", {request}))'
    code = code.replace('(await fetch("https://shop.example.com/chat-token")).text()', f"(await {token}.json()).token")
    code = code.replace("https://chat.example.com", backend.served.url)
    return PRELUDE + code.replace('"chatd"', f'"{ROOT}/chatd/web/sdk/chatd.js"')


def test_its_snippets_are_a_program(served: Served) -> None:
    install()
    backend = Backend(served)
    backend.people("ann", "bob")
    command = ["node", "--no-warnings", "--input-type=module", "-e", program(backend)]
    done = subprocess.run(command, cwd=NODE, env=os.environ, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    lines = done.stdout.splitlines()
    for said in SAID:
        assert any(line.startswith(said) for line in lines), (said, done.stdout)
