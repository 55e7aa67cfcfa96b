"""Invitations to channels."""

from __future__ import annotations

from chatd.model.record import Record


class Invitation(Record, frozen=True):
    """An open invitation of a user to a channel; `inviter` is 0 when a backend invited for nobody."""

    inviter: int
    invited_at: int
    is_by_friend: bool = False


class Invitee(Record, frozen=True):
    """A user who is invited."""

    user: int
    is_by_friend: bool = False
