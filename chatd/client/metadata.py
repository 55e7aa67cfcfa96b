"""What is said of a channel: texts by their keys."""

from __future__ import annotations

from chatd.client.live import OfChannel
from chatd.client.schema import Publication
from chatd.client.session import Session


class Metadata(OfChannel[dict[str, str]]):
    """`items` is all of it; `changed` tells of each change."""

    def __init__(self, session: Session, channel_url: str) -> None:
        super().__init__(session, channel_url)
        self.items: dict[str, str] = {}

    async def set(self, key: str, text: str) -> None:
        """Say something under a key. Raises a Failure."""
        items, call = {key: text}, self._session.call
        await call("channel_metadata.update", channel_url=self._channel_url, metadata=items, upsert=True)

    async def remove(self, key: str) -> None:
        """Say nothing under it. Raises a Failure."""
        await self._session.call("channel_metadata.delete", channel_url=self._channel_url, key=key)

    async def _ask(self) -> dict[str, str]:
        return await self._session.call("channel_metadata.view", channel_url=self._channel_url)

    def _merge(self, found: dict[str, str]) -> None:
        self.items = found
        self.changed.mark()

    def _apply(self, event: Publication) -> None:
        if event["type"] == "channel.metadata_changed":
            kept = {key: text for key, text in self.items.items() if key not in event["deleted"]}
            self._merge({**kept, **event["created"], **event["updated"]})
