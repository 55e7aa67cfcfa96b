"""The chatd that is tried, in a process of its own."""

from __future__ import annotations

import http.client
import json
import os
import re
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[3]
ENVIRONMENT = os.environ | {"PYTHONPATH": str(ROOT)}
HOST = "127.0.0.1"
START_SECONDS = 30.0
DRAIN_SECONDS = 20.0
CONFIG = """
[server]
listen = "127.0.0.1:0"
data_dir = {data}
drain_seconds = 5
[gateway]
ping_seconds = 2
pong_seconds = 2
commands_per_second = 100000
commands_per_second_and_user = 100000
[store]
map_size_gib = 0.01
[files]
reserve_bytes = 1
[backup]
directory = {backups}
every_hours = 24
[log]
level = "info"
"""


class Subject:
    """A server whose store is in `data`, and whose backups go to `backups`. Its configuration is in `home`."""

    def __init__(self, home: Path, data: Path, backups: str) -> None:
        self._home = home
        self.data = data
        self.log_file = home / "log"
        self.port = 0
        self.token = ""
        self._process: subprocess.Popen[bytes] | None = None
        (home / "config.toml").write_text(CONFIG.format(data=json.dumps(str(data)), backups=json.dumps(backups)))

    def start(self) -> float:
        """Start it; the seconds until it listens. Raises RuntimeError when it does not."""
        began = time.monotonic()
        heard = len(self.log) if self.log_file.exists() else 0
        with self.log_file.open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "chatd", "serve"], cwd=self._home, env=ENVIRONMENT, stdout=log, stderr=log
            )
        self.port = self._wait_for_port(heard)
        return time.monotonic() - began

    @property
    def pid(self) -> int:
        """The process."""
        assert self._process is not None
        return self._process.pid

    @property
    def runs(self) -> bool:
        """Whether it lives."""
        return self._process is not None and self._process.poll() is None

    @property
    def log(self) -> str:
        """What it has said so far."""
        return self.log_file.read_text()

    @property
    def private_bytes(self) -> int:
        """Memory that is no file's."""
        text = Path(f"/proc/{self.pid}/smaps_rollup").read_text()
        return sum(int(kib) for kib in re.findall(r"Anonymous:\s+(\d+) kB", text)) * 1024

    def kill(self) -> None:
        """Take it down as a power cut would."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()

    def stop(self) -> int:
        """Have it drain; its exit status."""
        assert self._process is not None
        self._process.terminate()
        return self._process.wait(DRAIN_SECONDS)

    def command(self, *args: str) -> subprocess.CompletedProcess[str]:
        """An operator's command beside it."""
        command = [sys.executable, "-m", "chatd", *args]
        return subprocess.run(command, cwd=self._home, env=ENVIRONMENT, capture_output=True, text=True, check=False)

    def ask(
        self, method: str, path: str, body: dict[str, Any] | bytes | None = None, session: str = ""
    ) -> tuple[int, Any]:
        """One HTTP request, with JSON or bytes; its status and the JSON that came, or its text."""
        connection = http.client.HTTPConnection(HOST, self.port, timeout=10)
        try:
            headers = {"Authorization": f"Bearer {session}"} if session else {"Api-Token": self.token}
            connection.request(method, path, json.dumps(body) if isinstance(body, dict) else body, headers)
            answer = connection.getresponse()
            text = answer.read().decode()
        finally:
            connection.close()
        is_json = answer.headers.get_content_type() == "application/json"
        return answer.status, json.loads(text) if is_json else text

    def metric(self, name: str) -> float:
        """One that has no labels."""
        found = re.search(rf"^{name} (\S+)$", self.ask("GET", "/metrics")[1], re.MULTILINE)
        assert found is not None, name
        return float(found[1])

    def _wait_for_port(self, heard: int) -> int:
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline and self.runs:
            found = re.search(rf"listening address={re.escape(HOST)}:(\d+)", self.log[heard:])
            if found:
                return int(found[1])
            time.sleep(0.01)
        raise RuntimeError(f"the server did not start\n{self.log[heard:]}")
