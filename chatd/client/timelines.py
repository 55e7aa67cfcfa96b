"""The timelines that are in use."""

from __future__ import annotations

import logging
from collections import OrderedDict
from typing import TYPE_CHECKING

from chatd.client.events import channel_of
from chatd.client.failures import Failure
from chatd.client.persist import persist
from chatd.client.schema import Publication
from chatd.client.timeline import Timeline

if TYPE_CHECKING:
    from chatd.client.channel import Channel
    from chatd.client.session import Session

# So many are kept in step; those that were used the longest time ago are given up.
MOST = 100

log = logging.getLogger("chatd.client")


class Timelines:
    """Of channels and of threads."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._known: OrderedDict[tuple[str, int], Timeline] = OrderedDict()

    def of(self, channel: Channel, parent_id: int = 0) -> Timeline:
        """The one of a channel, or of the replies to a message of it, loading or loaded."""
        key = (channel.url, parent_id)
        if key not in self._known:
            timeline = self._known[key] = Timeline(channel, parent_id)
            self._session.spawn(persist, timeline.load)
        self._known.move_to_end(key)
        self._give_up()
        return self._known[key]

    def handle(self, event: Publication, *, is_member: bool) -> None:
        """The server tells something. Whoever comes back to a channel has missed something of it: that begins anew."""
        url = channel_of(event)
        for key in [key for key in self._known if key[0] == url]:
            self._known[key].handle(event)
            if not is_member:
                del self._known[key]

    async def load(self) -> None:
        """All of them anew. Raises a Failure that is a temporary one: what is gone stays as it was."""
        for key, timeline in tuple(self._known.items()):
            if not timeline.channel.is_joined:
                self._known.pop(key, None)
                continue
            try:
                await timeline.load()
            except Failure as failure:
                if failure.temporary:
                    raise
                log.info("not loaded: %s: %s", timeline.channel.url, failure.message)

    def _give_up(self) -> None:
        for key, timeline in tuple(self._known.items())[:-1]:
            if len(self._known) > MOST and not timeline.outbox.items:
                del self._known[key]
