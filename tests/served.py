"""A real `chatd serve` in a process of its own, which tests may kill."""

from __future__ import annotations

import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

DEADLINE_SECONDS = 20.0
REPOSITORY = Path(__file__).parents[1]


class Served:
    """A server over one data directory, with a configuration file or the defaults."""

    def __init__(self, directory: Path, config: Path | None = None) -> None:
        self.directory = directory
        self.config = config
        self.output = directory / "output.log"
        self.port = _free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.start()

    @property
    def link(self) -> str:
        """The owner's link that the first start printed."""
        return _owner_link(self.output.read_text())

    def start(self) -> None:
        """Start it and wait until it is ready."""
        listen = f"127.0.0.1:{self.port}"
        data = str(self.directory / "data")
        command = [sys.executable, "-m", "chatd", "serve", "--data-dir", data, "--listen", listen]
        if self.config is not None:
            command += ["--config", str(self.config)]
        with self.output.open("ab") as output:
            self.process = subprocess.Popen(command, cwd=REPOSITORY, stdout=output, stderr=output)
        self._wait_until_ready()

    def kill(self) -> None:
        """Take it down as a power cut would."""
        self.process.kill()
        self.process.wait()

    def stop(self) -> None:
        """Ask it to go, as a service manager would."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            self.process.wait(DEADLINE_SECONDS)

    def command(self, *arguments: str) -> str:
        """Run an operator's command beside the server; what it printed."""
        command = [sys.executable, "-m", "chatd", *arguments, "--data-dir", str(self.directory / "data")]
        done = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=True, timeout=30)
        return done.stdout.strip()

    def _wait_until_ready(self) -> None:
        deadline = time.monotonic() + DEADLINE_SECONDS
        while time.monotonic() < deadline:
            if self.process.poll() is not None:
                raise RuntimeError(f"chatd did not start:\n{self.output.read_text()}")
            try:
                with urllib.request.urlopen(f"{self.url}/readyz", timeout=2):
                    return
            except OSError:
                time.sleep(0.05)
        raise RuntimeError(f"chatd was not ready in time:\n{self.output.read_text()}")


def _owner_link(output: str) -> str:
    found = re.search(r"https?://[^\s\"']+/join/[^\s\"']+", output)
    if found is None:
        raise RuntimeError(f"no owner link was printed:\n{output}")
    return found[0]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
