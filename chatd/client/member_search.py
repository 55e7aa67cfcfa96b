"""Finds members of a channel by what somebody begins to write."""

from __future__ import annotations

import re

from chatd.client.channel import Channel
from chatd.client.name_of import name_of
from chatd.client.persist import persist
from chatd.client.schema import Member, Members
from chatd.client.session import Session

PAGE = 20
BETWEEN_WORDS = re.compile(r"[\s.-]+")


class MemberSearch:
    """First among those who are here, then among all."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def known(self, channel: Channel, text: str) -> list[Member]:
        """The others who are here, of whose name any word begins so, or whose id does: whose name does first."""
        wanted = text.casefold()
        ranked = [(_rank(member, wanted), name_of(member).casefold(), member) for member in channel.others]
        found = [each for each in ranked if each[0] is not None]
        return [member for *_, member in sorted(found, key=lambda each: each[:2])]

    async def fetch(self, channel: Channel, text: str) -> None:
        """Have the server look for members whose nickname begins so and who are not here yet. Raises a Failure."""
        if channel.has_more_members and text:
            channel.add((await self._page(channel.url, text))["members"])

    async def _page(self, url: str, text: str) -> Members:
        call = self._session.call
        return await persist(
            lambda: call(
                "members.list",
                channel_url=url,
                limit=PAGE,
                nickname_startswith=text,
                show_read_receipt=True,
                show_delivery_receipt=True,
            )
        )


def _rank(member: Member, wanted: str) -> int | None:
    """0 when the name begins with what is wanted, 1 for a later word of it, 2 for the id; None for none of them."""
    name = name_of(member).casefold()
    if name.startswith(wanted):
        return 0
    if any(word.startswith(wanted) for word in BETWEEN_WORDS.split(name)):
        return 1
    return 2 if member["user_id"].casefold().startswith(wanted) else None
