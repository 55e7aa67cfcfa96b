"""What this person has begun to write. On the server too, and so on their other devices."""

from __future__ import annotations

import logging
import math
from collections.abc import Callable

import trio

from chatd.client.change import Change
from chatd.client.failures import Failure
from chatd.client.journal import Journal
from chatd.client.paging import pages
from chatd.client.persist import persist
from chatd.client.schema import Draft as DraftResource
from chatd.client.schema import Publication
from chatd.client.session import Session

# In seconds. What is being written is kept after a pause, and while there is none every few seconds.
PAUSE = 0.8
LATEST = 4.0

log = logging.getLogger("chatd.client")


class Draft:
    """In one place. `changed`: it is another one now, because of what was done elsewhere."""

    def __init__(self, session: Session, channel_url: str, parent_id: int, told: Callable[[], None]) -> None:
        self.text = ""
        self.changed = Change()
        self._session = session
        self._channel_url = channel_url
        self._parent_id = parent_id
        self._told = told
        # What the server has, None while that is not known; what it is told now, and whether it has told that it knows.
        self._saved: str | None = ""
        self._sending: str | None = None
        self._is_echoed = False
        self._lock = trio.StrictFIFOLock()
        self._is_kept = False
        # By Trio's clock: since when there is something to save, and when that is to be done.
        self._since = math.inf
        self._due = 0.0

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing, or only spaces."""
        return self.text.strip() == ""

    def write(self, text: str) -> None:
        """The text as it is now, with each letter: the server is told less often."""
        if text == self.text:
            return
        was_empty, self.text = self.is_empty, text
        if self.is_empty != was_empty:
            self._told()
        now = trio.current_time()
        self._since = min(self._since, now)
        self._due = min(now + PAUSE, self._since + LATEST)
        self._keep_soon()

    def clear(self) -> None:
        """It was sent, or put away."""
        self.write("")
        self._session.spawn(persist, self.save)

    async def save(self) -> None:
        """Tell the server now, if there is something to tell. Raises a Failure; what is refused is only here."""
        async with self._lock:
            text = self._wanted
            if text == self._saved:
                return
            self._since, self._sending, self._is_echoed = math.inf, text, False
            try:
                await self._tell(text)
            except Failure as failure:
                if not self._is_echoed:  # it may have come there although no answer did
                    self._saved = None if failure.temporary else text
                raise
            else:
                # When that was told already, another device may have written since.
                self._saved = self._saved if self._is_echoed else text
            finally:
                self._sending = None

    def take(self, message: str) -> None:
        """What the server has, by an event or anew; what was written here and is not there yet is newer."""
        # Also when this person has gone back meanwhile to what was there before.
        is_newer_here = self._wanted != self._saved or (self._sending is not None and not self._is_echoed)
        if message == self._sending:
            self._is_echoed = True
        self._saved = message
        if not is_newer_here and message != self._wanted:
            self.text = message
            self.changed.mark()
            self._told()

    @property
    def _wanted(self) -> str:
        """What is to be on the server."""
        return "" if self.is_empty else self.text

    async def _tell(self, text: str) -> None:
        url, parent_id = self._channel_url, self._parent_id
        await self._session.call("drafts.set", channel_url=url, parent_message_id=parent_id, message=text)

    def _keep_soon(self) -> None:
        if not self._is_kept:
            self._is_kept = True
            self._session.spawn(self._keep)

    async def _keep(self) -> None:
        """Until the server has what is here."""
        try:
            while self._wanted != self._saved:
                while (left := self._due - trio.current_time()) > 0:
                    await trio.sleep(left)
                await persist(self.save)
        finally:
            self._is_kept = False


class Drafts:
    """Everywhere; `changed` tells that one began, ended or came from elsewhere."""

    def __init__(self, session: Session) -> None:
        self.changed = Change()
        self._session = session
        self._journal = Journal()
        self._drafts: dict[tuple[str, int], Draft] = {}

    def at(self, channel_url: str, parent_id: int = 0) -> Draft:
        """The one in a channel, or in the thread of a message."""
        key = (channel_url, parent_id)
        if key not in self._drafts:
            self._drafts[key] = Draft(self._session, channel_url, parent_id, self.changed.mark)
        return self._drafts[key]

    def has(self, channel_url: str) -> bool:
        """Whether something was begun in a channel."""
        draft = self._drafts.get((channel_url, 0))
        return draft is not None and not draft.is_empty

    async def load(self) -> None:
        """What the server has; what was written here meanwhile is kept. Raises a Failure."""
        await self._journal.join(self._pages, self._replace, self._apply)

    async def flush(self) -> None:
        """Save what is not saved yet, such as before the block is left. Raises a Failure."""
        for draft in tuple(self._drafts.values()):
            await draft.save()

    def handle(self, event: Publication) -> None:
        """The server tells something."""
        self._journal.note(event)
        self._apply(event)

    async def _pages(self) -> list[DraftResource]:
        call = self._session.call
        return [draft async for page in pages(lambda at: call("drafts.list", token=at)) for draft in page["drafts"]]

    def _replace(self, found: list[DraftResource]) -> None:
        there = {id(self._take(each)) for each in found}
        for draft in self._drafts.values():
            if id(draft) not in there:
                draft.take("")

    def _apply(self, event: Publication) -> None:
        if event["type"] == "draft.changed":
            self._take(event["draft"])

    def _take(self, resource: DraftResource) -> Draft:
        draft = self.at(resource["channel_url"], resource["parent_message_id"])
        draft.take(resource["message"])
        return draft
