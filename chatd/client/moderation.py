"""What moderators do; and what everybody does: report."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Literal

from chatd.client.channel import Channel
from chatd.client.paging import pages
from chatd.client.schema import Ban, Message, MutedUser
from chatd.client.session import Session

PAGE = 50
FOR_EVER = -1

Category = Literal["suspicious", "harassing", "spam", "inappropriate"]


class Moderation:
    """All of it raises a Failure when the server refuses."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def mute(self, channel: Channel, user_id: str, seconds: int = FOR_EVER, description: str = "") -> None:
        """Let somebody write no more for so many seconds."""
        await self._session.call(
            "mutes.add", channel_url=channel.url, user_id=user_id, seconds=seconds, description=description
        )

    async def unmute(self, channel: Channel, user_id: str) -> None:
        """Let them write again."""
        await self._session.call("mutes.remove", channel_url=channel.url, user_id=user_id)

    async def muted(self, channel: Channel) -> AsyncIterator[MutedUser]:
        """Those who may not write."""
        call = self._session.call
        async for page in pages(lambda at: call("mutes.list", channel_url=channel.url, limit=PAGE, token=at)):
            for user in page["muted_list"]:
                yield user

    async def ban(self, channel: Channel, user_id: str, seconds: int = FOR_EVER, description: str = "") -> None:
        """Keep somebody out for so many seconds."""
        await self._session.call(
            "bans.add", channel_url=channel.url, user_id=user_id, seconds=seconds, description=description
        )

    async def unban(self, channel: Channel, user_id: str) -> None:
        """Let them come back."""
        await self._session.call("bans.remove", channel_url=channel.url, user_id=user_id)

    async def banned(self, channel: Channel) -> AsyncIterator[Ban]:
        """Those who may not be in it: the `user` of each, and until when."""
        call = self._session.call
        async for page in pages(lambda at: call("bans.list", channel_url=channel.url, limit=PAGE, token=at)):
            for ban in page["banned_list"]:
                yield ban

    async def freeze(self, channel: Channel, *, is_frozen: bool = True) -> None:
        """Have only operators write in it."""
        await self._session.call("channels.freeze", channel_url=channel.url, freeze=is_frozen)

    async def report(self, channel: Channel, message: Message, category: Category, description: str = "") -> None:
        """Tell the operators of a message."""
        await self._session.call(
            "messages.report",
            channel_url=channel.url,
            message_id=message["message_id"],
            report_category=category,
            report_description=description,
        )

    async def report_channel(self, channel: Channel, category: Category, description: str = "") -> None:
        """Tell the operators of the application of a channel."""
        await self._session.call(
            "channels.report", channel_url=channel.url, report_category=category, report_description=description
        )

    async def report_user(self, user_id: str, category: Category, description: str = "") -> None:
        """Tell them of somebody."""
        await self._session.call(
            "users.report", offending_user_id=user_id, report_category=category, report_description=description
        )
