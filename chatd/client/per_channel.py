"""Something of channels, one for each."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

from chatd.client.events import channel_of
from chatd.client.failures import Failure
from chatd.client.persist import persist
from chatd.client.schema import Publication

if TYPE_CHECKING:
    from chatd.client.channel import Channel
    from chatd.client.session import Session

log = logging.getLogger("chatd.client")


class Kept(Protocol):
    """What is loaded, and then kept in step by events."""

    async def load(self) -> None:
        """Raises a Failure."""

    def handle(self, event: Publication) -> None:
        """The server tells something."""


T = TypeVar("T", bound=Kept)


class PerChannel(Generic[T]):
    """`make(session, url)` gives it. It is loaded when it is first asked for, and kept in step."""

    def __init__(self, session: Session, make: Callable[[Session, str], T]) -> None:
        self._session = session
        self._make = make
        self._known: dict[str, tuple[Channel, T]] = {}

    def of(self, channel: Channel) -> T:
        """That of a channel, loading or loaded."""
        known = self._known.get(channel.url)
        # Whoever comes back to a channel has missed something of it.
        if known and known[0] is channel:
            return known[1]
        item = self._make(self._session, channel.url)
        self._known[channel.url] = (channel, item)
        self._session.spawn(persist, item.load)
        return item

    def handle(self, event: Publication) -> None:
        """The server tells something."""
        if known := self._known.get(channel_of(event)):
            known[1].handle(event)

    async def load(self) -> None:
        """All of them anew. Raises a Failure that is a temporary one: what is gone stays as it was."""
        for url, (channel, item) in tuple(self._known.items()):
            if not channel.is_joined:
                self._known.pop(url, None)
                continue
            try:
                await item.load()
            except Failure as failure:
                if failure.temporary:
                    raise
                log.info("not loaded: %s: %s", url, failure.message)
