"""What goes wrong in a cycle: which call of the victim, and how."""

from __future__ import annotations

import errno
from random import Random
from typing import NamedTuple

# Calls by what they do to the data file.
PAGE = "page"  # writes pages of a commit
HEAD = "head"  # writes a head page, which makes the commit valid
SYNC = "sync"  # waits for the disk
SIZE = "size"  # changes a file's length, of the lock file only: LMDB makes the data file longer by writing

# How a call goes wrong. The first three end the process.
BEFORE = "before"
MIDDLE = "middle"  # half of the bytes are written
AFTER = "after"
REFUSED = "refused"  # an error, nothing is written
UNSURE = "unsure"  # written, and an error
SHORT = "short"  # half of the bytes are written, and the call says so

STOPS = (BEFORE, MIDDLE, AFTER)


class Fault(NamedTuple):
    """The `nth` call of a kind and those after it, `times` of them, go wrong. No kind: the kill comes at some moment.

    After errors the process lives on, until it is killed in the `end`, so many calls later: which call, when, how many.
    `birth`: the store is made in this cycle. `power`: the power is cut, not only the process killed.
    """

    call: str = ""
    how: str = ""
    nth: int = 1
    times: int = 1
    error: int = 0
    end: tuple[str, str, int] = ("", "", 0)
    birth: bool = False
    power: bool = False

    @property
    def name(self) -> str:
        """What it is called."""
        return ("new store, " if self.birth else "") + self._what

    @property
    def _what(self) -> str:
        if not self.call:
            return "killed at some moment"
        if self.how in STOPS:
            return f"killed {self.how if self.how != MIDDLE else 'in the middle of'} {self.call}"
        said = errno.errorcode[self.error] if self.error else "half written"
        return f"{self.call}: {said}{' but written' if self.how == UNSURE else ''}{', for a while' * (self.times > 1)}"


# The victim does all it has to do, then is killed.
NEVER = Fault(HEAD, BEFORE, nth=2**31)
KINDS: tuple[Fault, ...] = (
    Fault(),
    *(Fault(call, how) for call in (PAGE, HEAD) for how in STOPS),
    Fault(SYNC, BEFORE),
    Fault(SYNC, AFTER),
    *(Fault(call, REFUSED, error=error) for call in (PAGE, SYNC, HEAD) for error in (errno.EIO, errno.ENOSPC)),
    Fault(PAGE, REFUSED, times=12, error=errno.ENOSPC),
    Fault(PAGE, REFUSED, times=12, error=errno.EIO),
    Fault(SYNC, REFUSED, times=6, error=errno.EIO),
    Fault(SYNC, REFUSED, times=6, error=errno.ENOSPC),
    Fault(PAGE, SHORT),
    Fault(HEAD, SHORT),
    Fault(HEAD, UNSURE, error=errno.EIO),
    Fault(HEAD, REFUSED, times=4, error=errno.EIO),
    Fault(birth=True),
    *(Fault(call, how, birth=True) for call in (PAGE, HEAD) for how in STOPS),
    Fault(SYNC, BEFORE, birth=True),
    Fault(SYNC, AFTER, birth=True),
    Fault(SIZE, BEFORE, birth=True),
    Fault(SIZE, AFTER, birth=True),
    Fault(SIZE, REFUSED, birth=True, error=errno.ENOSPC),
)
# The calls of a kind that a cycle of 20 commands makes, about; those of a birth: so many until the store is made.
_CALLS = {PAGE: 40, HEAD: 25, SYNC: 25, SIZE: 1}
_CALLS_OF_BIRTH = {PAGE: 3, HEAD: 4, SYNC: 2, SIZE: 1}


def faults(chance: Random, count: int, commands: int, only: str = "") -> list[Fault]:
    """Faults for so many cycles in random order: each kind once, with a power cut or without, then once the other way.

    `commands` is how many each client calls in a cycle, `only` a part of the names of kinds. Raises ValueError when
    there is none.
    """
    kinds = [kind for kind in KINDS if only in kind.name]
    if not kinds:
        raise ValueError(f"no fault is called {only}")
    chosen: list[Fault] = []
    while len(chosen) < count:
        power = {kind: chance.random() < 0.5 for kind in kinds}
        for is_other in (False, True):
            chosen += [kind._replace(power=power[kind] != is_other) for kind in chance.sample(kinds, len(kinds))]
    return [_placed(fault, chance, commands) for fault in chosen[:count]]


def _placed(fault: Fault, chance: Random, commands: int) -> Fault:
    """At which call the fault comes, and the kill after it."""
    if not fault.call:
        return fault
    calls = _CALLS_OF_BIRTH if fault.birth else {call: most * commands // 20 or 1 for call, most in _CALLS.items()}
    fault = fault._replace(nth=chance.randint(1, calls[fault.call]))
    if fault.how in STOPS:
        return fault
    call = chance.choice((PAGE, SYNC, HEAD))
    how = chance.choice((BEFORE, AFTER) if call == SYNC else STOPS)
    return fault._replace(end=(call, how, chance.choice((1, 2, 3, chance.randint(1, calls[call])))))
