"""What must hold, a line each."""

from __future__ import annotations

from typing import NamedTuple


class Line(NamedTuple):
    """What must hold, whether it does, and what was seen."""

    what: str
    holds: bool
    seen: str


class Lines:
    """Those that were checked, printed as they come."""

    def __init__(self) -> None:
        self.all: list[Line] = []

    def add(self, what: str, holds: bool, seen: str) -> None:
        """Note one."""
        self.all.append(Line(what, holds, seen))
        print(f"{'yes' if holds else 'NO ':<4} {what:<52} {seen[:160]}".rstrip(), flush=True)

    @property
    def wrong(self) -> list[str]:
        """Those that do not hold."""
        return [line.what for line in self.all if not line.holds]
