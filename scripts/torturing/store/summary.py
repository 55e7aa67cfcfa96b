"""What a run has shown."""

from __future__ import annotations

import time
from collections import Counter

from cycle import Done
from ledger import BROKEN, LOST, ORDER, TWICE, Wrong

SHOWN = 10


class Summary:
    """Counts over all cycles. `wrong` counts broken promises by kind."""

    def __init__(self) -> None:
        self.wrong: Counter[str] = Counter()
        self._damages: dict[str, Counter[str]] = {}
        self._cycles: Counter[tuple[str, bool]] = Counter()
        self._met: Counter[tuple[str, bool]] = Counter()
        self._counts: Counter[str] = Counter()
        self._began = time.monotonic()

    def add(self, number: int, done: Done) -> None:
        """Count a cycle."""
        row = (done.fault.name, done.fault.power)
        self._cycles[row] += 1
        self._met[row] += done.met
        self._counts.update(done.counts)
        self._note(f"cycle {number}, {done.fault}", done.wrong)
        if number % 25 == 24:
            seconds = time.monotonic() - self._began
            print(
                f"{number + 1} cycles, {self._counts['events acknowledged']} events acknowledged, {seconds:.0f} s",
                flush=True,
            )

    def end(self, wrong: list[Wrong], counts: Counter[str]) -> None:
        """Count the last look at a store."""
        self._counts.update(counts)
        self._note("at the end of a store", wrong)

    def damage(self, outcomes: dict[str, Counter[str]], wrong: list[str]) -> None:
        """Count what became of damaged files."""
        self._damages = outcomes
        self._note("a damaged file", [Wrong(BROKEN, each) for each in wrong])

    def _note(self, where: str, wrong: list[Wrong]) -> None:
        self.wrong.update(each.kind for each in wrong)
        for each in wrong[:SHOWN]:
            print(f"{where}: {each.kind}: {each.what}", flush=True)

    def show(self) -> None:
        """Print the table."""
        print(f"\n{'fault':<44} {'process killed':>15} {'power cut':>15}")
        for name in dict.fromkeys(name for name, _ in self._cycles):
            cells = [f"{self._cycles[name, power]} ({self._met[name, power]} met)" for power in (False, True)]
            print(f"{name:<44} {cells[0]:>15} {cells[1]:>15}")
        print()
        for name, count in sorted(self._counts.items()):
            print(f"{name:<32} {count:>9,}")
        for name, outcomes in self._damages.items():
            print(f"{name:<32} " + ", ".join(f"{what} {count}" for what, count in sorted(outcomes.items())))
        seconds = time.monotonic() - self._began
        counts = self._counts
        print(f"\n{sum(self._cycles.values())} cycles in {seconds:.0f} s,", end=" ")
        print(
            f"{counts['events acknowledged']:,} events acknowledged, {counts['retried']:,} requests sent again:",
            end=" ",
        )
        print(", ".join(f"{kind} {self.wrong[kind]}" for kind in (LOST, TWICE, ORDER, BROKEN)))
