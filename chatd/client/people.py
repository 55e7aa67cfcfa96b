"""People to talk with."""

from __future__ import annotations

from typing import Unpack

from chatd.client.commands import UsersList
from chatd.client.name_of import name_of
from chatd.client.persist import persist
from chatd.client.schema import User, Users
from chatd.client.session import Session

PAGE = 100
# The server looks at some thousand people for an answer, by their names, and so it may find few of many.
ANSWERS = 3


class People:
    """All that this person may find."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def search(self, text: str) -> list[User]:
        """About a hundred others whose id begins so, or any word of their name; by name. Raises a Failure."""
        others: dict[str, User] = {}
        page = await self._add(others, search=text.strip())
        if page["next"]:
            # Among very many there is an index only for how a name begins.
            await self._add(others, nickname_startswith=text.strip())
        for _ in range(1, ANSWERS):
            if page["next"] and len(others) < PAGE:
                page = await self._add(others, search=text.strip(), token=page["next"])
        return sorted(others.values(), key=lambda user: name_of(user).casefold())

    async def view(self, user_id: str) -> User:
        """Everything that may be known of somebody. Raises a Failure."""
        return await persist(lambda: self._session.call("users.view", user_id=user_id))

    async def _add(self, others: dict[str, User], **filters: Unpack[UsersList]) -> Users:
        filters["limit"] = PAGE
        page = await persist(lambda: self._session.call("users.list", **filters))
        others |= {user["user_id"]: user for user in page["users"] if user["user_id"] != self._session.user_id}
        return page
