"""What is said of a channel: texts by their keys."""

from __future__ import annotations

from typing import Literal

from chatd.client.change import Change
from chatd.client.journal import Journal
from chatd.client.schema import Publication
from chatd.client.session import Session


class Metadata:
    """Loading at first, and then kept in step; `changed` tells of each change."""

    def __init__(self, session: Session, channel_url: str) -> None:
        self.changed = Change()
        self.state: Literal["loading", "ready"] = "loading"
        self.items: dict[str, str] = {}
        self._session = session
        self._channel_url = channel_url
        self._journal = Journal()

    async def ready(self) -> None:
        """Until it is loaded."""
        await self.changed.until(lambda: self.state == "ready")

    async def set(self, key: str, text: str) -> None:
        """Say something under a key. Raises a Failure."""
        items, call = {key: text}, self._session.call
        await call("channel_metadata.update", channel_url=self._channel_url, metadata=items, upsert=True)

    async def remove(self, key: str) -> None:
        """Say nothing under it. Raises a Failure."""
        await self._session.call("channel_metadata.delete", channel_url=self._channel_url, key=key)

    async def load(self) -> None:
        """What the server has. Raises a Failure."""
        url = self._channel_url
        await self._journal.join(
            lambda: self._session.call("channel_metadata.view", channel_url=url), self._take, self._apply
        )

    def handle(self, event: Publication) -> None:
        """The server tells something of the channel."""
        self._journal.note(event)
        if self.state == "ready":
            self._apply(event)

    def _apply(self, event: Publication) -> None:
        if event["type"] == "channel.metadata_changed":
            kept = {key: text for key, text in self.items.items() if key not in event["deleted"]}
            self._take({**kept, **event["created"], **event["updated"]})

    def _take(self, items: dict[str, str]) -> None:
        self.items, self.state = items, "ready"
        self.changed.mark()
