"""Session tokens: the one of now, and another when that is too old."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import anyio
import httpx

from chatd.client.failures import SignedOut, Unreachable

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
        """The one of now. Fails as the source does; SignedOut when it has no other."""
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
            return await self._source()
        except (OSError, httpx.TransportError) as error:
            raise Unreachable(f"No token is to be had now: {error}") from error
