"""What is told of mutes, bans and operatorships of custom types."""

from __future__ import annotations

from typing import Literal, TypedDict


class UserSanctionedInType(TypedDict):
    """The user may not write, or may not be, in channels of a custom type until `end_at`. To the own devices."""

    type: Literal["user.muted_in_type", "user.banned_from_type"]
    custom_type: str
    start_at: int
    end_at: int
    description: str


class UserPardonedInType(TypedDict):
    """The user may write in channels of a custom type again, or may come into them again. To the own devices."""

    type: Literal["user.unmuted_in_type", "user.unbanned_from_type"]
    custom_type: str


class TypeOperatorChanged(TypedDict):
    """The user operates the channels of a custom type, or does so no more. To the own devices."""

    type: Literal["type_operator.added", "type_operator.removed"]
    custom_type: str
