"""Messages that this person has put aside for later, the same on all devices."""

from __future__ import annotations

import logging
from collections.abc import Awaitable
from dataclasses import dataclass

from chatd.client.events import moves
from chatd.client.failures import Failure
from chatd.client.live_list import LiveList
from chatd.client.persist import persist
from chatd.client.schema import Message, Publication
from chatd.client.session import Session
from chatd.client.window import has_expired

PAGE = 50

log = logging.getLogger("chatd.client")


class Saved(LiveList[Message]):
    """The last that was put aside first; `begin` loads them, and from then on they are kept in step."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        # What events say is put aside and is not on top yet, in that order, by message_id.
        self._wanted: dict[int, Wanted] = {}
        self._is_raising = False

    async def add(self, message: Message) -> None:
        """Put a message aside. Raises a Failure."""
        url, message_id = message["channel_url"], message["message_id"]
        await self._session.call("saved.add", channel_url=url, message_id=message_id)

    async def remove(self, message: Message) -> None:
        """Keep it aside no longer. Raises a Failure."""
        await self._session.call("saved.remove", message_id=message["message_id"])

    async def _page(self, token: str) -> tuple[list[Message], str]:
        page = await self._session.call("saved.list", limit=PAGE, token=token)
        return [each["message"] for each in page["saved"]], page["next"]

    def _apply(self, event: Publication) -> None:
        match event["type"]:
            case "message.saved":
                self._raise_soon(event["channel_url"], event["message_id"])
            case "message.unsaved" | "message.deleted":
                self._forget([event["message_id"]])
            case "message.updated":
                message = event["message"]
                self._change(message["message_id"], lambda _: message)
            case "messages.erased":
                self._forget(event["message_ids"])
            case "messages.expired":
                here = [each for each in self.items if each["channel_url"] == event["channel_url"]]
                self._forget([each["message_id"] for each in here if has_expired(each, event)])
            case "channel.deleted":
                url = event["channel_url"]
                self._forget([each["message_id"] for each in self.items if each["channel_url"] == url])
            case "member.left" | "member.joined" if moves(event, self._session.user_id):
                self._load_soon()  # what may be read is another now

    def _replace(self, items: list[Message], token: str) -> None:
        self._wanted.clear()  # it is there, or was taken back
        super()._replace(items, token)

    def _forget(self, message_ids: list[int]) -> None:
        for message_id in message_ids:
            self._wanted.pop(message_id, None)
        self._drop(message_ids)

    def _raise_soon(self, url: str, message_id: int) -> None:
        """The event does not say what the message says."""
        self._wanted.pop(message_id, None)
        self._wanted[message_id] = Wanted(url)
        if not self._is_raising:
            self._is_raising = True
            self._session.spawn(self._raise_all)

    async def _raise_all(self) -> None:
        try:
            while self._wanted:
                message_id, wanted = next(iter(self._wanted.items()))
                await self._raise(message_id, wanted)
        finally:
            self._is_raising = False

    async def _raise(self, message_id: int, wanted: Wanted) -> None:
        def insert(message: Message) -> None:
            if self._wanted.get(message_id) is wanted:  # else it was taken back meanwhile, or all was loaded anew
                del self._wanted[message_id]
                self._set([message, *(each for each in self.items if each["message_id"] != message_id)])

        def view() -> Awaitable[Message]:
            return self._session.call("messages.view", channel_url=wanted.channel_url, message_id=message_id)

        if known := self.find(message_id):
            return insert(known)
        try:
            await self._journal.join(lambda: persist(view), insert, self._apply)
        except Failure as failure:  # it cannot be read any more
            log.info("not shown as saved: %s: %s", message_id, failure.message)
            if self._wanted.get(message_id) is wanted:
                del self._wanted[message_id]


@dataclass(eq=False)
class Wanted:
    """A message that is to be on top. One that was put aside twice is wanted twice."""

    channel_url: str
