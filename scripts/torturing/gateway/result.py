"""What came of an attack, and what of it is wrong."""

from __future__ import annotations

from typing import Any, NamedTuple

from attack import Attack

MIB = 1 << 20


class Memory(NamedTuple):
    """The server's own memory before an attack, at most during it, and when nothing of it was left: bytes."""

    before: int
    peak: int
    after: int


class Result(NamedTuple):
    """What happened.

    `attempts` and `outcomes` are what the attackers saw, `closed` counts connections by the codes with which the server
    closed them, `cpu` is its processor seconds per second, `people` as in `Crowd.report`. `faults` say what is wrong.
    """

    attempts: int
    outcomes: dict[str, int]
    closed: dict[int, int]
    memory: Memory
    cpu: float
    people: dict[str, Any]
    faults: list[str]


def judge(attack: Attack, result: Result, p99_ms: float) -> list[str]:
    """What is not as documented, or too much; people may wait `p99_ms` for 99 of 100 messages."""
    told = set(result.outcomes)
    faults = [f"nobody was told {each}" for each in sorted(attack.must - told)]
    faults += [f"{each} is not documented" for each in sorted(told - attack.must - attack.may)]
    faults += [f"the server counted no {code}" for code in sorted(attack.counted - set(result.closed))]
    if result.memory.peak - result.memory.before > attack.growth_mib * MIB:
        faults.append(f"memory grew by more than {attack.growth_mib} MiB")
    if result.people["milliseconds"]["p99"] > p99_ms:
        faults.append(f"p99 is above {p99_ms:.0f} ms")
    for what in ("refused", "missing", "closed"):
        if result.people[what]:
            faults.append(f"people: {what} {result.people[what]}")
    return faults
