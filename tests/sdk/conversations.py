"""What every SDK has to see of the server's answers."""

from __future__ import annotations

import subprocess

from tests.sdk.backend import Backend


def converse(backend: Backend, program: list[str], *tokens: str) -> list[str]:
    """The lines that a conversation with these tokens writes."""
    command = [*program, backend.served.url, *tokens]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout.splitlines()


def answers(backend: Backend, program: list[str]) -> None:
    """The stream subscribed to by the server, and errors by their codes."""
    assert converse(backend, program, backend.session("ann")) == [
        "connected ann",
        "stream ~ recoverable",
        "other 102",
        "nothing.here 104",
        "users.create 104",
        "messages.send 405",
        "typing without offset",
        "disconnected 0",
    ]


def opens(backend: Backend, program: list[str]) -> None:
    """An open channel entered, left by a cut and entered again with nothing missed, and its end."""
    assert converse(backend, program, backend.session("ann")) == [
        "nowhere 102",
        "entered recoverable anew",
        "clients 1 1",
        "entered recoverable true",
        "in order",
        "left 2000",
    ]
