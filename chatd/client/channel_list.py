"""This person's channels."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, Unpack
from uuid import uuid4

import trio

from chatd.client.change import Change
from chatd.client.channel import Channel
from chatd.client.channel_events import follow
from chatd.client.commands import ChannelOptions, ChannelsCreate
from chatd.client.errors import NotFound
from chatd.client.events import channel_of
from chatd.client.failures import Failure
from chatd.client.journal import Journal
from chatd.client.persist import persist
from chatd.client.schema import BasicUser, ChannelCreated, GroupChannel, MemberJoined, Publication

if TYPE_CHECKING:
    from chatd.client.chat import Chat

DETAILS: dict[str, Any] = {"show_member": True, "show_read_receipt": True, "show_delivery_receipt": True}
QUERY: dict[str, Any] = {
    "limit": 50,
    "order": "latest_last_message",
    "hidden_mode": "all",
    "show_empty": True,
    **DETAILS,
}
# The custom_type of a conversation between two people.
DIRECT = "direct"

log = logging.getLogger("chatd.client")


class ChannelList:
    """The latest active first, kept in step by what the server tells; `changed` tells of changes in them too."""

    def __init__(self, chat: Chat) -> None:
        self.changed = Change()
        self._chat = chat
        self._by_url: dict[str, Channel] = {}
        self._journal = Journal()
        self._next = ""
        self._paging = trio.Lock()
        # Of these something has happened that only the server can tell; and those that are being asked for.
        self._stale: set[str] = set()
        self._refreshing: set[str] = set()

    def __iter__(self) -> Iterator[Channel]:
        return iter(sorted(self._by_url.values(), key=lambda channel: (-channel.active_at, channel.url)))

    def __len__(self) -> int:
        return len(self._by_url)

    def __contains__(self, url: object) -> bool:
        return url in self._by_url

    def __getitem__(self, url: str) -> Channel:
        return self._by_url[url]

    @property
    def unread(self) -> int:
        """Unread messages, in those that are here."""
        return sum(channel.unread for channel in self._by_url.values())

    @property
    def has_more(self) -> bool:
        """Whether there are some that are not here yet."""
        return self._next != ""

    @property
    def is_settled(self) -> bool:
        """Whether nothing of it is being asked for."""
        return not self._refreshing

    def get(self, url: str) -> Channel | None:
        """The channel at a URL, if it is here."""
        return self._by_url.get(url)

    async def find(self, url: str) -> Channel:
        """The channel at a URL, asked for when it is not here yet. Raises a Failure; NotFound when one is not in it."""
        if url not in self._by_url:
            await self._refresh(url)
        if url not in self._by_url:  # one may look into public channels
            raise NotFound(f'"{url}" is none of this person\'s channels.', code=NotFound.codes[0])
        return self._by_url[url]

    async def load(self) -> None:
        """As many as are here, anew. Raises a Failure."""
        await self._journal.join(lambda: self._pages(len(self)), lambda pages: self._replace(*pages), self._apply)

    async def load_more(self) -> None:
        """The next page. Raises a Failure."""
        async with self._paging:
            if self.has_more:
                token = self._next
                await self._journal.join(
                    lambda: self._page(token),
                    # What was loaded anew meanwhile goes on elsewhere.
                    lambda page: self._append(*page) if token == self._next else None,
                    self._apply,
                )

    async def create(self, name: str, user_ids: Sequence[str] = (), **more: Unpack[ChannelOptions]) -> Channel:
        """A channel with a name; `more`: further parameters of `channels.create`. Raises a Failure."""
        params: ChannelsCreate = {"name": name, "user_ids": [*user_ids], "req_id": uuid4().hex, **more}
        resource = await persist(lambda: self._chat.call("channels.create", **params))
        return await self.find(resource["channel_url"])

    async def open_direct(self, *user_ids: str) -> Channel:
        """The conversation with these others, without a name; there is only one. Raises a Failure."""
        params: dict[str, Any] = {"user_ids": user_ids, "is_distinct": True, "custom_type": DIRECT}
        resource = await persist(lambda: self._chat.call("channels.create", **params))
        return await self.find(resource["channel_url"])

    async def mark_all_read(self) -> None:
        """This person has seen everything. Raises a Failure."""
        await persist(lambda: self._chat.call("channels.mark_all_read"))

    def handle(self, event: Publication) -> None:
        """The server tells something."""
        self._journal.note(event)
        self._apply(event)

    async def _pages(self, count: int) -> tuple[list[GroupChannel], str]:
        found, token = await self._page("")
        while token and len(found) < count:
            more, token = await self._page(token)
            found += more
        return found, token

    async def _page(self, token: str) -> tuple[list[GroupChannel], str]:
        page = await self._chat.call("channels.list", **QUERY, token=token)
        return page["channels"], page["next"]

    def _replace(self, resources: list[GroupChannel], token: str) -> None:
        current = {resource["channel_url"] for resource in resources}
        for url in self._by_url.keys() - current:
            self._drop(url)
        self._append(resources, token)

    def _append(self, resources: list[GroupChannel], token: str) -> None:
        self._next = token
        for resource in resources:
            self._adopt(resource)

    def _adopt(self, resource: GroupChannel) -> None:
        url = resource["channel_url"]
        if known := self._by_url.get(url):
            known.merge(resource)
        elif "user_last_read" in resource:
            self._by_url[url] = Channel(self._chat, resource)
        self.changed.mark()

    def _drop(self, url: str) -> None:
        if channel := self._by_url.pop(url, None):
            channel.is_joined = False
            channel.changed.mark()

    def _apply(self, event: Publication) -> None:
        url = channel_of(event)
        channel = self._by_url.get(url)
        match event["type"]:
            case "profile.changed":
                self._recognize(event["user"])
            case "channel.created" | "member.joined" if "members" in event:  # an open channel has none
                self._welcome(channel, event)
            case "channel.deleted":
                self._drop(url)
            case "member.left" if channel:
                self._dismiss(channel, event["users"])
            case "message.created" if channel is None:
                self._refresh_soon(url)
            case _:
                if channel and follow(channel, event):
                    self._refresh_soon(url)

    def _recognize(self, user: BasicUser) -> None:
        for channel in self._by_url.values():
            channel.know(user["user_id"], nickname=user["nickname"], profile_url=user["profile_url"])

    def _welcome(self, channel: Channel | None, event: ChannelCreated | MemberJoined) -> None:
        if channel:
            channel.merge(event["channel"])
            channel.add(event["members"])
        elif any(member["user_id"] == self._chat.user_id for member in event["members"]):
            self._refresh_soon(event["channel"]["channel_url"])

    def _dismiss(self, channel: Channel, users: list[BasicUser]) -> None:
        if any(user["user_id"] == self._chat.user_id for user in users):
            self._drop(channel.url)
        else:
            channel.remove(users)

    def _refresh_soon(self, url: str) -> None:
        self._stale.add(url)
        if url not in self._refreshing:
            self._refreshing.add(url)
            self._chat.spawn(self._keep_refreshing, url)

    async def _keep_refreshing(self, url: str) -> None:
        """Until nothing more has happened meanwhile."""
        while url in self._stale:
            self._stale.discard(url)
            try:
                await persist(lambda: self._refresh(url))
            except Failure as failure:  # that it is gone meanwhile is told by other events
                log.info("not refreshed: %s: %s", url, failure.message)
        self._refreshing.discard(url)
        self.changed.mark()

    async def _refresh(self, url: str) -> None:
        def apply(event: Publication) -> None:
            if channel_of(event) == url or event["type"] == "profile.changed":
                self._apply(event)

        await self._journal.join(
            lambda: self._chat.call("channels.view", channel_url=url, **DETAILS), self._adopt, apply
        )
