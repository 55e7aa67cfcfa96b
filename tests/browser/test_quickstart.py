"""The quickstart, followed as it is printed: only the ports differ."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.served import REPOSITORY

pytestmark = pytest.mark.slow

PAGE = (REPOSITORY / "docs" / "quickstart.md").read_text("utf-8")
BLOCK = re.compile(r"(?:^`([\w./]+)`[^\n]*:\n\n)?```(\w+)\n(.*?)```", re.DOTALL | re.MULTILINE)
DEADLINE_SECONDS = 60
# What these begin does not end by itself.
STAYS = ("scripts/serve", "http.server", "bob.mjs", "bob.py")


class Reader:
    """Somebody who does what the page says, in a folder of their own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        # The registry that tests reach has no audits.
        self.environment = os.environ | {"CHATD": str(REPOSITORY), "npm_config_audit": "false"}
        self.ports = {"8000": _free_port(), "5500": _free_port()}
        self.running: list[subprocess.Popen[str]] = []

    def follow(self, heading: str) -> Path:
        """One section of the page; what its last command prints."""
        section = PAGE.split(f"\n## {heading}\n", 1)[1].split("\n## ", 1)[0]
        printed = self.folder / f"{heading}.txt"
        for name, language, text in BLOCK.findall(section):
            for port, free in self.ports.items():
                text = text.replace(f"127.0.0.1:{port}", f"127.0.0.1:{free}").replace(f" {port} ", f" {free} ")
            if language == "sh":
                self._run(text, printed)
            else:
                self._write(name, text)
        return printed

    def _write(self, name: str, text: str) -> None:
        path = self.folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, "utf-8")

    def _run(self, script: str, printed: Path) -> None:
        """In a shell that hands on what it has exported."""
        if "scripts/serve" in script:
            script = script.rstrip() + f" --listen 127.0.0.1:{self.ports['8000']}\n"
        kept = self.folder / "environment"
        with printed.open("w") as output:
            shell = ["bash", "-euo", "pipefail", "-c", f"{script}\nenv -0 > '{kept}'"]
            process = subprocess.Popen(
                shell,
                cwd=self.folder,
                env=self.environment,
                stdout=output,
                stderr=output,
                text=True,
                start_new_session=True,
            )
        self.running.append(process)
        if not any(program in script for program in STAYS):
            assert process.wait(DEADLINE_SECONDS) == 0, printed.read_text("utf-8")
            pairs = (pair.partition("=") for pair in kept.read_text("utf-8").split("\0") if pair)
            self.environment = {name: value for name, _, value in pairs}

    def stop(self) -> None:
        """End what runs still."""
        while self.running:
            self.interrupt()

    def interrupt(self) -> None:
        """Press Ctrl-C where something was begun last, which may have ended."""
        process = self.running.pop()
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGINT)
        process.wait(DEADLINE_SECONDS)

    def wait_for(self, path: str, port: str) -> None:
        """Until something answers there."""
        _wait(lambda: _answers(f"http://127.0.0.1:{self.ports[port]}{path}"))


def _answers(url: str) -> bool:
    with suppress(OSError), urllib.request.urlopen(url, timeout=2):
        return True
    return False


def _wait(reached: Callable[[], bool]) -> None:
    deadline = time.monotonic() + DEADLINE_SECONDS
    while not reached():
        assert time.monotonic() < deadline, "it takes too long"
        time.sleep(0.05)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        found: int = probe.getsockname()[1]
        return found


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    """Who has a server, two people and Ann's page already."""
    found = Reader(tmp_path_factory.mktemp("quickstart"))
    try:
        found.follow("1. The server")
        found.wait_for("/readyz", "8000")
        yield found
    finally:
        found.stop()


@pytest.fixture(scope="module")
def ann(reader: Reader, browser: Browser) -> Iterator[Page]:
    """The page, open."""
    address = reader.follow("2. Two people and a channel").read_text("utf-8").split()[-1]
    reader.follow("3. A page for Ann")
    reader.wait_for("/", "5500")
    context = browser.new_context()
    page = context.new_page()
    page.goto(address)
    yield page
    context.close()


def converse(reader: Reader, ann: Page, heading: str, greeting: str, question: str) -> None:
    """A script says hello, and answers what is written on the page."""
    printed = reader.follow(heading)
    expect(ann.get_by_text(f"Bob: {greeting}")).to_be_visible(timeout=DEADLINE_SECONDS * 1000)
    ann.get_by_label("Message").fill(question)
    ann.get_by_role("button", name="Send").click()
    expect(ann.get_by_text(f"Bob: You said: {question}")).to_be_visible(timeout=DEADLINE_SECONDS * 1000)
    assert f"Ann: {question}" in printed.read_text("utf-8")
    reader.interrupt()


def test_a_page_and_a_script_in_node(reader: Reader, ann: Page) -> None:
    converse(reader, ann, "4. A script in Node for Bob", "Hello from Node", "Is there tea?")


def test_the_same_in_python(reader: Reader, ann: Page) -> None:
    converse(reader, ann, "5. The same in Python", "Hello from Python", "Is there cake?")
