"""Lists that come by pages."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from typing import TypedDict, TypeVar


class Page(TypedDict):
    """`next` is the token of the page after it; "" when it is the last."""

    next: str


T = TypeVar("T", bound=Page)


async def pages(fetch: Callable[[str], Awaitable[T]]) -> AsyncIterator[T]:
    """One after the other, as they are wanted: `fetch(token)` gives one."""
    token = ""
    while True:
        page = await fetch(token)
        yield page
        token = page["next"]
        if not token:
            return
