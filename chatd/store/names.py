"""Nicknames as keys have them."""

from __future__ import annotations

from typing import Final

# Of a key that fits: 80 folded characters take no more.
MAX_BYTES: Final = 480


def folded(nickname: str) -> str:
    """A nickname without difference of case, and without what ends a text in a key."""
    return nickname.casefold().replace("\0", " ").encode()[:MAX_BYTES].decode(errors="ignore")
