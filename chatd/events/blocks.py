"""What users do to be left alone."""

from __future__ import annotations

from chatd.events.told import OfUser


class UserBlocked(OfUser, frozen=True, tag=105):
    """A user wants to hear nothing of another, who is not told."""

    blocked: int


class UserUnblocked(OfUser, frozen=True, tag=106):
    """A user may be spoken to again by another, who is not told."""

    blocked: int
