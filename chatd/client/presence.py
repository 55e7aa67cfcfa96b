"""Who is online."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial

from chatd.client.change import Change
from chatd.client.persist import persist
from chatd.client.schema import PresenceChanged, Publication, WatchedUser, WatchedUsers
from chatd.client.session import Session

# A connection may ask for so many people at once.
PAGE = 100


@dataclass(frozen=True)
class Seen:
    """`last_seen_at` is in ms; 0 while somebody is online, -1 when it is not told."""

    is_online: bool
    last_seen_at: int


class Presence:
    """Of those whom somebody watches, as far as they let this person see it; `changed` tells of each change."""

    def __init__(self, session: Session, recognize: Callable[[WatchedUser], None]) -> None:
        self.changed = Change()
        self._session = session
        # How somebody looks who is watched from now on: what was changed before was not told.
        self._recognize = recognize
        self._known: dict[str, Seen] = {}
        self._wanted: Counter[str] = Counter()

    def of(self, user_id: str) -> Seen | None:
        """None while it is not known."""
        return self._known.get(user_id)

    @contextmanager
    def watch(self, *user_ids: str) -> Iterator[None]:
        """Follow some people while in this block."""
        self._wanted.update(user_ids)
        self._session.spawn(self._ask, user_ids)
        try:
            yield
        finally:
            self._wanted.subtract(user_ids)
            gone = [user_id for user_id in user_ids if self._wanted[user_id] <= 0]
            self._wanted = +self._wanted
            self._session.spawn(self._release, gone)

    def resume(self) -> None:
        """A connection forgets whom the one before has watched."""
        if self._wanted:
            self._session.spawn(self._ask, tuple(self._wanted))

    def handle(self, event: Publication) -> None:
        """The server tells something."""
        if event["type"] == "presence.changed" and event["user_id"] in self._wanted:
            self._take([event])

    async def _ask(self, user_ids: tuple[str, ...]) -> None:
        for at in range(0, len(user_ids), PAGE):
            answer = await persist(partial(self._watch, user_ids[at : at + PAGE]))
            self._take([user for user in answer["users"] if user["user_id"] in self._wanted])
            for user in answer["users"]:
                self._recognize(user)

    async def _watch(self, user_ids: tuple[str, ...]) -> WatchedUsers:
        return await self._session.call("presence.watch", user_ids=user_ids)

    async def _release(self, user_ids: list[str]) -> None:
        for user_id in user_ids:
            self._known.pop(user_id, None)
        if user_ids:
            await persist(lambda: self._session.call("presence.unwatch", user_ids=user_ids))

    def _take(self, users: Iterable[WatchedUser | PresenceChanged]) -> None:
        for user in users:
            self._known[user["user_id"]] = Seen(user.get("is_online") is True, user.get("last_seen_at", -1))
        self.changed.mark()
