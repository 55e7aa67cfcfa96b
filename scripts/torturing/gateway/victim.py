"""The chatd that is attacked."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path
from types import TracebackType

from attack import Attack
from people import untrusting
from target import HOST

CHATD = (sys.executable, "-m", "chatd")
ENVIRONMENT = os.environ | {"PYTHONPATH": str(Path(__file__).parents[3])}
START_SECONDS = 30

CONFIG = {
    "server": {"proxies": [], "drain_seconds": 5},
    "gateway": {
        "max_connections": 2000,
        "max_connections_per_address": 300,
        "max_handshakes": 400,
        "handshake_seconds": 2,
        "authentication_seconds": 2,
        "close_seconds": 1,
        "backlog_bytes": 262_144,
        "total_backlog_bytes": 16_777_216,
    },
    "http": {"send_seconds": 2, "keep_alive_seconds": 2, "max_connections": 300},
    "store": {"map_size_gib": 4},
    "log": {"level": "info"},
}
CERTIFICATE = "certificate.pem"
KEY = "key.pem"
NEW_CERTIFICATE = (
    "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=localhost"
)


class Victim:
    """A chatd in a fresh directory, with limits that an attack can reach. It starts on entry and is killed on exit.

    `port` is where it listens, `token` an API token of `main`; `context` is for its clients, None without TLS.
    """

    def __init__(self, attack: Attack) -> None:
        self._directory = tempfile.TemporaryDirectory(prefix="chatd-torture-")
        self._home = Path(self._directory.name)
        (self._home / "config.toml").write_text(_toml(attack))
        self.context = untrusting() if attack.tls else None
        if attack.tls:
            self._run(*NEW_CERTIFICATE.split(), "-keyout", KEY, "-out", CERTIFICATE)
        self.port = 0
        self.token = ""

    def __enter__(self) -> Victim:
        command = [*CHATD, "serve", "--listen", f"{HOST}:0"]
        with (self._home / "log").open("wb") as log:
            self._process = subprocess.Popen(command, cwd=self._home, env=ENVIRONMENT, stdout=log, stderr=log)
        self.port = self._wait_for_port()
        self.token = self._run(*CHATD, "token", "create", "main").strip()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.kill()
        self._process.wait()
        self._directory.cleanup()

    def stop(self, seconds: float) -> int:
        """Have it drain; its exit status. Raises subprocess.TimeoutExpired when it takes longer than `seconds`."""
        self._process.terminate()
        return self._process.wait(seconds)

    @property
    def log(self) -> str:
        """What it has said so far."""
        return (self._home / "log").read_text()

    @property
    def open_files(self) -> int:
        """How many files and sockets it holds."""
        return sum(1 for _ in Path(f"/proc/{self._process.pid}/fd").iterdir())

    @property
    def private_bytes(self) -> int:
        """Memory that belongs to it alone."""
        text = Path(f"/proc/{self._process.pid}/smaps_rollup").read_text()
        return sum(int(kib) for kib in re.findall(r"Private_\w+:\s+(\d+) kB", text)) * 1024

    @property
    def cpu_seconds(self) -> float:
        """Processor time that it has used."""
        fields = Path(f"/proc/{self._process.pid}/stat").read_text().rsplit(") ", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def metrics(self) -> dict[str, float]:
        """What it counts, by name and labels."""
        scheme = "http" if self.context is None else "https"
        url = f"{scheme}://{HOST}:{self.port}/metrics"
        with urllib.request.urlopen(url, context=self.context, timeout=30) as answer:
            lines = answer.read().decode().splitlines()
        return {name: float(value) for name, value in (line.rsplit(" ", 1) for line in lines if line[0] != "#")}

    def _run(self, *command: str) -> str:
        done = subprocess.run(command, cwd=self._home, env=ENVIRONMENT, check=True, capture_output=True, text=True)
        return done.stdout

    def _wait_for_port(self) -> int:
        """Read the log until it says where the server listens. Raises RuntimeError when it does not."""
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline and self._process.poll() is None:
            found = re.search(rf"listening address={re.escape(HOST)}:(\d+)", self.log)
            if found:
                return int(found[1])
            time.sleep(0.02)
        raise RuntimeError(f"the server did not start\n{self.log}")


def _toml(attack: Attack) -> str:
    """The configuration for an attack."""
    text = ""
    for section, options in CONFIG.items():
        changed = options | attack.config.get(section, {})
        if section == "server" and attack.tls:
            changed |= {"tls_certificate": CERTIFICATE, "tls_key": KEY}
        text += f"[{section}]\n" + "".join(f"{name} = {json.dumps(value)}\n" for name, value in changed.items())
    return text
