"""Work that goes on beside something that is measured."""

from __future__ import annotations

import threading
from abc import ABC, abstractmethod
from typing import Self


class Beside(ABC):
    """Works in a thread while the block runs."""

    def __init__(self) -> None:
        self.over = threading.Event()

    def __enter__(self) -> Self:
        self.over.clear()
        self._thread = threading.Thread(target=self.work)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.over.set()
        self._thread.join()

    @abstractmethod
    def work(self) -> None:
        """What goes on until `over` is set."""
