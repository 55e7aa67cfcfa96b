"""Messages on their way."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable, Generator, Sequence
from typing import Any
from uuid import uuid4

import trio

from chatd.client.change import Change
from chatd.client.commands import SendOptions
from chatd.client.failures import Failure, Overrun, Unreachable
from chatd.client.files import Upload
from chatd.client.pauses import Pauses
from chatd.client.schema import Message
from chatd.client.sender import sender_of
from chatd.client.session import Session

MOST_WAITING = 1_000
# How often the server may say that it cannot take a message now.
MOST_ATTEMPTS = 8


class Outgoing:
    """A message on its way. `await` it for what the server made of it; that raises the Failure when it was refused.

    Nobody has to wait: it goes all the same.
    """

    def __init__(self, text: str, files: Sequence[Upload], more: SendOptions) -> None:
        self.text = text
        self.files = files
        self.more = more
        self.req_id = uuid4().hex
        self.created_at = int(time.time() * 1000)
        # Why the server does not want it.
        self.failure: Failure | None = None
        self.message: Message | None = None
        # Bytes of its files that have gone, and all of them.
        self.sent_bytes = 0
        self.file_bytes = 0
        self.file_ids: list[str] = []
        self.settled = trio.Event()

    @property
    def is_uploaded(self) -> bool:
        """Whether the server has all of its files."""
        return len(self.file_ids) == len(self.files)

    @property
    def content(self) -> dict[str, Any]:
        """The parameters of `messages.send` that say what it says."""
        said = {"message": self.text, "req_id": self.req_id, **self.more}
        if not self.files:
            return said
        return {**said, "message_type": "FILE", "files": [{"file_id": each} for each in self.file_ids]}

    def __await__(self) -> Generator[Any, Any, Message]:
        return self._result().__await__()

    async def _result(self) -> Message:
        await self.settled.wait()
        if self.failure:
            raise self.failure
        assert self.message is not None
        return self.message


class Outbox:
    """Messages to one channel that the server has not acknowledged. They keep their order, but for files on their way.

    Each carries its request id: one that is sent again after a lost answer is not there twice. While there is no
    connection they wait; what the server refuses stays, with its `failure`, until it is tried again or discarded.
    """

    def __init__(
        self, session: Session, target: dict[str, Any], accepted: Callable[[Message], Awaitable[None]], changed: Change
    ) -> None:
        # Oldest first.
        self.items: list[Outgoing] = []
        self._session = session
        self._target = target
        self._accepted = accepted
        self._changed = changed
        self._is_sending = False

    def __len__(self) -> int:
        return len(self.items)

    def add(self, text: str, files: Sequence[Upload] = (), more: SendOptions | None = None) -> Outgoing:
        """Send something. Raises Overrun when too much waits."""
        if len(self.items) >= MOST_WAITING:
            raise Overrun(f"{MOST_WAITING} messages wait to be sent here.")
        outgoing = Outgoing(text, files, more or {})
        self._line(outgoing)
        return outgoing

    def retry(self, outgoing: Outgoing) -> None:
        """Try a refused one again, at the end of the line."""
        self.items.remove(outgoing)
        outgoing.failure, outgoing.settled = None, trio.Event()
        self._line(outgoing)

    def discard(self, outgoing: Outgoing) -> None:
        """Do without it. When it is being sent at this moment, it may arrive all the same."""
        if outgoing in self.items:
            self._settle(outgoing, Failure("It was discarded."))
            self.items.remove(outgoing)

    def settle(self, message: Message) -> None:
        """A message of this person has come: it may be one of these, before its answer."""
        for outgoing in self.items:
            if outgoing.req_id == message.get("req_id") and sender_of(message) == self._session.user_id:
                self.items.remove(outgoing)
                outgoing.message = message
                self._settle(outgoing, None)
                return

    async def empty(self) -> None:
        """Until nothing is on its way any more."""
        await self._changed.until(lambda: all(each.failure for each in self.items))

    def _line(self, outgoing: Outgoing) -> None:
        self.items.append(outgoing)
        self._changed.mark()
        if outgoing.is_uploaded:
            self._send_soon()
        else:
            self._session.spawn(self._upload, outgoing)

    def _send_soon(self) -> None:
        if not self._is_sending:
            self._is_sending = True
            self._session.spawn(self._send_all)

    async def _send_all(self) -> None:
        try:
            while outgoing := self._next():
                await self._attempt(outgoing, self._send)
        finally:
            self._is_sending = False

    def _next(self) -> Outgoing | None:
        return next((each for each in self.items if not each.failure and each.is_uploaded), None)

    async def _upload(self, outgoing: Outgoing) -> None:
        await self._attempt(outgoing, self._send_files)
        if outgoing.is_uploaded:
            self._send_soon()

    async def _send_files(self, outgoing: Outgoing) -> None:
        sizes = [await each.size() for each in outgoing.files]
        outgoing.file_bytes = sum(sizes)
        for file in outgoing.files[len(outgoing.file_ids) :]:
            before = sum(sizes[: len(outgoing.file_ids)])

            def progress(done: int, _: int, before: int = before) -> None:
                outgoing.sent_bytes = before + done
                self._changed.mark()

            outgoing.file_ids.append(await self._session.upload(file, progress))

    async def _send(self, outgoing: Outgoing) -> None:
        await self._accepted(await self._session.call("messages.send", **self._target, **outgoing.content))

    async def _attempt(self, outgoing: Outgoing, work: Callable[[Outgoing], Awaitable[None]]) -> None:
        """Until it is done, refused, or nobody wants it any more."""
        pauses, attempts = Pauses(), 0
        while outgoing in self.items:
            try:
                return await work(outgoing)
            except Unreachable:
                pass
            except (Failure, OSError) as error:
                failure = error if isinstance(error, Failure) else Failure(f"The file cannot be read: {error}")
                attempts += 1
                if not failure.temporary or attempts == MOST_ATTEMPTS:
                    return self._settle(outgoing, failure)
            await trio.sleep(pauses.next())
        return None

    def _settle(self, outgoing: Outgoing, failure: Failure | None) -> None:
        outgoing.failure = failure
        outgoing.settled.set()
        self._changed.mark()
