"""Functions in processes of their own, which may die."""

from __future__ import annotations

import os
import select
import signal
import sys
import time
import traceback
from collections.abc import Callable
from typing import Any, NamedTuple

_PIECE = 1 << 16


class Ended(NamedTuple):
    """How a process ended: its exit status, or the signal that killed it; and what it wrote."""

    status: int
    signal: int
    output: bytes

    @property
    def death(self) -> str:
        """The name of the signal, empty when there was none."""
        return signal.Signals(self.signal).name if self.signal else ""


def apart(seconds: float, function: Callable[..., None], *args: Any) -> Ended:
    """Run `function(handle, *args)` in a child, which writes to the handle; it is killed after some seconds.

    A child is forked, so nothing has to be imported once more. What is in the pipe outlives a child that is killed.
    """
    source, sink = os.pipe()
    sys.stdout.flush()
    child = os.fork()
    if child == 0:
        os.close(source)
        _run(sink, function, args)
    os.close(sink)
    output = _read(source, child, time.monotonic() + seconds)
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        return Ended(0, os.WTERMSIG(status), output)
    return Ended(os.WEXITSTATUS(status), 0, output)


def _run(sink: int, function: Callable[..., None], args: tuple[Any, ...]) -> None:
    status = 1
    try:
        function(sink, *args)
        status = 0
    except SystemExit as ended:
        status = int(ended.code or 0)
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stderr.flush()
        os._exit(status)


def _read(source: int, child: int, deadline: float) -> bytes:
    output = bytearray()
    killed = False
    while True:
        left = max(0.0, deadline - time.monotonic())
        if not killed and not select.select([source], [], [], left)[0]:
            os.kill(child, signal.SIGKILL)
            killed = True
        piece = os.read(source, _PIECE)
        if not piece:
            os.close(source)
            return bytes(output)
        output += piece
