"""A list that the server has by pages."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Collection
from typing import Generic, TypeVar

import trio

from chatd.client.live import Live
from chatd.client.persist import persist
from chatd.client.schema import FollowedThread, Message
from chatd.client.session import Session

# For how long what only the server can tell is waited for, in seconds.
PAUSE = 0.5

T = TypeVar("T", FollowedThread, Message)


class LiveList(Live[tuple[list[T], str]], Generic[T]):
    """`begin` loads the first page, and from then on events keep it in step, also while a page is on its way."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.items: list[T] = []
        self._is_stale = False
        self._next = ""

    @property
    def has_more(self) -> bool:
        """Whether there are some that are not here yet."""
        return self._next != ""

    def find(self, message_id: int) -> T | None:
        """The one of this message, if it is here."""
        return next((item for item in self.items if item["message_id"] == message_id), None)

    def has(self, message_id: int) -> bool:
        """Whether the one of this message is here."""
        return self.find(message_id) is not None

    async def load_more(self) -> None:
        """The next page. Raises a Failure."""
        async with self._loading:
            if not self.has_more:
                return
            token = self._next

            def append(page: tuple[list[T], str]) -> None:
                if token == self._next:  # what was loaded anew meanwhile goes on elsewhere
                    added = [
                        item for item in page[0] if not self.has(item["message_id"])
                    ]  # some may have risen meanwhile
                    self._take(self.items + added, page[1])

            await self._journal.join(lambda: self._page(token), append, self._apply)

    @abstractmethod
    async def _page(self, token: str) -> tuple[list[T], str]:
        """The items of a page, and the token of the next. Raises a Failure."""

    async def _ask(self) -> tuple[list[T], str]:
        return await self._page("")

    def _merge(self, found: tuple[list[T], str]) -> None:
        self._replace(*found)

    def _replace(self, items: list[T], token: str) -> None:
        """Have the first page instead of what is here."""
        self._take(items, token)

    def _change(self, message_id: int, change: Callable[[T], T]) -> None:
        self._set([change(item) if item["message_id"] == message_id else item for item in self.items])

    def _drop(self, message_ids: Collection[int]) -> None:
        self._set([item for item in self.items if item["message_id"] not in message_ids])

    def _set(self, items: list[T]) -> None:
        if items != self.items:
            self._take(items, self._next)

    def _take(self, items: list[T], token: str) -> None:
        self.items, self._next = items, token
        self.changed.mark()

    def _load_soon(self) -> None:
        """Only the server can tell what it is now."""
        if not self._is_stale:
            self._is_stale = True
            self._session.spawn(self._load_after_pause)

    async def _load_after_pause(self) -> None:
        await trio.sleep(PAUSE)
        self._is_stale = False
        await persist(self.load)
