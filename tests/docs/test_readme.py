"""The README does what it says."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path

import pytest

from chatd import config
from chatd.gateway.chat import METHODS
from tests.sdk.backend import Backend
from tests.served import Served

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text("utf-8")
PAGES = [
    ROOT / "README.md",
    ROOT / "CHANGELOG.md",
    *sorted((ROOT / "docs").rglob("*.md")),
    *sorted((ROOT / "chatd" / "samples").rglob("*.md")),
]


def test_configurations_are_valid_wherever_they_are_printed() -> None:
    printed = [
        (page, found)
        for page in PAGES
        for found in re.findall(r"```toml\n(.*?)```", page.read_text("utf-8"), re.DOTALL)
    ]
    assert len(printed) > 5
    for page, found in printed:
        config.parse(textwrap.dedent(found), str(page))


def block(heading: str, language: str) -> str:
    """The first code block of a language below a heading."""
    section = README.split(f"## {heading}\n", 1)[1]
    found = re.search(rf"```{language}\n(.*?)```", section, re.DOTALL)
    assert found
    return found[1]


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    found = Served(tmp_path)
    yield found
    found.stop()


def test_the_walk_through_with_curl(served: Served, tmp_path: Path) -> None:
    """As printed; only the port and where chatd is installed differ."""
    program = tmp_path / "chatd"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m chatd "$@" --data-dir "{served.directory}/data"\n')
    program.chmod(0o755)
    script = block("Try it with curl", "sh").replace(".venv/bin/chatd", str(program))
    script = script.replace("http://127.0.0.1:8000", served.url).replace(
        "curl -s", "curl -sS --fail-with-body -w '\\n'"
    )
    done = subprocess.run(
        ["bash", "-eu", "-c", script],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    )
    assert done.returncode == 0, done.stdout + done.stderr
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert [answer.get("user_id") for answer in answers[:2]] == ["ann", "bob"]
    assert answers[2]["member_count"] == 2
    assert answers[3]["message"] == "Tea is ready"
    assert [message["message_id"] for message in answers[4]["messages"]] == [answers[3]["message_id"]]
    assert answers[5]["token"]


def test_the_python_client(served: Served) -> None:
    backend = Backend(served)
    backend.people("ann", "bob")
    where = f"{served.url.replace('http', 'ws')}/connection/websocket"
    command = [sys.executable, "-c", block("Connect a client", "python"), where, backend.session("ann")]
    done = subprocess.run(command, capture_output=True, text=True, timeout=30, check=True)
    (message,) = backend.history()
    assert (str(message["message_id"]), message["message"]) == (done.stdout.strip(), "Hello from Python")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#]+)\)", page.read_text("utf-8")):
        if not target.startswith("http"):
            assert (page.parent / target).exists(), f"{page.name}: {target}"


def test_the_protocol_page_names_every_method_that_clients_have() -> None:
    page = (ROOT / "docs" / "protocol.md").read_text("utf-8")
    calls = page.split("## Calls", 1)[1].split("## Errors", 1)[0]
    rows = [line.split("|")[1] for line in calls.splitlines() if line.startswith("| `")]
    assert {name for row in rows for name in re.findall(r"`([\w.]+)`", row)} == set(METHODS)
