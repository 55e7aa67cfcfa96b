"""The threads that this person follows."""

from __future__ import annotations

from collections.abc import Callable, Collection

import trio

from chatd.client.change import Change
from chatd.client.journal import Journal
from chatd.client.persist import persist
from chatd.client.schema import FollowedThread, Message, Publication, ThreadInfo
from chatd.client.sender import sender_of
from chatd.client.session import Session

PAGE = 30
# For how long what only the server can tell is waited for, in seconds.
PAUSE = 0.5


class FollowedThreads:
    """Those with the newest replies first; `begin` loads them, and from then on they are kept in step."""

    def __init__(self, session: Session) -> None:
        self.changed = Change()
        self.items: list[FollowedThread] = []
        self._session = session
        self._journal = Journal()
        self._is_loaded = False
        self._is_stale = False
        self._next = ""
        self._paging = trio.Lock()
        # By the message that began the thread: the reply that was counted last.
        self._counted: dict[int, int] = {}

    @property
    def unread(self) -> int:
        """How many of those that are here have replies that are not read."""
        return sum(thread["unread_reply_count"] > 0 for thread in self.items)

    @property
    def has_more(self) -> bool:
        """Whether there are some that are not here yet."""
        return self._next != ""

    def find(self, message_id: int) -> FollowedThread | None:
        """The one that this message began, if it is here."""
        return next((thread for thread in self.items if thread["message_id"] == message_id), None)

    async def begin(self) -> None:
        """Load the first page, unless that was done. Raises a Failure."""
        async with self._paging:
            if not self._is_loaded:
                await self._first()

    async def load(self) -> None:
        """The first page anew, if somebody has asked for it. Raises a Failure."""
        if self._is_loaded:
            await self._first()

    async def load_more(self) -> None:
        """The next page. Raises a Failure."""
        async with self._paging:
            if not self.has_more:
                return
            token = self._next

            def append(page: tuple[list[FollowedThread], str]) -> None:
                if token == self._next:  # what was loaded anew meanwhile goes on elsewhere
                    self._take(self.items + page[0], page[1])

            await self._journal.join(lambda: self._page(token), append, self._apply)

    async def follow(self, message: Message) -> None:
        """The thread that a message began, or may begin. Raises a Failure."""
        url, message_id = message["channel_url"], message["message_id"]
        thread = await self._session.call("threads.subscribe", channel_url=url, message_id=message_id)
        if self._is_loaded and not self.find(message_id):
            self._set([thread, *self.items])

    async def unfollow(self, thread: Message | FollowedThread) -> None:
        """No more. Raises a Failure."""
        url, message_id = thread["channel_url"], thread["message_id"]
        await self._session.call("threads.unsubscribe", channel_url=url, message_id=message_id)
        self._drop([message_id])

    def resume(self) -> None:
        """The stream goes on after a cut. Of a reply that is told late nobody can say whether it was the first."""
        if self._is_loaded:
            self._load_soon()

    def handle(self, event: Publication) -> None:
        """The server tells something."""
        self._journal.note(event)
        if self._is_loaded:
            self._apply(event)

    async def _first(self) -> None:
        await self._journal.join(lambda: self._page(""), lambda page: self._take(*page), self._apply)

    async def _page(self, token: str) -> tuple[list[FollowedThread], str]:
        page = await self._session.call("threads.list", limit=PAGE, token=token)
        return page["threads"], page["next"]

    def _apply(self, event: Publication) -> None:
        match event["type"]:
            case "message.created" if "thread_info" in event:
                self._reply(event["message"], event["thread_info"])
            case "message.updated":
                parent = event["message"]
                self._change(parent["message_id"], lambda thread: thread | {"parent_message": parent})
            case "message.deleted":
                if "thread_info" in event:
                    info = event["thread_info"]
                    self._change(event["parent_message_id"], lambda thread: thread | {"thread_info": info})
                self._drop([event["message_id"]])
            case "messages.erased":
                self._drop(event["message_ids"])
            case "thread.followed":
                self._load_soon()  # what is new is not in the event
            case "thread.unfollowed":
                self._drop([event["message_id"]])
            case "thread.read":
                unread = event["unread_reply_count"]
                self._change(event["message_id"], lambda thread: thread | {"unread_reply_count": unread})

    def _reply(self, reply: Message, info: ThreadInfo) -> None:
        is_own = sender_of(reply) == self._session.user_id
        known = self.find(reply["parent_message_id"])
        if known is None:
            # Who replies, and whose message is replied to, follows from then on; others may stand further down.
            if is_own or info["reply_count"] == 1 or self.has_more:
                self._load_soon()
            return
        # An event may come twice, and with what was loaded.
        is_counted = self._counted.get(known["message_id"], 0) >= reply["message_id"]
        if is_counted or known["thread_info"]["last_replied_at"] >= reply["created_at"]:
            return
        self._counted[known["message_id"]] = reply["message_id"]
        unread = 0 if is_own else known["unread_reply_count"] + 1
        risen = known | {"thread_info": info, "unread_reply_count": unread}
        self._set([risen, *(thread for thread in self.items if thread is not known)])

    def _change(self, message_id: int, change: Callable[[FollowedThread], FollowedThread]) -> None:
        self._set([change(thread) if thread["message_id"] == message_id else thread for thread in self.items])

    def _drop(self, message_ids: Collection[int]) -> None:
        self._set([thread for thread in self.items if thread["message_id"] not in message_ids])

    def _set(self, items: list[FollowedThread]) -> None:
        if items != self.items:
            self._take(items, self._next)

    def _take(self, items: list[FollowedThread], token: str) -> None:
        self.items, self._next, self._is_loaded = items, token, True
        self.changed.mark()

    def _load_soon(self) -> None:
        if not self._is_stale:
            self._is_stale = True
            self._session.spawn(self._load_after_pause)

    async def _load_after_pause(self) -> None:
        await trio.sleep(PAUSE)
        self._is_stale = False
        await persist(self.load)
