"""Who is writing."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import trio

from chatd.client.change import Change
from chatd.client.failures import Failure
from chatd.client.session import Session

# In seconds. A writer repeats the notice while writing; who is not heard for longer has stopped or gone.
REPEAT = 3.0
FORGET = 7.0

log = logging.getLogger("chatd.client")


class Typists:
    """Who is writing in a channel right now."""

    def __init__(self, session: Session, changed: Change) -> None:
        self._session = session
        self._changed = changed
        self._names: dict[str, str] = {}
        self._until: dict[str, float] = {}

    @property
    def names(self) -> list[str]:
        """How they are called."""
        return list(self._names.values())

    def add(self, user_id: str, name: str) -> None:
        """Somebody is writing, or still is."""
        is_new = user_id not in self._until
        self._until[user_id] = trio.current_time() + FORGET
        self._names[user_id] = name
        self._changed.mark()
        if is_new:
            self._session.spawn(self._forget, user_id)

    def remove(self, user_id: str) -> None:
        """Somebody has stopped."""
        if self._names.pop(user_id, None) is not None:
            self._changed.mark()

    async def _forget(self, user_id: str) -> None:
        while (left := self._until[user_id] - trio.current_time()) > 0:
            await trio.sleep(left)
        del self._until[user_id]
        self.remove(user_id)


@asynccontextmanager
async def keep_typing(session: Session, channel_url: str) -> AsyncIterator[None]:
    """Tell a channel that this person is writing, while in this block. A notice that does not arrive is no loss."""
    async with trio.open_nursery() as nursery:
        nursery.start_soon(_repeat, session, channel_url)
        yield
        nursery.cancel_scope.cancel()
    await _say(session, channel_url, typing=False)


async def _repeat(session: Session, channel_url: str) -> None:
    while True:
        await _say(session, channel_url, typing=True)
        await trio.sleep(REPEAT)


async def _say(session: Session, channel_url: str, *, typing: bool) -> None:
    try:
        await session.call("channels.typing", channel_url=channel_url, typing=typing, deadline=REPEAT)
    except Failure as failure:
        log.info("not shown to be writing: %s", failure.message)
