"""Whom this person has blocked."""

from __future__ import annotations

from chatd.client.live import Live
from chatd.client.paging import pages
from chatd.client.schema import BasicUser, Publication
from chatd.client.session import Session

PAGE = 100


class Blocks(Live[dict[str, BasicUser]]):
    """The same on all devices; `begin` loads them, and from then on they are kept in step."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._users: dict[str, BasicUser] = {}

    @property
    def users(self) -> list[BasicUser]:
        """All of them."""
        return list(self._users.values())

    def has(self, user_id: str) -> bool:
        """Whether somebody is one of them."""
        return user_id in self._users

    async def add(self, *user_ids: str) -> None:
        """Hear nothing of some people. Raises a Failure."""
        await self._session.call("blocks.add", user_ids=user_ids)

    async def remove(self, user_id: str) -> None:
        """Hear of somebody again. Raises a Failure."""
        await self._session.call("blocks.remove", target_id=user_id)

    async def _ask(self) -> dict[str, BasicUser]:
        call = self._session.call
        found = pages(lambda token: call("blocks.list", limit=PAGE, token=token))
        return {user["user_id"]: user async for page in found for user in page["users"]}

    def _merge(self, found: dict[str, BasicUser]) -> None:
        self._users = found
        self.changed.mark()

    def _apply(self, event: Publication) -> None:
        match event["type"]:
            case "user.blocked":
                self._users[event["user"]["user_id"]] = event["user"]
            case "user.unblocked":
                self._users.pop(event["user"]["user_id"], None)
            case _:
                return
        self.changed.mark()
