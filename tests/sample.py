"""A sample in a process of its own, as its README starts it."""

from __future__ import annotations

import os
import re
import subprocess
import time
from pathlib import Path

from tests.sdk.backend import Backend
from tests.served import REPOSITORY

DEADLINE_SECONDS = 20.0


class Sample:
    """A program that runs until it is stopped, and says on its output when it is ready."""

    def __init__(self, output: Path, backend: Backend, command: list[str], says: str, **environment: str) -> None:
        self._output = output
        known = {"CHATD_URL": backend.served.url, "CHATD_API_TOKEN": backend.token, "PYTHONUNBUFFERED": "1"}
        with output.open("ab") as sink:
            self._process = subprocess.Popen(
                command, cwd=REPOSITORY, stdout=sink, stderr=sink, env=os.environ | known | environment
            )
        self.said = self._wait_for(says)

    def stop(self) -> None:
        """End it, if it has not ended by itself."""
        self._process.terminate()
        self._process.wait(DEADLINE_SECONDS)

    def _wait_for(self, says: str) -> str:
        deadline = time.monotonic() + DEADLINE_SECONDS
        while time.monotonic() < deadline:
            if found := re.search(says, self._output.read_text("utf-8")):
                return found[0]
            if self._process.poll() is not None:
                break
            time.sleep(0.05)
        raise RuntimeError(f"the sample was not ready:\n{self._output.read_text('utf-8')}")
