"""What TLS costs: the same connections and messages, plain and encrypted, one after the other."""

from __future__ import annotations

import argparse
import ssl
import subprocess
import tempfile
import time
from pathlib import Path

from backend import Backend
from server import Server
from swarm import Swarm, rpc

MARKER = b'"message.created"'
WARM = 100
MESSAGES = 20
SETTLE_SECONDS = 10
PATIENCE_SECONDS = 60


def run(options: argparse.Namespace) -> dict[str, float]:
    """Memory and processor time for each connection and each delivery."""
    found: dict[str, float] = {"connections": options.encrypted}
    with tempfile.TemporaryDirectory(prefix="chatd-bench-") as directory:
        certificate, key = _certificate(Path(directory))
        for name, files in (("plain", None), ("TLS", (certificate, key))):
            for label, value in _measure(options.encrypted, files).items():
                found[f"{name}: {label}"] = value
    return found


def _measure(count: int, files: tuple[Path, Path] | None) -> dict[str, float]:
    context = ssl.create_default_context(cafile=str(files[0])) if files else None
    return _connections(count, files, context) | _deliveries(count, files, context)


def _connections(count: int, files: tuple[Path, Path] | None, context: ssl.SSLContext | None) -> dict[str, float]:
    with Server(files) as server:
        tokens = Backend(server.port, server.token, context).make_users([f"user{n}" for n in range(count + WARM)])
        # The first clients pay for what the server loads and allocates once.
        warm = Swarm(server.port, MARKER, context)
        warm.connect(tokens[:WARM], {})
        time.sleep(SETTLE_SECONDS)
        memory, cpu = server.private_bytes, server.cpu_seconds
        swarm = Swarm(server.port, MARKER, context)
        swarm.connect(tokens[WARM:], {})
        cpu = server.cpu_seconds - cpu
        time.sleep(SETTLE_SECONDS)
        memory = server.private_bytes - memory
    return {
        "bytes per connection": round(memory / count),
        "processor microseconds to connect and log in": round(cpu / count * 1e6),
    }


def _deliveries(count: int, files: tuple[Path, Path] | None, context: ssl.SSLContext | None) -> dict[str, float]:
    with Server(files) as server:
        backend = Backend(server.port, server.token, context)
        names = [f"user{n}" for n in range(count)]
        tokens = backend.make_users(names)
        backend.make_channel("stage", names)
        swarm = Swarm(server.port, MARKER, context)
        swarm.connect(tokens, {})
        cpu = server.cpu_seconds
        for number in range(MESSAGES):
            params = {"channel_url": "stage", "message": "x" * 120}
            swarm.send(0, rpc(10 + number, "messages.send", params))
            swarm.count_to(count, PATIENCE_SECONDS)
        cpu = server.cpu_seconds - cpu
    return {"processor microseconds per delivery": round(cpu / count / MESSAGES * 1e6, 1)}


def _certificate(directory: Path) -> tuple[Path, Path]:
    """A certificate for this machine and its key, made by openssl."""
    certificate, key = directory / "certificate.pem", directory / "key.pem"
    subject = ["-subj", "/CN=chatd benchmark", "-addext", "subjectAltName=IP:127.0.0.1"]
    curve = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1"]
    files = ["-keyout", str(key), "-out", str(certificate)]
    subprocess.run(["openssl", "req", "-x509", "-nodes", *curve, *subject, *files], check=True, capture_output=True)
    return certificate, key
