"""How invitations come and go."""

from __future__ import annotations

from chatd import events
from chatd.domain.fold.dispatch import apply
from chatd.domain.fold.distinct import end_distinct
from chatd.domain.fold.leftovers import note_emptied, remove_leftovers
from chatd.domain.fold.openings import end_invitation, open_invitation
from chatd.model import Invitation
from chatd.store import tables
from chatd.store.transaction import Transaction


@apply.register
def _(event: events.UsersInvited, txn: Transaction, sequence: int, time: int) -> None:
    end_distinct(txn, txn.require(tables.CHANNELS, event.channel))
    for invitee in event.invitees:
        open_invitation(txn, event.channel, invitee.user, Invitation(event.inviter, time, invitee.is_by_friend))


@apply.register
def _(event: events.InvitationReceived, txn: Transaction, sequence: int, time: int) -> None:
    """The event that is told to the channel has changed the state."""


@apply.register
def _(event: events.InvitationsEnded, txn: Transaction, sequence: int, time: int) -> None:
    end_distinct(txn, txn.require(tables.CHANNELS, event.channel))
    for user in event.users:
        end_invitation(txn, event.channel, user)


@apply.register
def _(event: events.InvitationEnded, txn: Transaction, sequence: int, time: int) -> None:
    """The event that is told to the channel has changed the state, or will when the channel is deleted."""


@apply.register
def _(event: events.InvitationPreferenceChanged, txn: Transaction, sequence: int, time: int) -> None:
    txn.put(tables.INVITATION_PREFERENCES, event.user, value=event.auto_accept)


@apply.register
def _(event: events.LeftoversRemoved, txn: Transaction, sequence: int, time: int) -> None:
    remove_leftovers(txn, event)
    note_emptied(txn, event.channel)
