"""What is told of blocks."""

from __future__ import annotations

from typing import Literal, TypedDict

from chatd.domain.shapes.users import BasicUser


class UserBlocked(TypedDict):
    """The user has blocked this one, or does so no more. To the own devices."""

    type: Literal["user.blocked", "user.unblocked"]
    user: BasicUser
