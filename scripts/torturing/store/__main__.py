"""Kills chatd's store at random and at chosen moments, with and without a power cut, and looks what it has kept."""

from __future__ import annotations

import argparse
import random
import shutil
import sys
import tempfile
from collections import Counter
from pathlib import Path

from cycle import Done, World
from damage import Damages
from fault import NEVER, Fault, faults
from place import Place
from sabotage import SABOTAGES
from summary import Summary

CYCLES_OF_A_STORE = 50


def main() -> int:
    """Torture; the exit status is 1 when a promise was broken."""
    options = _options()
    root = Path(tempfile.mkdtemp(prefix="chatd-torture-", dir=options.directory))
    print(f"seed {options.seed}, in {root}", flush=True)
    summary = Summary()
    Torture(root, options, summary).run()
    summary.show()
    if summary.wrong or options.keep:
        print(f"kept: {root}")
    else:
        shutil.rmtree(root)
    return 1 if summary.wrong else 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="scripts/torture store", description=__doc__)
    parser.add_argument("--cycles", type=int, default=500, help="how many kills")
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**6), help="repeats a run")
    parser.add_argument("--commands", type=int, default=20, help="how many each of ten clients calls in a cycle")
    parser.add_argument("--damages", type=int, default=150, help="how many damaged files of each kind")
    parser.add_argument("--only", default="", help="faults whose names contain this")
    parser.add_argument("--sabotage", choices=[name for name in SABOTAGES if name], default="", help="break the store")
    parser.add_argument("--directory", type=Path, help="where to torture; the directory for temporary files otherwise")
    parser.add_argument("--keep", action="store_true", help="leave the files there")
    return parser.parse_args()


class Torture:
    """A run."""

    def __init__(self, root: Path, options: argparse.Namespace, summary: Summary) -> None:
        self._root = root
        self._options = options
        self._summary = summary
        self._world = self._new_world("0")

    def run(self) -> None:
        """All cycles, then the damaged files. Ends early when something is wrong: later cycles would only repeat it."""
        chance = random.Random(self._options.seed)
        chosen = faults(chance, self._options.cycles, self._options.commands, self._options.only)
        for number, fault in enumerate(chosen):
            if not self._cycle(number, fault):
                return
        self._end_world()
        if self._options.damages:
            self._damage(chance)

    def _damage(self, chance: random.Random) -> None:
        world = self._new_world("damaged")
        world.cycle(NEVER, f"{self._options.seed}-damaged", self._options.commands)
        damages = Damages(world.place)
        damages.run(chance, self._options.damages)
        self._summary.damage(damages.outcomes, damages.wrong)

    def _cycle(self, number: int, fault: Fault) -> bool:
        if number and number % CYCLES_OF_A_STORE == 0:
            self._end_world()
            self._world = self._new_world(str(number))
        seed = f"{self._options.seed}-{number}"
        world = self._new_world(f"{number}-born") if fault.birth else self._world
        done = world.cycle(fault, seed, self._options.commands)
        if fault.birth and not done.wrong:
            done = self._second(world, done, seed)
            shutil.rmtree(world.place.root)
        self._summary.add(number, done)
        return not done.wrong

    def _second(self, world: World, done: Done, seed: str) -> Done:
        """A store that was born under torture lives on."""
        after = world.cycle(Fault(), f"{seed}-after", 3)
        return done._replace(wrong=after.wrong, counts=done.counts + after.counts)

    def _new_world(self, name: str) -> World:
        return World(Place(self._root / name), self._options.sabotage)

    def _end_world(self) -> None:
        counts: Counter[str] = Counter()
        wrong = self._world.examine("end", counts, whole=True)
        self._summary.end(wrong, counts)


if __name__ == "__main__":
    sys.exit(main())
