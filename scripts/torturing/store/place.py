"""Where a store is tortured."""

from __future__ import annotations

import shutil
from pathlib import Path

MAP_SIZE = 256 * 2**20


class Place:
    """A directory: the store in it, and beside it what the disk may not have kept.

    `named` is there when the store's directory has been synced since the cycle began.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self.store = root / "store"
        self.data = self.store / "data.mdb"
        self.lock = self.store / "lock.mdb"
        self.journal = root / "journal"
        self.named = root / "named"
        self.before = root / "before.mdb"
        root.mkdir()

    def begin(self) -> None:
        """Before a cycle: keep a copy of the file as it is."""
        self.journal.unlink(missing_ok=True)
        self.named.unlink(missing_ok=True)
        if self.data.exists():
            shutil.copyfile(self.data, self.before)
