"""Whether this person follows one thread."""

from __future__ import annotations

from collections.abc import Callable
from types import TracebackType
from typing import Self

from chatd.client.live import Live
from chatd.client.persist import persist
from chatd.client.schema import FollowedThread, Message, Publication, ThreadState
from chatd.client.sender import sender_of
from chatd.client.session import Session


class ThreadFollowing(Live[ThreadState]):
    """`begin` asks the server, and it is kept in step to the end of the block, or until `close`."""

    def __init__(
        self, session: Session, thread: Message | FollowedThread, ending: Callable[[ThreadFollowing], None]
    ) -> None:
        super().__init__(session)
        self.is_followed = False
        self._channel_url = thread["channel_url"]
        self._message_id = thread["message_id"]
        self._ending = ending

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Hear no more of it."""
        self._ending(self)

    def load_soon(self) -> None:
        """Only the server can tell what it is now."""
        self._session.spawn(persist, self.load)

    async def _ask(self) -> ThreadState:
        call = self._session.call
        return await call("threads.view", channel_url=self._channel_url, message_id=self._message_id)

    def _merge(self, found: ThreadState) -> None:
        self._set(found["is_followed"])

    def _apply(self, event: Publication) -> None:
        match event["type"]:
            case "thread.followed" | "thread.unfollowed" if event["message_id"] == self._message_id:
                self._set(event["type"] == "thread.followed")
            case "message.created" if event["message"].get("parent_message_id") == self._message_id:
                # Who replies follows from then on, and so does who began the thread, unless they had left it.
                if sender_of(event["message"]) == self._session.user_id:
                    self._set(True)
                elif "thread_info" in event and event["thread_info"]["reply_count"] == 1:
                    self.load_soon()

    def _set(self, is_followed: bool) -> None:
        self.is_followed = is_followed
        self.changed.mark()
