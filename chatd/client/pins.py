"""The pinned messages of a channel."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Literal

from chatd.client.change import Change
from chatd.client.journal import Journal
from chatd.client.persist import persist
from chatd.client.schema import Message, MessagePinned, PinnedMessages, Publication
from chatd.client.session import Session


@dataclass(frozen=True)
class Pinned:
    """A message, and by whom it was pinned: "" for a program."""

    message: Message
    user_id: str


class Pins:
    """Loading at first, and then kept in step; `changed` tells of each change."""

    def __init__(self, session: Session, channel_url: str) -> None:
        self.changed = Change()
        self.state: Literal["loading", "ready"] = "loading"
        # Those pinned first first.
        self.items: list[Pinned] = []
        self._session = session
        self._channel_url = channel_url
        self._journal = Journal()

    def has(self, message_id: int) -> bool:
        """Whether a message is pinned."""
        return any(item.message["message_id"] == message_id for item in self.items)

    async def ready(self) -> None:
        """Until they are loaded."""
        await self.changed.until(lambda: self.state == "ready")

    async def add(self, message: Message) -> None:
        """Pin a message. Raises a Failure."""
        await self._session.call("messages.pin", channel_url=self._channel_url, message_id=message["message_id"])

    async def remove(self, message: Message) -> None:
        """Unpin it. Raises a Failure."""
        await self._session.call("messages.unpin", channel_url=self._channel_url, message_id=message["message_id"])

    async def load(self) -> None:
        """What the server has. Raises a Failure."""

        def take(page: PinnedMessages) -> None:
            self.state = "ready"
            self._take([Pinned(each["message"], each["user_id"]) for each in page["pinned_messages"]])

        url = self._channel_url
        await self._journal.join(lambda: self._session.call("pins.list", channel_url=url), take, self._apply)

    def handle(self, event: Publication) -> None:
        """The server tells something of the channel."""
        self._journal.note(event)
        self._apply(event)

    def _apply(self, event: Publication) -> None:
        match event["type"]:
            case "message.pinned" | "message.unpinned":
                self._follow(event)
            case "message.updated":
                self._revise(event["message"])
            case "message.deleted":
                self._drop([event["message_id"]])
            case "messages.erased":
                self._drop(event["message_ids"])
            case "messages.expired" | "channel.history_reset" if self.items:
                self._session.spawn(persist, self.load)

    def _follow(self, event: MessagePinned) -> None:
        """The event says which are pinned now, and what the last of them says."""
        known = {item.message["message_id"]: item for item in self.items}
        if event["type"] == "message.pinned" and (message := self._pinned_by(event)):
            # It may have been pinned by somebody else before. Who pinned the others is not in the event.
            known[event["message_id"]] = Pinned(message, event.get("user_id", ""))
        self._take([known[each] for each in event["pinned_message_ids"] if each in known])
        if any(each not in known for each in event["pinned_message_ids"]):
            # Of several that were pinned while nobody was here only the last says what it says.
            self._session.spawn(persist, self.load)

    def _pinned_by(self, event: MessagePinned) -> Message | None:
        """The message that was pinned by this, when it is known what it says."""
        latest = event["latest_pinned_message"]
        if latest and latest["message_id"] == event["message_id"]:
            return latest
        return next((item.message for item in self.items if item.message["message_id"] == event["message_id"]), None)

    def _revise(self, message: Message) -> None:
        if self.has(message["message_id"]):
            self._take([_revised(item, message) for item in self.items])

    def _drop(self, message_ids: Collection[int]) -> None:
        if any(self.has(each) for each in message_ids):
            self._take([item for item in self.items if item.message["message_id"] not in message_ids])

    def _take(self, items: list[Pinned]) -> None:
        self.items = items
        self.changed.mark()


def _revised(item: Pinned, message: Message) -> Pinned:
    return replace(item, message=message) if item.message["message_id"] == message["message_id"] else item
