"""Whom the attackers attack."""

from __future__ import annotations

from typing import NamedTuple

HOST = "127.0.0.1"
ROOM = "cellar"


class Target(NamedTuple):
    """A running chatd. The attackers have accounts too: session tokens of their users, who share the room ROOM."""

    port: int
    tokens: list[str]


def address(number: int, count: int = 1) -> str:
    """One of `count` addresses that attackers come from; loopback has many, and the others use the first."""
    place = number % count
    return f"127.7.{place // 250}.{place % 250 + 1}"
