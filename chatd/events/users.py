"""What happens to users."""

from __future__ import annotations

from chatd.events.told import OfUser
from chatd.model import Record, User


class UserCreated(Record, frozen=True, tag=1):
    """A user came into being; `user.number` is 0 here and is this event's sequence number."""

    user: User


class UserUpdated(Record, frozen=True, tag=2):
    """A user changed; `user` is the whole new record."""

    user: User


class UserDeleted(OfUser, frozen=True, tag=3):
    """A user was deleted and has left every channel; what they wrote stays, their record does not."""

    user_id: str


class SessionsRevoked(Record, frozen=True, tag=13):
    """All sessions of a user were ended, or the one that expires at `session`. Nobody is told: connections close."""

    user: int
    session: int = 0


class UserDiscoveryChanged(Record, frozen=True, tag=251):
    """Whether users may find each other is said by the application."""

    is_allowed: bool


class PresencePreferenceChanged(OfUser, frozen=True, tag=252):
    """A user said who may see whether they are online: `everybody`, `contacts` or `nobody`."""

    visible_to: str


class UserErased(Record, frozen=True, tag=23):
    """Who the user was is forgotten: of the record its number is left."""

    user: int
