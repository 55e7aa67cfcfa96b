"""Backups beside a steady load: what acknowledgements notice of them, and what becomes of clients after a restore."""

from __future__ import annotations

import argparse
import statistics
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Any

from backend import Backend
from beside import Beside
from resync import Device, resynchronise
from server import Server
from steady import Steady, Waits, writers

DEVICES = 20
KEPT = 2
MIB = 1 << 20
# What a message of the largest size takes in the store.
MESSAGE_BYTES = 24_576


class Backups(Beside):
    """Backups, one after the other, while the block runs. `rates` are their MiB per second."""

    def __init__(self, server: Server, directory: Path) -> None:
        super().__init__()
        self._server = server
        self._directory = directory
        self.rates: list[float] = []

    def once(self) -> Path:
        """One; where it is."""
        began = time.perf_counter()
        path = Path(self._server.run("backup", str(self._directory), "--keep", str(KEPT)).strip())
        self.rates.append((path / "data.mdb").stat().st_size / MIB / (time.perf_counter() - began))
        return path

    def work(self) -> None:
        """One after the other."""
        while not self.over.is_set():
            self.once()


def run(options: argparse.Namespace) -> dict[str, Any]:
    """Windows without and with backups in turn; then a restore, and clients who come back."""
    with tempfile.TemporaryDirectory(prefix="chatd-bench-backups-") as place, Server() as server:
        backups = Backups(server, Path(place))
        steady = writers(server.port, Backend(server.port, server.token))
        steady.fill(options.backup_mib * MIB // MESSAGE_BYTES)
        steady.run(options.rate, options.window_seconds)
        calm, busy = _windows(steady, backups, options)
        steady.close()
        devices, path = _ahead(server, backups)
        restored = _restored(path, devices, server.token)
    return _figures(calm, busy) | {"backup MiB per second": round(statistics.median(backups.rates), 1)} | restored


def _windows(steady: Steady, backups: Backups, options: argparse.Namespace) -> tuple[list[Waits], list[Waits]]:
    calm, busy = [], []
    for _ in range(options.windows):
        calm.append(steady.run(options.rate, options.window_seconds))
        with backups:
            busy.append(steady.run(options.rate, options.window_seconds))
        print(f"  p99 {calm[-1].p99:.1f} ms without, {busy[-1].p99:.1f} ms with a backup", flush=True)
    return calm, busy


def _figures(calm: list[Waits], busy: list[Waits]) -> dict[str, Any]:
    found: dict[str, Any] = {"sends per second": round(statistics.median(each.rate for each in calm + busy))}
    for name, windows in (("without", calm), ("with", busy)):
        for field in ("p50", "p99", "longest"):
            values = sorted(getattr(each, field) for each in windows)
            found[f"{field} ms {name}, least"] = round(values[0], 2)
            found[f"{field} ms {name}, median"] = round(statistics.median(values), 2)
            found[f"{field} ms {name}, most"] = round(values[-1], 2)
    return found


def _ahead(server: Server, backups: Backups) -> tuple[list[Device], Path]:
    """Clients who have seen more than the backup holds."""
    backend = Backend(server.port, server.token)
    tokens = backend.make_users([f"device{number}" for number in range(DEVICES)])
    backend.make_channel("room", [f"device{number}" for number in range(DEVICES)])
    devices = [Device(server.port, f"device{number}", token) for number, token in enumerate(tokens)]
    for device in devices:
        device.say("kept")
    path = backups.once()
    for device in devices:
        device.say("lost")
    for device in devices:
        device.hear(2 * DEVICES)
    return devices, path


def _restored(path: Path, devices: list[Device], token: str) -> dict[str, Any]:
    """Restore, verify, serve; the clients come back."""
    with Server(restored=path) as server:
        try:
            verified = "sound" in server.run("verify")
        except subprocess.CalledProcessError:
            verified = False
        backend = Backend(server.port, token)
        told, equal = resynchronise(server.port, backend, devices)
    return {
        "restored store verifies": int(verified),
        "clients that come back": len(devices),
        "told a new epoch, not recovered": told,
        "state equal to the server's": equal,
    }
