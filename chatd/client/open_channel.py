"""An open channel that one person is in."""

from __future__ import annotations

from collections.abc import Sequence
from types import TracebackType
from typing import Literal, Self, Unpack

from chatd.client.change import Change
from chatd.client.commands import SendOptions
from chatd.client.failures import Failure
from chatd.client.files import Upload
from chatd.client.history import END_OF_TIME, list_messages
from chatd.client.journal import Journal
from chatd.client.outbox import Outbox, Outgoing
from chatd.client.persist import persist
from chatd.client.schema import Message, MessageCreated, MessagesSkipped, Publication
from chatd.client.schema import OpenChannel as Resource
from chatd.client.session import Session
from chatd.client.subscription import Subscription
from chatd.client.subscriptions import Subscriptions
from chatd.client.window import Window

PAGE = 50


class OpenChannel:
    """Its newest messages, those on their way, and how many are there, until this person leaves; `changed` tells of it.

    Of what a large audience says at once the server tells a part; `skipped` counts the rest, which `load` brings.
    """

    def __init__(self, session: Session, entered: Subscriptions, url: str) -> None:
        self.url = url
        self.changed = Change()
        # "ended" when it was left or deleted, or this person may not be in it; then there is a `failure`.
        self.state: Literal["entering", "in", "ended"] = "entering"
        self.failure: Failure | None = None
        self.name = ""
        self.participant_count = 0
        self.skipped = 0
        self.outbox = Outbox(session, {"channel_url": url}, self._accept, self.changed)
        self._session = session
        self._entered = entered
        self._window = Window()
        self._journal = Journal()
        self._loaded_to = 0
        self._subscription = Subscription(f"open:{url}", self._on_entered, self._handle, self._on_ended)
        entered.enter(self._subscription)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.leave()

    @property
    def messages(self) -> Sequence[Message]:
        """Oldest first, without a gap but for what was skipped."""
        return self._window.messages

    async def ready(self) -> None:
        """Until it is loaded. Raises a Failure when this person may not be in it."""
        await self.changed.until(lambda: self.state != "entering")
        if self.failure:
            raise self.failure

    async def load(self) -> None:
        """The newest page anew. Raises a Failure."""
        await self._journal.join(self._fetch, self._replace, self._apply)

    def send(self, text: str, files: Sequence[Upload] = (), **more: Unpack[SendOptions]) -> Outgoing:
        """As `messages.send`."""
        return self.outbox.add(text, files, more)

    def leave(self) -> None:
        """Be in it no more."""
        self._entered.leave(self._subscription)
        self._become("ended")

    def _on_entered(self, is_whole: bool) -> None:
        if not is_whole:
            self._session.spawn(self._begin)

    async def _begin(self) -> None:
        try:
            await persist(self.load)
        except Failure as failure:
            self._entered.leave(self._subscription)
            self._on_ended(failure)

    async def _fetch(self) -> tuple[Resource, list[Message]]:
        newest = {"channel_url": self.url, "message_ts": END_OF_TIME, "prev_limit": PAGE, "next_limit": 0}
        channel = await self._session.call("open_channels.view", channel_url=self.url)
        return channel, await list_messages(self._session, newest)

    def _replace(self, fetched: tuple[Resource, list[Message]]) -> None:
        channel, messages = fetched
        self.name = channel["name"]
        self.participant_count = channel.get("participant_count", self.participant_count)
        self.skipped = 0
        self._loaded_to = messages[-1]["message_id"] if messages else 0
        self._window.replace(messages, has_older=len(messages) == PAGE, has_newer=False)
        for message in messages:
            self.outbox.settle(message)
        self._become("in")

    def _handle(self, event: Publication) -> None:
        self._journal.note(event)
        self._apply(event)
        self.changed.mark()

    def _apply(self, event: Publication) -> None:
        match event["type"]:
            case "message.created":
                self._insert(event["message"])
            case "messages.skipped":
                self._skip(event)
            case "participants.changed":
                self.participant_count = event["participant_count"]
            case "channel.updated":
                self.name = event["channel"]["name"]
            case _:
                self._window.follow(event)

    def _skip(self, event: MessagesSkipped) -> None:
        """What is here already, since it was loaded, recovered, or written by this person, was not skipped."""
        first, last = event["first_message_id"], event["last_message_id"]
        if last > self._loaded_to:
            self.skipped += event["count"] - sum(first <= each["message_id"] <= last for each in self.messages)

    async def _accept(self, message: Message) -> None:
        """The server's answer to a send, which it may skip to tell."""
        self._handle(MessageCreated(type="message.created", channel_url=self.url, message=message))

    def _insert(self, message: Message) -> None:
        self.outbox.settle(message)
        self._window.insert(message)

    def _on_ended(self, failure: Failure) -> None:
        self.failure = failure
        self._become("ended")

    def _become(self, state: Literal["in", "ended"]) -> None:
        self.state = "ended" if self.state == "ended" else state
        self.changed.mark()
