"""The messages of a channel that have files."""

from __future__ import annotations

from chatd.client.live_list import LiveList
from chatd.client.schema import Message, MessagesExpired, Publication
from chatd.client.session import Session
from chatd.client.window import has_expired

PAGE = 30
# A page may be short, or empty, where files are few among many messages. So many are asked for at a time.
MOST_PAGES = 8


class FileList(LiveList[Message]):
    """The newest first, replies among them; `begin` loads them, and from then on they are kept in step."""

    def __init__(self, session: Session, channel_url: str) -> None:
        super().__init__(session)
        self._channel_url = channel_url

    async def _page(self, token: str) -> tuple[list[Message], str]:
        found: list[Message] = []
        for _ in range(MOST_PAGES):
            page = await self._session.call("files.list", channel_url=self._channel_url, limit=PAGE, token=token)
            found += page["messages"]
            token = page["next"]
            if not token or len(found) >= PAGE:
                break
        return found, token

    def _apply(self, event: Publication) -> None:
        match event["type"]:
            case "message.created":
                self._insert(event["message"])
            case "message.updated":
                message = event["message"]
                self._change(message["message_id"], lambda _: message)
            case "message.deleted":
                self._drop([event["message_id"]])
            case "messages.erased":
                self._drop(event["message_ids"])
            case "channel.history_reset":
                self._take([], "")
            case "messages.expired":
                self._expire(event)

    def _insert(self, message: Message) -> None:
        has_files = message.get("files") or message.get("file", {}).get("url")
        if has_files and not self.has(message["message_id"]):
            self._set([message, *self.items])

    def _expire(self, event: MessagesExpired) -> None:
        """When all that are here are newer, there may be more of them further down."""
        kept = [message for message in self.items if not has_expired(message, event)]
        if len(kept) < len(self.items):
            self._take(kept, "")
