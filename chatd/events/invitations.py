"""What happens to invitations."""

from __future__ import annotations

from chatd.events.told import OfChannel, OfUser
from chatd.model import Invitee, Record


class UsersInvited(OfChannel, frozen=True, tag=30):
    """Users were invited; `inviter` is 0 when a backend did it for nobody. Each is told by an InvitationReceived."""

    invitees: tuple[Invitee, ...]
    inviter: int = 0


class InvitationReceived(OfUser, frozen=True, tag=31):
    """A user was invited to `channel`."""

    channel: int


class InvitationsEnded(OfChannel, frozen=True, tag=32):
    """Invitations are open no more; `reason` is `declined` or `canceled`. Each user is told by an InvitationEnded."""

    users: tuple[int, ...]
    reason: str


class InvitationEnded(OfUser, frozen=True, tag=33):
    """An invitation of a user to `channel_url` is open no more; `reason` also `deleted`: the channel is."""

    channel_url: str
    reason: str


class InvitationPreferenceChanged(OfUser, frozen=True, tag=34):
    """Whether a user becomes a member at once when invited. `user` 0 is everybody who has not said it."""

    auto_accept: bool


class LeftoversRemoved(Record, frozen=True, tag=37):
    """What was left of a channel is gone: memberships of `users`, which ended with the event `deletion`, and the rest.

    It is removed a few at a time: what people left, and when there is none, what else there is of the channel.
    Nobody is told: the deletion was.
    """

    channel: int
    deletion: int
    users: tuple[int, ...]
    invited: tuple[int, ...] = ()
    muted: tuple[int, ...] = ()
    banned: tuple[int, ...] = ()
