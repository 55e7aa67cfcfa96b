"""What is told of members and operators."""

from __future__ import annotations

from typing import Literal, NotRequired, TypedDict

from chatd.domain.shapes.channels import GroupChannel
from chatd.domain.shapes.users import BasicUser, Member


class MemberJoined(TypedDict):
    """Users have become members; `inviter` when somebody brought them in."""

    type: Literal["member.joined"]
    channel_url: str
    channel: GroupChannel
    members: NotRequired[list[Member]]
    inviter: NotRequired[BasicUser]


class MemberLeft(TypedDict):
    """Users are members no more: `left`, `removed`, `removed_by_admin`, `deleted` or `deactivated`."""

    type: Literal["member.left"]
    channel_url: str
    users: list[BasicUser]
    reason: str


class OperatorsChanged(TypedDict):
    """Who operates the channel now, who does so since then, and who no more."""

    type: Literal["operators.changed"]
    channel_url: str
    operators: list[BasicUser]
    added: list[BasicUser]
    removed: list[BasicUser]


class Typing(TypedDict):
    """A member writes, or does no more. Not recovered, and not told above 100 members."""

    type: Literal["typing"]
    channel_url: str
    user_id: str
    nickname: str
    typing: bool
