"""What a check of the store has found."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import Final

EXAMPLES: Final = 5


class Findings:
    """Broken invariants: how often each is broken, and the first few places."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        self.examples: defaultdict[str, list[str]] = defaultdict(list)

    def add(self, invariant: str, where: str) -> None:
        """Note a place where an invariant does not hold."""
        self.counts[invariant] += 1
        if len(self.examples[invariant]) < EXAMPLES:
            self.examples[invariant].append(where)

    def __bool__(self) -> bool:
        return bool(self.counts)
