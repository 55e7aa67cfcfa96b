"""The chat in the terminal, at a terminal."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Iterator

import pytest

from tests.samples.test_bots import until
from tests.sdk.backend import Backend
from tests.served import REPOSITORY

pytestmark = pytest.mark.slow

ESCAPES = re.compile(rb"\x1b(?:\[[0-9;?<>=]*[a-zA-Z]|[()][A-Z0-9]|[=>]|\][^\x07\x1b]*(?:\x07|\x1b\\))")
QUIT = b"\x11"
NEXT = b"\x0e"


class Terminal:
    """A program at a pseudoterminal of 100 by 30 characters."""

    def __init__(self, backend: Backend, user_id: str) -> None:
        self.screen, inside = pty.openpty()
        fcntl.ioctl(inside, termios.TIOCSWINSZ, struct.pack("HHHH", 30, 100, 0, 0))
        known = {"CHATD_URL": backend.served.url, "CHATD_API_TOKEN": backend.token, "TERM": "xterm-256color"}
        command = [sys.executable, "-m", "chatd.samples.terminal", user_id]
        self.process = subprocess.Popen(
            command, cwd=REPOSITORY, stdin=inside, stdout=inside, stderr=inside, env=os.environ | known
        )
        os.close(inside)
        self.drawn = b""

    def shows(self, text: str) -> bool:
        """Whether this has been drawn."""
        while select.select([self.screen], [], [], 0)[0]:
            self.drawn += os.read(self.screen, 65536)
        return text.encode() in ESCAPES.sub(b"", self.drawn)

    def press(self, keys: bytes) -> None:
        """Type."""
        os.write(self.screen, keys)

    def close(self) -> None:
        """End the program, if it has not ended."""
        self.process.kill()
        self.process.wait()
        os.close(self.screen)


@pytest.fixture
def terminal(backend: Backend) -> Iterator[Terminal]:
    backend.call("POST", "/group_channels", channel_url="garden", name="Garden", user_ids=["ann", "bob"])
    backend.say("bob", "Good morning from Bob")
    found = Terminal(backend, "ann")
    yield found
    found.close()


def test_ann_reads_writes_and_quits(terminal: Terminal, backend: Backend) -> None:
    until(lambda: terminal.shows("Good morning from Bob"))
    assert terminal.shows("Garden")
    terminal.press(b"Hello from the terminal\r")
    until(lambda: backend.history()[-1]["message"] == "Hello from the terminal")
    backend.say("bob", "You are there!")
    until(lambda: terminal.shows("You are there!"))
    until(lambda: backend.call("GET", "/users/ann/unread_message_count")["unread_count"] == 0)
    terminal.press(NEXT)
    path = "/group_channels/garden/messages"
    backend.call("POST", path, message_type="MESG", user_id="bob", message="The roses are out")
    until(lambda: terminal.shows("The roses are out"))
    terminal.press(QUIT)
    deadline = time.monotonic() + 10
    while terminal.process.poll() is None and time.monotonic() < deadline:
        terminal.shows("")
        time.sleep(0.05)
    assert terminal.process.returncode == 0
