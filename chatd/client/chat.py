"""One person's chat: all that is shown, kept in step with the server."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator
from typing import Unpack
from uuid import uuid4

import trio

from chatd.client.blocks import Blocks
from chatd.client.channel import Channel
from chatd.client.channel_list import ChannelList
from chatd.client.commands import MessagesCopy, MessagesSearch, SearchFilters
from chatd.client.directory import Directory
from chatd.client.drafts import Drafts
from chatd.client.events import channel_of
from chatd.client.failures import Failure
from chatd.client.file_list import FileList
from chatd.client.followed_threads import FollowedThreads
from chatd.client.member_search import MemberSearch
from chatd.client.membership import Membership
from chatd.client.metadata import Metadata
from chatd.client.moderation import Moderation
from chatd.client.notifications import Notifications
from chatd.client.open_channel import OpenChannel
from chatd.client.paging import pages
from chatd.client.people import People
from chatd.client.per_channel import Kept, PerChannel
from chatd.client.permissions import Permissions
from chatd.client.persist import persist
from chatd.client.pins import Pins
from chatd.client.polls import Polls
from chatd.client.presence import Presence
from chatd.client.profile import Profile
from chatd.client.saved import Saved
from chatd.client.scheduled import Scheduled
from chatd.client.schema import FoundMessage, Message, Publication, SearchResults, User, WatchedUser
from chatd.client.session import Session
from chatd.client.slash_commands import SlashCommands
from chatd.client.socket import Dial
from chatd.client.timelines import Timelines
from chatd.client.tokens import TokenSource

RELOAD_SECONDS = 2.0

log = logging.getLogger("chatd.client")


class Chat(Session):
    """`async with Chat(url, token) as chat`: the first channels are there; `url` and `token` as of a Session.

    The stream is recoverable. When the server shows that nothing was missed, its events suffice; when it cannot,
    all that is shown is loaded again.
    """

    def __init__(self, url: str, token: TokenSource, *, dial: Dial | None = None) -> None:
        super().__init__(url, token, dial=dial)
        self.channels = ChannelList(self)
        self.timelines = Timelines(self)
        self.presence = Presence(self, self._recognize)
        self.moderation = Moderation(self)
        self.threads = FollowedThreads(self)
        self.drafts = Drafts(self)
        self.polls = Polls(self)
        self.saved = Saved(self)
        self.scheduled = Scheduled(self)
        self.people = People(self)
        self.directory = Directory(self)
        self.membership = Membership(self)
        self.member_search = MemberSearch(self)
        self.blocks = Blocks(self)
        self.profile = Profile(self, self._files)
        self.notifications = Notifications(self)
        self.slash_commands = SlashCommands(self)
        self.pins = PerChannel(self, Pins)
        self.metadata = PerChannel(self, Metadata)
        self.files = PerChannel(self, FileList)
        self.permissions = PerChannel(self, lambda _, url: Permissions(self, url))
        # How often the stream has begun anew, and how often all was loaded since.
        self._gaps = 0
        self._closed_gaps = 0

    @property
    def is_in_step(self) -> bool:
        """Whether all that is shown is what the server has, but for what is on its way."""
        return self._is_streaming and self._closed_gaps == self._gaps

    async def ready(self) -> None:
        """Until all is in step."""
        await self.state_changed.until(lambda: self.is_in_step)

    def enter(self, url: str) -> OpenChannel:
        """Be in the open channel with this URL until its `leave`, or in a block: `with chat.enter("hall") as hall`.

        A ValueError when this chat is in it already.
        """
        return OpenChannel(self, self._connection.entered, url)

    async def forward(self, message: Message, channel: Channel, words: str = "") -> Message:
        """Send a message on to a channel, after some words if there are any; what it is there. Raises a Failure."""
        words_id = uuid4().hex
        if words:
            await persist(lambda: self.call("messages.send", channel_url=channel.url, message=words, req_id=words_id))
        copy: MessagesCopy = {
            "channel_url": message["channel_url"],
            "message_id": message["message_id"],
            "target_channel_url": channel.url,
            "req_id": uuid4().hex,
        }
        return await persist(lambda: self.call("messages.copy", **copy))

    async def search(self, query: str, **filters: Unpack[SearchFilters]) -> AsyncIterator[FoundMessage]:
        """Messages that say something, page by page; `filters`: parameters of `messages.search`. Raises a Failure."""
        async for page in pages(lambda token: self._found({"query": query, "token": token, **filters})):
            for message in page["results"]:
                yield message

    async def _found(self, query: MessagesSearch) -> SearchResults:
        return await persist(lambda: self.call("messages.search", **query))

    async def _run(self) -> None:
        async with trio.open_nursery() as nursery:
            nursery.start_soon(self._keep_in_step)
            await super()._run()

    def _on_connected(self, user: User) -> None:
        super()._on_connected(user)
        self.profile.changed.mark()

    def _on_streaming(self, is_whole: bool) -> None:
        self._gaps += not is_whole
        super()._on_streaming(is_whole)
        self.presence.resume()
        self.threads.resume()

    def _recognize(self, user: WatchedUser) -> None:
        self.channels.handle({"type": "profile.changed", "user": user, "status": user["status"]})

    def _on_event(self, event: Publication) -> None:
        self.channels.handle(event)
        self.timelines.handle(event, is_member=channel_of(event) in self.channels)
        self.presence.handle(event)
        for each in self._besides:
            each.handle(event)
        super()._on_event(event)

    @property
    def _besides(self) -> tuple[Kept, ...]:
        """What is kept in step beside channels and their messages."""
        of_person = (self.threads, self.drafts, self.polls, self.saved, self.scheduled)
        of_channels = (self.pins, self.files, self.metadata, self.permissions)
        return (*of_person, self.blocks, self.profile, self.notifications, *of_channels)

    async def _keep_in_step(self) -> None:
        while True:
            await self.state_changed.until(lambda: self._closed_gaps != self._gaps)
            gaps = self._gaps
            try:
                await self.channels.load()
                await self.timelines.load()
                for each in self._besides:
                    await each.load()
            except Failure as failure:
                log.info("not loaded: %s", failure.message)
                await trio.sleep(RELOAD_SECONDS)
            else:
                self._closed_gaps = gaps
                self.state_changed.mark()
