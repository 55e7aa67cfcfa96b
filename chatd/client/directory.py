"""The public channels, to look at and to join."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import TYPE_CHECKING

from chatd.client.channel import Channel
from chatd.client.history import END_OF_TIME, list_messages
from chatd.client.paging import pages
from chatd.client.persist import persist
from chatd.client.schema import GroupChannel, GroupChannels, Message

if TYPE_CHECKING:
    from chatd.client.chat import Chat

PAGE = 30
PREVIEWED = 20


class Directory:
    """`chat.channels` knows which of them this person is in."""

    def __init__(self, chat: Chat) -> None:
        self._chat = chat

    async def search(self, text: str = "") -> AsyncIterator[GroupChannel]:
        """Those that have a text in their name, the newest first, with their metadata. Raises a Failure."""
        async for page in pages(lambda token: self._page(text.strip(), token)):
            for channel in page["channels"]:
                yield channel

    async def preview(self, url: str) -> list[Message]:
        """What was said last in one, the oldest first, without being in it. Raises a Failure."""
        newest = {"channel_url": url, "message_ts": END_OF_TIME, "prev_limit": PREVIEWED, "next_limit": 0}
        return await persist(lambda: list_messages(self._chat, newest))

    async def join(self, url: str, access_code: str = "") -> Channel:
        """Become a member; the channel. Raises a Failure."""
        await self._chat.call("channels.join", channel_url=url, access_code=access_code)
        return await self._chat.channels.find(url)

    async def _page(self, text: str, token: str) -> GroupChannels:
        call = self._chat.call
        return await persist(
            lambda: call("channels.list_public", name_contains=text, limit=PAGE, show_metadata=True, token=token)
        )
