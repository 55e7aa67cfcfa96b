"""Access tokens that services give for a time: each is kept in memory for as long as it is good; one asks for all."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable, Hashable
from typing import Final

import trio

# A token is not used in its last minutes.
_MARGIN_SECONDS: Final = 300
_MAX_KEPT: Final = 1000

Asking = Callable[[], Awaitable[tuple[str, int]]]


class _Grant:
    """A token, good `until` a time in seconds; who finds none takes turns to ask, so that one asks for all."""

    def __init__(self) -> None:
        self.turn = trio.Lock()
        self.token, self.until = "", 0.0


class Grants:
    """Tokens by who has them."""

    def __init__(self) -> None:
        self._grants: dict[Hashable, _Grant] = {}

    async def token(self, owner: Hashable, ask: Asking) -> str:
        """The token of an owner, or a new one, which comes with its seconds. Raises what asking for it does."""
        if len(self._grants) >= _MAX_KEPT:
            self._grants.clear()
        grant = self._grants.setdefault(owner, _Grant())
        async with grant.turn:
            if time.time() >= grant.until:
                grant.token, seconds = await ask()
                grant.until = time.time() + seconds - _MARGIN_SECONDS
            return grant.token

    def forget(self, owner: Hashable) -> None:
        """A token is not taken: the next one asks anew."""
        self._grants.pop(owner, None)
