"""People to talk with."""

from __future__ import annotations

from chatd.client.name_of import name_of
from chatd.client.persist import persist
from chatd.client.schema import User, Users
from chatd.client.session import Session

PAGE = 100
# The server looks at so many people for an answer that it may find few of many.
ANSWERS = 5


class People:
    """All that this person may find."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def search(self, text: str) -> list[User]:
        """About a hundred others whose id begins so, or any word of their name; by name. Raises a Failure."""
        found: list[User] = []
        token = ""
        for _ in range(ANSWERS):
            page = await self._page(text.strip(), token)
            found += [user for user in page["users"] if user["user_id"] != self._session.user_id]
            token = page["next"]
            if not token or len(found) >= PAGE:
                break
        return sorted(found, key=lambda user: name_of(user).casefold())

    async def view(self, user_id: str) -> User:
        """Everything that may be known of somebody. Raises a Failure."""
        return await persist(lambda: self._session.call("users.view", user_id=user_id))

    async def _page(self, text: str, token: str) -> Users:
        return await persist(lambda: self._session.call("users.list", limit=PAGE, search=text, token=token))
