"""One cycle: a victim under load meets a fault and is killed; what is left is examined."""

from __future__ import annotations

from collections import Counter
from random import Random
from typing import NamedTuple

import msgspec
import power
from apart import Ended, apart
from examine import Examined, examine
from fault import AFTER, BEFORE, HEAD, PAGE, REFUSED, SHORT, SYNC, UNSURE, Fault
from ledger import BROKEN, Ledger, Wrong
from place import Place
from told import Answered, Asked, Counted, Line, Noted, heard
from victim import Order, suffer

# A victim that meets no fault is killed after some time; an examination that takes longer hangs.
LONGEST_SECONDS = 1.5
EXAMINATION_SECONDS = 120.0
RESTARTED = 0.5  # of the victims whose power is cut; the cut comes after the restart


class Done(NamedTuple):
    """What a cycle has shown. `met`: the fault was met."""

    fault: Fault
    met: bool
    wrong: list[Wrong]
    counts: Counter[str]


class World:
    """A store that is tortured again and again, and what it has promised."""

    def __init__(self, place: Place, sabotage: str = "") -> None:
        self.place = place
        self._sabotage = sabotage
        self._ledger = Ledger()

    def cycle(self, fault: Fault, seed: str, commands: int) -> Done:
        """Torture it once."""
        chance = Random(seed)
        self.place.begin()
        runs = [(fault, seed)]
        if fault.power and chance.random() < RESTARTED:
            runs.append((_soon(chance), f"{seed}-again"))
        wrong: list[Wrong] = []
        lines: list[Line] = []
        self._ledger.begin()
        for each, name in runs:
            order = Order(self.place, name, each, commands, self._sabotage)
            ended = apart(_patience(each, chance), suffer, order)
            told = heard(ended.output)
            is_certain = not _is_doubtful(fault)
            wrong += _death(ended) + self._ledger.absorb(told, is_certain=is_certain, is_next=bool(lines))
            lines += told
        counts = _count(lines)
        counts["restarted"] += len(runs) - 1
        if fault.power:
            counts["undone"] = power.cut(self.place, chance, is_new=fault.birth)
        wrong += self.examine(seed, counts)
        return Done(fault, Noted("fault") in lines, wrong, counts)

    def examine(self, seed: str, counts: Counter[str], *, whole: bool = False) -> list[Wrong]:
        """Look whether all promises are kept; the ledger then holds what is known to be there."""
        ended = apart(EXAMINATION_SECONDS, examine, self.place, self._ledger, seed, whole)
        if ended.status or ended.signal:
            return [Wrong(BROKEN, f"the examination ended with {ended.death or ended.status}")]
        found = msgspec.msgpack.decode(ended.output, type=Examined)
        for application, events in found.events.items():
            self._ledger.events[application].update({event.sequence: event for event in events})
        self._ledger.results.update(found.results)
        self._ledger.heads = found.heads
        counts.update(found.counts)
        return [Wrong(*each) for each in found.wrong]


def _soon(chance: Random) -> Fault:
    """A kill right after a start, when what the process before has left is in the kernel's memory only."""
    return Fault(chance.choice((PAGE, SYNC)), chance.choice((BEFORE, AFTER)), chance.randint(1, 4))


def _patience(fault: Fault, chance: Random) -> float:
    """Seconds until the victim is killed from outside, at the latest."""
    return LONGEST_SECONDS if fault.call else chance.uniform(0.01, 0.6)


def _is_doubtful(fault: Fault) -> bool:
    """Whether a refused commit may be there: its head page may be on disk."""
    return fault.call == HEAD and fault.how in (REFUSED, UNSURE, SHORT) and fault.power


def _death(ended: Ended) -> list[Wrong]:
    """A victim is killed, or ends because its store could not be opened."""
    if ended.death == "SIGKILL" or (not ended.signal and not ended.status):
        return []
    return [Wrong(BROKEN, f"the victim ended with {ended.death or ended.status}")]


def _count(lines: list[Line]) -> Counter[str]:
    counts: Counter[str] = Counter()
    for line in lines:
        if isinstance(line, Asked):
            counts["asked"] += 1
        elif isinstance(line, Counted):
            counts.update({f"call {name}": count for name, count in line.calls.items()})
        elif isinstance(line, Noted):
            counts[line.what] += 1
        elif isinstance(line, Answered):
            counts["acknowledged" if not line.error else f"refused: {line.error}"] += 1
            counts["events acknowledged"] += len(line.events)
    return counts
