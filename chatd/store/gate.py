"""Keeping threads that read out of an environment that is about to change."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager


class Gate:
    """Counts who reads in threads, and now and then lets nobody in."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._inside = 0
        self._closed = False

    @contextmanager
    def inside(self) -> Iterator[None]:
        """Be one who reads; waits while the gate is closed."""
        with self._changed:
            self._changed.wait_for(lambda: not self._closed)
            self._inside += 1
        try:
            yield
        finally:
            with self._changed:
                self._inside -= 1
                self._changed.notify_all()

    @contextmanager
    def empty(self, seconds: float) -> Iterator[bool]:
        """Let nobody in until the end of the block; whether all who were inside have left within `seconds`."""
        with self._changed:
            self._closed = True
            alone = self._changed.wait_for(lambda: not self._inside, seconds)
        try:
            yield alone
        finally:
            with self._changed:
                self._closed = False
                self._changed.notify_all()
