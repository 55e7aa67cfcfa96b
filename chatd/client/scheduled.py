"""Messages that this person has scheduled, the same on all devices."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from typing import TypeVar, Unpack
from uuid import uuid4

from chatd.client.change import Change
from chatd.client.commands import ScheduledChange, ScheduledMessagesCreate, ScheduleOptions
from chatd.client.files import Upload
from chatd.client.journal import Journal
from chatd.client.persist import persist
from chatd.client.schema import Publication, ScheduledMessage
from chatd.client.session import Session

PAGE = 100

T = TypeVar("T")


class Scheduled:
    """Those that wait, and those that could not be sent, with a `reason`; `changed` tells of each change."""

    def __init__(self, session: Session) -> None:
        self.changed = Change()
        self._session = session
        self._journal = Journal()
        self._items: dict[int, ScheduledMessage] = {}

    def of(self, channel_url: str) -> list[ScheduledMessage]:
        """Those of a channel, of its threads too, the next first."""
        found = [item for item in self._items.values() if item["channel_url"] == channel_url]
        return sorted(found, key=lambda item: (item["scheduled_at"], item["scheduled_message_id"]))

    async def create(
        self, channel_url: str, text: str, at: int, files: Sequence[Upload] = (), **more: Unpack[ScheduleOptions]
    ) -> None:
        """Have a text, files or both sent at a time (ms); `more`: further parameters of `messages.send`.

        Raises a Failure.
        """
        place: ScheduledMessagesCreate = {"channel_url": channel_url, "scheduled_at": at, "req_id": uuid4().hex}
        create: ScheduledMessagesCreate = {**place, "message": text, "message_type": "MESG", **more}
        if files:
            create["message_type"] = "FILE"
            create["files"] = [{"file_id": await persist(partial(self._session.upload, file))} for file in files]
        await self._join(lambda: self._session.call("scheduled_messages.create", **create), self._take)

    async def update(self, item: ScheduledMessage, **change: Unpack[ScheduledChange]) -> None:
        """`message`, `scheduled_at` and further parameters of `scheduled_messages.update`. Raises a Failure."""
        which = item["scheduled_message_id"]
        await self._join(
            lambda: self._session.call("scheduled_messages.update", scheduled_message_id=which, **change), self._take
        )

    async def cancel(self, item: ScheduledMessage) -> None:
        """Do not send it. Raises a Failure."""
        which = item["scheduled_message_id"]
        await self._join(
            lambda: self._session.call("scheduled_messages.cancel", scheduled_message_id=which),
            lambda _: self._drop(which),
        )

    async def send_now(self, item: ScheduledMessage) -> None:
        """Do not wait. Raises a Failure."""
        which = item["scheduled_message_id"]
        await self._join(
            lambda: self._session.call("scheduled_messages.send_now", scheduled_message_id=which),
            lambda _: self._drop(which),
        )

    async def load(self) -> None:
        """What the server has. Raises a Failure."""
        await self._join(self._pages, self._replace)

    def handle(self, event: Publication) -> None:
        """The server tells something."""
        self._journal.note(event)
        self._apply(event)

    async def _join(self, fetch: Callable[[], Awaitable[T]], merge: Callable[[T], object]) -> None:
        """What an answer says is older than what is told before it comes."""
        await self._journal.join(fetch, merge, self._apply)

    async def _pages(self) -> list[ScheduledMessage]:
        found: list[ScheduledMessage] = []
        token = ""
        while True:
            page = await self._session.call(
                "scheduled_messages.list", status=("pending", "failed"), order="scheduled_at", limit=PAGE, token=token
            )
            found += page["scheduled_messages"]
            token = page["next"]
            if not token:
                return found

    def _replace(self, items: list[ScheduledMessage]) -> None:
        self._items = {item["scheduled_message_id"]: item for item in items}
        self.changed.mark()

    def _apply(self, event: Publication) -> None:
        match event["type"]:
            case "scheduled_message.created" | "scheduled_message.updated":
                self._take(event["scheduled_message"])
            case "scheduled_message.failed":
                self._fail(event["scheduled_message_id"], event.get("reason", ""))
            case "scheduled_message.sent" | "scheduled_message.canceled":
                self._drop(event["scheduled_message_id"])

    def _take(self, item: ScheduledMessage) -> None:
        if item["scheduled_status"] not in ("pending", "failed"):
            return self._drop(item["scheduled_message_id"])
        self._items[item["scheduled_message_id"]] = item
        return self.changed.mark()

    def _fail(self, which: int, reason: str) -> None:
        if item := self._items.get(which):
            self._take(item | {"scheduled_status": "failed", "reason": reason})

    def _drop(self, which: int) -> None:
        if self._items.pop(which, None):
            self.changed.mark()
