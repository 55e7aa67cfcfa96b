"""What is told of who is there: never recovered."""

from __future__ import annotations

from typing import Literal, NotRequired, TypedDict

from chatd.domain.shapes.users import BasicUser, Status


class PresenceChanged(TypedDict):
    """A user has come or gone. Only to connections that asked by `presence.watch`; not recovered."""

    type: Literal["presence.changed"]
    user_id: str
    is_online: bool
    last_seen_at: int


class ProfileChanged(TypedDict):
    """A user has another name, picture or status. Only to connections that asked by `presence.watch`; not recovered."""

    type: Literal["profile.changed"]
    user: BasicUser
    status: Status


class ParticipantsChanged(TypedDict):
    """How many users are in an open channel, and in a small one who came and went. To those in it; not recovered."""

    type: Literal["participants.changed"]
    channel_url: str
    participant_count: int
    entered: NotRequired[list[BasicUser]]
    exited: NotRequired[list[BasicUser]]
