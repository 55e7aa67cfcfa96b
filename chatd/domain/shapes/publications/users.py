"""What users are told of themselves."""

from __future__ import annotations

from typing import Literal, TypedDict

from chatd.domain.shapes.users import User


class UserChanged(TypedDict):
    """The user was made, or has changed: this is what they are now. To the own devices."""

    type: Literal["user.created", "user.updated"]
    user: User


class UserDeleted(TypedDict):
    """The user is deleted. To the own devices."""

    type: Literal["user.deleted"]
    user_id: str


class PresencePreferenceChanged(TypedDict):
    """Who may see whether the user is online: `everybody`, `contacts` or `nobody`. To the own devices."""

    type: Literal["presence_preference.changed"]
    visible_to: str
