"""Keeping threads that read out of an environment that is about to change."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager


class Gate:
    """Counts who reads in threads, and now and then lets nobody in. `urgent` tells those who read long to end."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._inside = 0
        self._long = 0
        self._closed = False
        self.urgent = False

    @contextmanager
    def inside(self, *, long: bool = False) -> Iterator[None]:
        """Be one who reads; waits while the gate is closed. `long` ones look at `urgent` now and then."""
        with self._changed:
            self._changed.wait_for(lambda: not self._closed)
            self._inside += 1
            self._long += long
        try:
            yield
        finally:
            with self._changed:
                self._inside -= 1
                self._long -= long
                self._changed.notify_all()

    @contextmanager
    def empty(self, seconds: float, *, urgent: bool = False) -> Iterator[bool]:
        """Let nobody in until the end of the block; whether all who were inside have left within `seconds`.

        Who reads long is not waited for, unless it is `urgent`.
        """
        with self._changed:
            self._closed, self.urgent = True, urgent
            alone = (urgent or not self._long) and self._changed.wait_for(lambda: not self._inside, seconds)
        try:
            yield alone
        finally:
            with self._changed:
                self._closed = self.urgent = False
                self._changed.notify_all()
