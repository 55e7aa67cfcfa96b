"""What this person may do in a channel."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chatd.client.live import OfChannel
from chatd.client.persist import persist
from chatd.client.schema import Publication

if TYPE_CHECKING:
    from chatd.client.chat import Chat


class Permissions(OfChannel[dict[str, bool]]):
    """Operators may do all, the others what the channel lets them; `changed`: it lets them do other things now."""

    def __init__(self, chat: Chat, channel_url: str) -> None:
        super().__init__(chat, channel_url)
        self._channels = chat.channels
        self._members: dict[str, bool] = {}

    def may(self, deed: str) -> bool:
        """A deed of the server's: "send", "invite", "edit_channel", "pin" … What is not known yet is not allowed."""
        channel = self._channels.get(self._channel_url)
        return channel is not None and (channel.is_operator or self._members.get(deed) is True)

    async def _ask(self) -> dict[str, bool]:
        return (await self._session.call("permissions.view", channel_url=self._channel_url))["permissions"]

    def _merge(self, found: dict[str, bool]) -> None:
        self._members = found
        self.changed.mark()

    def handle(self, event: Publication) -> None:
        """The server tells something of the channel. Where nobody operates it, its members may do more."""
        super().handle(event)
        if event["type"] == "operators.changed":
            self._session.spawn(persist, self.load)

    def _apply(self, event: Publication) -> None:
        if event["type"] == "channel.permissions_changed":
            self._merge(event["permissions"])
