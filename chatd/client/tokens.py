"""Session tokens: the one of now, and another when that is too old."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable

import anyio

from chatd.client.failures import Failure, SignedOut, Unreachable

# For how long a source may be busy.
SOURCE_SECONDS = 20.0

log = logging.getLogger("chatd.client")

TokenSource = str | Callable[[], Awaitable[str]]


class Tokens:
    """Of one person. A source that is a text is the only one there is; a function is asked for another one."""

    def __init__(self, source: TokenSource) -> None:
        self._source = source
        self._token = source if isinstance(source, str) else ""
        self._asking = anyio.Lock()

    @property
    def are_renewed(self) -> bool:
        """Whether there is another one after this."""
        return not isinstance(self._source, str)

    async def current(self) -> str:
        """The one of now. SignedOut when there is no other; else Unreachable, or the Failure of the source."""
        async with self._asking:
            if not self._token:
                self._token = await self._another()
            return self._token

    def spoil(self, token: str) -> None:
        """This one is too old, or refused."""
        if self._token == token:
            self._token = ""

    async def _another(self) -> str:
        if isinstance(self._source, str):
            raise SignedOut("The token is too old, or refused, and there is no other.")
        try:
            with anyio.move_on_after(SOURCE_SECONDS):
                return await self._source()
        except Failure:
            raise
        except Exception as error:  # whatever a source does inside: it may succeed later
            log.warning("no token is to be had now", exc_info=error)
            raise Unreachable(f"No token is to be had now: {type(error).__name__}: {error}") from error
        raise Unreachable("No token is to be had now: its source takes too long.")
