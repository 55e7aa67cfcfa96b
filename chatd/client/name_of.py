"""What somebody is called."""

from __future__ import annotations

from typing import TypedDict


class Named(TypedDict):
    """Whoever has a name."""

    user_id: str
    nickname: str


def name_of(user: Named) -> str:
    """Their nickname; who has none is called by the id."""
    return user["nickname"] or user["user_id"]
