"""Blocks between users."""

from __future__ import annotations

from typing import NotRequired, TypedDict

from chatd.domain.shapes.users import BasicUser


class BlockedUser(BasicUser):
    """A user who is blocked, or has blocked."""

    is_online: NotRequired[bool]
    last_seen_at: NotRequired[int]


class Blocked(BlockedUser):
    """The first of those who were blocked; all of them in `users`."""

    users: list[BasicUser]
    next: str


class BlockedUsers(TypedDict):
    """A page of users."""

    users: list[BlockedUser]
    next: str
