"""What somebody sees of a channel."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, Literal, Unpack

import trio

from chatd.client.change import Change
from chatd.client.commands import EditOptions, SendOptions
from chatd.client.failures import Failure
from chatd.client.files import Upload
from chatd.client.history import END_OF_TIME, list_messages
from chatd.client.journal import Journal
from chatd.client.outbox import Outbox, Outgoing
from chatd.client.persist import persist
from chatd.client.schema import Message, Publication
from chatd.client.window import Window, has_reaction, with_reaction, without_reaction

if TYPE_CHECKING:
    from chatd.client.channel import Channel

PAGE = 50
MOST_PAGE = 200
DETAILS: dict[str, Any] = {"include_reactions": True, "include_thread_info": True}

log = logging.getLogger("chatd.client")


class Timeline:
    """Messages of a channel, or replies to one of them: a window of them, at the end or further up, oldest first.

    It is loaded when it is first used, and `await timeline.ready()` waits for that. `changed` tells of each change.
    """

    def __init__(self, channel: Channel, parent_id: int = 0) -> None:
        self.channel = channel
        self.parent_id = parent_id
        self.changed = Change()
        self.state: Literal["loading", "ready"] = "loading"
        self._session = channel.session
        self._window = Window()
        self._journal = Journal()
        # The place that was asked for last, until the window reaches to now.
        self._around: dict[str, int] | None = None
        self._loads = 0
        self._reacting = trio.StrictFIFOLock()
        self._paging = trio.Lock()
        thread = {"parent_message_id": parent_id} if parent_id else {}
        self._target = {"channel_url": channel.url, **thread}
        self.outbox = Outbox(self._session, self._target, self._accept, self.changed)

    def __len__(self) -> int:
        return len(self._window.messages)

    def __iter__(self) -> Iterator[Message]:
        return iter(tuple(self._window.messages))

    def __getitem__(self, at: int) -> Message:
        return self._window.messages[at]

    @property
    def has_older(self) -> bool:
        """Whether there is more before this."""
        return self._window.has_older

    @property
    def has_newer(self) -> bool:
        """Whether there is more than this until now."""
        return self._window.has_newer

    def find(self, message_id: int) -> Message | None:
        """The message with this id, if it is loaded."""
        return self._window.find(message_id)

    async def ready(self) -> None:
        """Until it is loaded."""
        await self.changed.until(lambda: self.state == "ready")

    async def load(self) -> None:
        """What is to be seen anew: around its middle when somebody reads further up, else the end. Raises a Failure."""
        if self.has_newer and len(self):
            await self.load_around(message_id=self[len(self) // 2]["message_id"])
        elif self._around:  # all that was read further up may be gone by now
            await self.load_around(**self._around)
        else:
            await self.load_latest()

    async def load_latest(self) -> None:
        """The newest page, long enough to hold all that is unread. Raises a Failure."""
        self._around = None
        kept = 0 if self.has_newer else len(self)
        limit = min(max(PAGE, self.channel.unread + 20, kept), MOST_PAGE)
        query = {"message_ts": END_OF_TIME, "prev_limit": limit, "next_limit": 0, "include": False}
        await self._begin(query, lambda messages: (len(messages) == limit, False))

    async def load_around(self, *, message_id: int = 0, message_ts: int = 0) -> None:
        """A page on both sides of a message, or of a moment in ms. Raises a Failure."""
        place = self._around = {"message_id": message_id} if message_id else {"message_ts": message_ts}
        field: Literal["message_id", "created_at"] = "message_id" if message_id else "created_at"
        value = message_id or message_ts

        def ends(messages: list[Message]) -> tuple[bool, bool]:
            before = sum(message[field] < value for message in messages)
            after = sum(message[field] > value for message in messages)
            return before >= PAGE, after >= PAGE

        await self._begin({**place, "prev_limit": PAGE, "next_limit": PAGE, "include": True}, ends)

    async def load_older(self) -> None:
        """The page before the oldest message. Raises a Failure."""
        async with self._paging:
            if not self.has_older or not len(self):
                return
            first = self[0]["message_id"]

            def prepend(messages: list[Message]) -> None:
                # Only to where it fits: the beginning may have moved meanwhile.
                if len(self) and self[0]["message_id"] == first:
                    self._window.prepend(messages, has_older=len(messages) == PAGE)

            await self._join({"message_id": first, "prev_limit": PAGE, "next_limit": 0, "include": False}, prepend)

    async def load_newer(self) -> None:
        """The page after the newest message that is here. Raises a Failure."""
        async with self._paging:
            if not self.has_newer or not len(self):
                return
            last = self[-1]["message_id"]

            def append(messages: list[Message]) -> None:
                if len(self) and self[-1]["message_id"] == last:
                    self._window.append(messages, has_newer=len(messages) == PAGE)
                    self._around = self._around if self.has_newer else None

            await self._join({"message_id": last, "prev_limit": 0, "next_limit": PAGE, "include": False}, append)

    def send(self, text: str, files: Sequence[Upload] = (), **more: Unpack[SendOptions]) -> Outgoing:
        """A text, files, or both; `more`: further parameters of `messages.send`. It goes by itself, see Outgoing."""
        return self.outbox.add(text, files, more)

    async def edit(self, message: Message, text: str, **more: Unpack[EditOptions]) -> None:
        """`more`: further parameters of `messages.update`. Raises a Failure."""
        await self._session.call("messages.update", **self._named(message), message=text, **more)

    async def delete(self, message: Message) -> None:
        """For everybody. Raises a Failure."""
        await self._session.call("messages.delete", **self._named(message))

    async def react(self, message: Message, reaction: str, *, is_added: bool = True) -> None:
        """Add a reaction of this person, or take it back: shown at once, undone when refused. Raises a Failure."""
        known = self.find(message["message_id"])
        is_other = known is not None and has_reaction(known, reaction, self._session.user_id) != is_added
        self._react(message["message_id"], reaction, is_added=is_added)
        method: Literal["reactions.add", "reactions.remove"] = "reactions.add" if is_added else "reactions.remove"
        try:
            async with self._reacting:  # in the order in which they were made
                await persist(lambda: self._session.call(method, **self._named(message), reaction=reaction))
        except Failure:
            if is_other:
                self._react(message["message_id"], reaction, is_added=not is_added)
            raise

    async def mark_read(self) -> None:
        """All that is here has been read, on all devices. Raises a Failure."""
        if not len(self):
            return
        last = self[-1]["message_id"]
        if self.parent_id:
            params = {"message_id": self.parent_id, "reply_id": last}
            await persist(lambda: self._session.call("threads.mark_read", channel_url=self.channel.url, **params))
        else:
            await self.channel.mark_read(last)

    def handle(self, event: Publication) -> None:
        """The server tells something of the channel."""
        self._journal.note(event)
        self._apply(event)

    def _named(self, message: Message) -> dict[str, Any]:
        return {"channel_url": self.channel.url, "message_id": message["message_id"]}

    async def _begin(self, query: dict[str, Any], ends: Callable[[list[Message]], tuple[bool, bool]]) -> None:
        """Load a window of its own; one that was begun later wins."""
        self._loads += 1
        number = self._loads

        def replace(messages: list[Message]) -> None:
            if number != self._loads:
                return
            has_older, has_newer = ends(messages)
            self._window.replace(messages, has_older=has_older, has_newer=has_newer)
            for message in messages:
                self.outbox.settle(message)
            self.state = "ready"

        await self._join(query, replace)

    async def _join(self, query: dict[str, Any], merge: Callable[[list[Message]], None]) -> None:
        await self._journal.join(lambda: self._fetch(query), merge, self._apply)
        self.changed.mark()

    async def _fetch(self, query: dict[str, Any]) -> list[Message]:
        which = {} if self.parent_id else {"include_reply_type": "ONLY_REPLY_TO_CHANNEL"}
        return await list_messages(self._session, {**self._target, **DETAILS, **which, **query})

    def _apply(self, event: Publication) -> None:
        if "thread_info" in event:
            told = event["message"] if event["type"] == "message.created" else event
            info = event["thread_info"]
            self._window.change(told["parent_message_id"], lambda message: message | {"thread_info": info})
        match event["type"]:
            case "message.created":
                self._insert(event["message"])
            case "reaction.added" | "reaction.removed" as kind:
                self._react(event["message_id"], event["reaction"], event["user_id"], is_added=kind == "reaction.added")
            case "channel.history_reset":
                self._window.replace((), has_older=False, has_newer=False)
            case _:
                self._window.follow(event)
        self.changed.mark()

    async def _accept(self, message: Message) -> None:
        """The server's answer to a send. The stream has told of it by then, unless it was taken at an attempt before.

        Then it may be another one by now, or gone.
        """
        if all(each.req_id != message["req_id"] for each in self.outbox.items):
            return
        try:
            await self._journal.join(
                lambda: persist(lambda: self._session.call("messages.view", **self._named(message), **DETAILS)),
                self._insert,
                self._apply,
            )
        except Failure as failure:
            log.info("sent, and gone again: %s", failure.message)
            self.outbox.settle(message)

    def _insert(self, message: Message) -> None:
        self.outbox.settle(message)
        if message["created_at"] > self.channel.cleared_to and self._is_here(message):
            self._window.insert(message)
        self.changed.mark()

    def _is_here(self, message: Message) -> bool:
        """A reply is in its thread, and in the channel only when it was sent there too."""
        parent_id = message.get("parent_message_id", 0)
        if self.parent_id:
            return bool(parent_id == self.parent_id)
        return not parent_id or message.get("is_reply_to_channel") is True

    def _react(self, message_id: int, reaction: str, user_id: str = "", *, is_added: bool) -> None:
        user_id = user_id or self._session.user_id
        now = int(time.time() * 1000)
        if is_added:
            self._window.change(message_id, lambda message: with_reaction(message, reaction, user_id, now))
        else:
            self._window.change(message_id, lambda message: without_reaction(message, reaction, user_id))
        self.changed.mark()
