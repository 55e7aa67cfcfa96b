"""A chatd of its own for the benchmark, in a fresh directory, on loopback."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from types import TracebackType

ROOT = Path(__file__).parents[2]
START_SECONDS = 30
# Of a process, what its threads ran for: CPUCLOCK_SCHED of the kernel's posix-timers.
PROCESS_CLOCK = 2
CONFIG = """
[gateway]
ping_seconds = 86400
pong_seconds = 86400
max_connections = 1000000
commands_per_second = 1000000
commands_per_second_and_user = 1000000
[http]
max_connections = 1000
reads_per_second = 0
writes_per_second = 0
[store]
map_size_gib = 16
[stream]
recovery_limit = 10000
open_channel_messages_per_second = 1000000
[log]
level = "info"
"""


class Server:
    """Starts on entry, is killed on exit. `url` and `port` say where, `token` is an API token of `main`."""

    def __init__(self, tls: tuple[Path, Path] | None = None, restored: Path | None = None) -> None:
        """With TLS when a certificate and its key are given; with the store of a backup that is to be restored."""
        self._tls = tls
        self._restored = restored
        self._directory = tempfile.TemporaryDirectory(prefix="chatd-bench-")
        self._process: subprocess.Popen[str] | None = None
        self.port = 0
        self.token = ""

    def __enter__(self) -> Server:
        home = Path(self._directory.name)
        server = f'[server]\ntls_certificate = "{self._tls[0]}"\ntls_key = "{self._tls[1]}"\n' if self._tls else ""
        (home / "config.toml").write_text(server + CONFIG)
        if self._restored is not None:
            self.run("restore", str(self._restored))
        self._process = subprocess.Popen(
            [*self._command("serve"), "--listen", "127.0.0.1:0"],
            cwd=home,
            env=self._environment(),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )
        self.port = self._wait_for_port()
        self.token = self.run("token", "create", "main").strip()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._process is not None
        self._process.send_signal(signal.SIGINT if os.environ.get("CHATD_BENCH_PROFILE") else signal.SIGKILL)
        self._process.wait()
        self._directory.cleanup()

    def run(self, *args: str, typed: str = "") -> str:
        """An operator's command beside it, which reads what is typed; what it printed. Raises CalledProcessError."""
        done = subprocess.run(
            self._command(*args),
            cwd=self._directory.name,
            env=self._environment(),
            capture_output=True,
            text=True,
            check=True,
            input=typed,
        )
        return done.stdout

    @property
    def pid(self) -> int:
        """The server process."""
        assert self._process is not None
        return self._process.pid

    @property
    def private_bytes(self) -> int:
        """Memory that belongs to the server process alone."""
        assert self._process is not None
        return private_bytes(self._process.pid)

    @property
    def cpu_seconds(self) -> float:
        """Processor time the server has used."""
        assert self._process is not None
        return cpu_seconds(self._process.pid)

    def _command(self, *args: str) -> list[str]:
        profile = os.environ.get("CHATD_BENCH_PROFILE")
        if profile and args[0] == "serve":
            return [sys.executable, "-m", "cProfile", "-o", profile, "-m", "chatd", *args]
        return [sys.executable, "-m", "chatd", *args]

    def _environment(self) -> dict[str, str]:
        return os.environ | {"PYTHONPATH": str(ROOT)}

    def _wait_for_port(self) -> int:
        """Read the log until it says where the server listens."""
        assert self._process is not None
        assert self._process.stderr is not None
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            line = self._process.stderr.readline()
            found = re.search(r"listening address=127\.0\.0\.1:(\d+)", line)
            if found:
                return int(found[1])
            if not line:
                break
        raise RuntimeError("the server did not start")


def private_bytes(pid: int | str) -> int:
    """Memory of a process that is no file's: pages of the store that it looks at are the system's cache."""
    text = Path(f"/proc/{pid}/smaps_rollup").read_text()
    return sum(int(kib) for kib in re.findall(r"Anonymous:\s+(\d+) kB", text)) * 1024


def cpu_seconds(pid: int) -> float:
    """Processor time that a process has used, to the nanosecond: of all its threads, also those that have ended.

    The clock is the one that clock_getcpuclockid(3) names, for which Python has no call.
    """
    return time.clock_gettime((~pid << 3) | PROCESS_CLOCK)
