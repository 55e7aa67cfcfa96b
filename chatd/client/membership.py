"""Who is in a channel, and who operates it."""

from __future__ import annotations

from chatd.client.channel import Channel
from chatd.client.session import Session

PAGE = 100


class Membership:
    """All of it raises a Failure when the server refuses."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def promote(self, channel: Channel, *user_ids: str) -> None:
        """Have members operate it."""
        await self._session.call("operators.add", channel_url=channel.url, operator_ids=user_ids)

    async def demote(self, channel: Channel, *user_ids: str) -> None:
        """Have them operate it no more."""
        await self._session.call("operators.remove", channel_url=channel.url, operator_ids=user_ids)

    async def remove(self, channel: Channel, *user_ids: str) -> None:
        """Have members in it no more; they may come back."""
        await self._session.call("channels.leave", channel_url=channel.url, user_ids=user_ids)

    async def load_more(self, channel: Channel) -> None:
        """Another page of the members of a large channel, into its `members`, while it `has_more_members`."""
        page = await self._session.call(
            "members.list",
            channel_url=channel.url,
            limit=PAGE,
            member_active_mode_filter="all",
            show_read_receipt=True,
            show_delivery_receipt=True,
            token=channel.members_next,
        )
        channel.members_next = page["next"]
        channel.add(page["members"])
