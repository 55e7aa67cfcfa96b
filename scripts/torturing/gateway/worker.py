"""A process of ours that answers each line with a line."""

from __future__ import annotations

import json
import select
import subprocess
import sys
from pathlib import Path
from types import TracebackType
from typing import Any


class Worker:
    """Runs a script of this directory, and tells it an order first; is killed on exit."""

    def __init__(self, script: str, order: dict[str, Any]) -> None:
        self._script = script
        command = [sys.executable, str(Path(__file__).with_name(script))]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.say(json.dumps(order))

    def __enter__(self) -> Worker:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.kill()
        self._process.communicate()

    def say(self, line: str = "") -> None:
        """Write a line."""
        assert self._process.stdin is not None
        self._process.stdin.write(line + "\n")
        self._process.stdin.flush()

    def hear(self) -> str:
        """Wait for a line. Raises RuntimeError when none will come."""
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            raise RuntimeError(f"{self._script} failed")
        return line

    def ask(self) -> Any:
        """Write an empty line; the answer, read as JSON."""
        self.say()
        return json.loads(self.hear())

    def is_silent(self, seconds: float) -> bool:
        """Whether nothing comes for some seconds."""
        return not select.select([self._process.stdout], [], [], seconds)[0]
