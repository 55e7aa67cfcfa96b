"""The polls that messages show."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from uuid import uuid4

from chatd.client.persist import persist
from chatd.client.poll import Poll
from chatd.client.schema import Publication
from chatd.client.session import Session

# So many are kept in step; those that were used the longest time ago are given up.
MOST = 200


class Polls:
    """Each is loaded when it is first looked at."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._known: OrderedDict[int, Poll] = OrderedDict()

    def of(self, poll_id: int) -> Poll:
        """A poll, loading or loaded."""
        if poll_id not in self._known:
            poll = self._known[poll_id] = Poll(self._session, poll_id)
            self._session.spawn(persist, poll.load)
        self._known.move_to_end(poll_id)
        if len(self._known) > MOST:
            self._known.popitem(last=False)
        return self._known[poll_id]

    async def create(
        self,
        title: str,
        options: Sequence[str],
        *,
        allows_several: bool = False,
        allows_suggestions: bool = False,
        is_anonymous: bool = False,
        closes_at: int = 0,
    ) -> int:
        """Make one, for a message to show it by `poll_id`; its id. `closes_at` in ms, 0 for never. Raises a Failure."""
        req_id = uuid4().hex
        poll = await persist(
            lambda: self._session.call(
                "polls.create",
                title=title,
                options=list(options),
                allow_multiple_votes=allows_several,
                allow_user_suggestion=allows_suggestions,
                is_anonymous=is_anonymous,
                close_at=closes_at // 1000 or -1,
                req_id=req_id,
            )
        )
        return poll["id"]

    def handle(self, event: Publication) -> None:
        """The server tells something."""
        poll_id = event["poll_id"] if "poll_id" in event else event["poll"]["id"] if "poll" in event else 0
        if poll := self._known.get(poll_id):
            poll.handle(event)

    async def load(self) -> None:
        """All of them anew. Raises a Failure."""
        for poll in tuple(self._known.values()):
            await poll.load()
