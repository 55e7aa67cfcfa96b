"""What the server has of this person, and tells of when it changes."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Generic, TypeVar

import trio

from chatd.client.change import Change
from chatd.client.journal import Journal
from chatd.client.schema import Publication
from chatd.client.session import Session

Found = TypeVar("Found")


class Live(ABC, Generic[Found]):
    """`begin` loads it, and from then on events keep it in step, also while it is on its way."""

    def __init__(self, session: Session) -> None:
        self.changed = Change()
        self._session = session
        self._journal = Journal()
        self._is_loaded = False
        self._loading = trio.Lock()

    async def begin(self) -> None:
        """Load it, unless that was done. Raises a Failure."""
        async with self._loading:
            if not self._is_loaded:
                await self._load()

    async def load(self) -> None:
        """Load it anew, if somebody has asked for it. Raises a Failure."""
        if self._is_loaded:
            await self._load()

    def handle(self, event: Publication) -> None:
        """The server tells something."""
        self._journal.note(event)
        if self._is_loaded:
            self._apply(event)

    @abstractmethod
    async def _ask(self) -> Found:
        """What the server has. Raises a Failure."""

    @abstractmethod
    def _merge(self, found: Found) -> None:
        """Have it instead of what is here."""

    @abstractmethod
    def _apply(self, event: Publication) -> None:
        """Change it as an event says; the same once more does nothing."""

    async def _load(self) -> None:
        def merge(found: Found) -> None:
            self._is_loaded = True
            self._merge(found)

        await self._journal.join(self._ask, merge, self._apply)


class OfChannel(Live[Found]):
    """Something of a channel: loading when it is first asked for, and then kept in step."""

    def __init__(self, session: Session, channel_url: str) -> None:
        super().__init__(session)
        self._channel_url = channel_url

    async def ready(self) -> None:
        """Until it is loaded."""
        await self.changed.until(lambda: self._is_loaded)

    async def load(self) -> None:
        """What the server has. Raises a Failure."""
        await self._load()
