"""What every SDK has to see of the server's answers."""

from __future__ import annotations

import subprocess
import time

from chatd import ids
from tests.sdk.backend import Backend
from tests.served import Served


def converse(served: Served, program: list[str], *tokens: str) -> list[str]:
    """The lines that a conversation with these tokens writes."""
    where = f"ws://127.0.0.1:{served.port}/connection/websocket"
    done = subprocess.run([*program, where, *tokens], capture_output=True, text=True, timeout=30, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout.splitlines()


def answers(served: Served, program: list[str]) -> None:
    """The stream subscribed to by the server, and errors by their codes."""
    backend = Backend(served)
    backend.people("ann", "bob")
    assert converse(served, program, backend.session("ann")) == [
        "connected ann",
        "stream ~ recoverable",
        "other 102",
        "nothing.here 104",
        "users.create 104",
        "messages.send 405",
        "typing without offset",
        "disconnected 0",
    ]


def tokens(served: Served, program: list[str]) -> None:
    """A token that is not known ends it; instead of one that has expired the client gets a new one."""
    backend = Backend(served)
    backend.people("ann", "bob")
    assert converse(served, program, "nonsense") == ["disconnected 3500"]
    soon = ids.now_ms() + 300
    expired = backend.session("ann", expires_at=soon)
    while ids.now_ms() <= soon:
        time.sleep(0.01)
    assert converse(served, program, expired, backend.session("ann"))[:2] == ["asked for a token", "connected ann"]
