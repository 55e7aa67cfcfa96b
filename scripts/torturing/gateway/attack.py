"""What an attack consists of."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from peer import Behaviour, Peer

Behave = Callable[[Peer], Behaviour]


@dataclass(frozen=True)
class Attack:
    """How many connections behave in which ways, and what is documented to become of them.

    `must` are outcomes that have to occur, `may` those that can; any other is a fault. `counted` are close codes that
    the server itself has to have counted, for clients that cannot be told. `config` adds to the configuration, by
    section. `growth_mib` bounds the server's memory at its peak, over what it was before.
    """

    places: list[tuple[int, Behave]]
    must: set[str]
    may: set[str] = field(default_factory=set)
    counted: set[int] = field(default_factory=set)
    config: dict[str, dict[str, object]] = field(default_factory=dict)
    tls: bool = False
    growth_mib: int = 32
