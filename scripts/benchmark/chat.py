"""Runs `chatters.py` beside a measurement."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from backend import Backend

CHANNEL = "coffee"
MESSAGES_PER_SECOND = 20


class Chat:
    """People in a channel of theirs who chat from the start to `end`."""

    def __init__(self, backend: Backend, port: int, people: int) -> None:
        names = [f"chatter{n}" for n in range(people)]
        tokens = backend.make_users(names)
        backend.make_channel(CHANNEL, names)
        path = Path(__file__).with_name("chatters.py")
        command = [sys.executable, str(path), str(port), CHANNEL, str(MESSAGES_PER_SECOND)]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write("".join(token + "\n" for token in tokens) + "\n")
        self._process.stdin.flush()
        if self._process.stdout.readline() != "ready\n":
            raise RuntimeError("the chatters did not connect")

    def end(self) -> dict[str, float]:
        """How many messages there were, and their times in milliseconds: `p50`, `p99`, `max`."""
        out, _ = self._process.communicate("\n", timeout=60)
        report: dict[str, float] = json.loads(out)
        return report
