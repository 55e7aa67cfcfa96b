"""What this person says of themselves: name, picture, status, and who may see whether they are online."""

from __future__ import annotations

from typing import Literal

from chatd.client.files import Files, Upload
from chatd.client.live import Live
from chatd.client.schema import PresencePreference, Publication, User
from chatd.client.session import Session

Audience = Literal["contacts", "everybody", "nobody"]


class Profile(Live[PresencePreference]):
    """`changed` tells that `chat.me` is another now; all of it raises a Failure. `begin` loads `visible_to`."""

    def __init__(self, session: Session, files: Files) -> None:
        super().__init__(session)
        # Who may see whether this person is online: as `show_to` takes it; "" until it is known.
        self.visible_to = ""
        self._files = files

    async def rename(self, nickname: str) -> None:
        """Be called so."""
        await self._session.call("users.update", nickname=nickname)

    async def set_status(self, text: str = "", emoji: str = "", *, expires_at: int = 0) -> None:
        """Say something of the moment, until a time in ms, or 0; without text and emoji nothing."""
        await self._session.call("users.set_status", text=text, emoji=emoji, expires_at=expires_at)

    async def set_picture(self, file: Upload) -> None:
        """A JPEG or PNG, of which the server makes a square."""
        await self._journal.join(lambda: self._files.set_picture(file), self._know, self._apply)

    async def remove_picture(self) -> None:
        """Have none."""
        await self._session.call("users.update", profile_url="")

    async def prefer_languages(self, *tags: str) -> None:
        """The languages that this person reads, the best first; at most 4."""
        await self._session.call("users.update", preferred_languages=tags)

    async def set_metadata(self, key: str, text: str) -> None:
        """Say something under a key; all of it is in `chat.me["metadata"]`."""
        await self._session.call("user_metadata.update", metadata={key: text}, upsert=True)

    async def remove_metadata(self, key: str) -> None:
        """Say nothing under it."""
        await self._session.call("user_metadata.delete", key=key)

    async def show_to(self, audience: Audience) -> None:
        """Have these see whether this person is online."""
        await self._session.call("users.update_presence_preference", visible_to=audience)

    def handle(self, event: Publication) -> None:
        """The server tells something; who this is was known from the beginning."""
        self._journal.note(event)
        self._apply(event)

    async def _ask(self) -> PresencePreference:
        return await self._session.call("users.view_presence_preference")

    def _merge(self, found: PresencePreference) -> None:
        self._see(found["visible_to"])

    def _apply(self, event: Publication) -> None:
        match event["type"]:
            case "presence_preference.changed":
                self._see(event["visible_to"])
            case "user.updated" if event["user"]["user_id"] == self._session.user_id:
                self._know(event["user"])

    def _see(self, visible_to: str) -> None:
        self.visible_to = visible_to
        self.changed.mark()

    def _know(self, user: User) -> None:
        self._session.me |= user
        self.changed.mark()
