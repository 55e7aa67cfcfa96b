"""What is told of mutes and bans."""

from __future__ import annotations

from typing import Literal, TypedDict

from chatd.domain.shapes.users import BasicUser


class UserSanctioned(TypedDict):
    """A user may not write in the channel, or may not be in it, until `end_at`. Also to who is banned, as the last."""

    type: Literal["user.muted", "user.banned"]
    channel_url: str
    user: BasicUser
    start_at: int
    end_at: int
    description: str


class UserPardoned(TypedDict):
    """A user may write in the channel again, or may come into it again."""

    type: Literal["user.unmuted", "user.unbanned"]
    channel_url: str
    user: BasicUser
