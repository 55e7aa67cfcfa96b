"""The tables of open invitations, from both sides."""

from __future__ import annotations

from chatd.domain.fold.names import place_name, remove_name
from chatd.model import Invitation
from chatd.store import tables
from chatd.store.transaction import Transaction


def open_invitation(txn: Transaction, channel: int, user: int, invitation: Invitation) -> None:
    """Invite a user who is neither a member nor invited."""
    txn.put(tables.INVITATIONS, channel, user, value=invitation)
    txn.put(tables.INVITED, user, channel)
    place_name(txn, channel, user)
    _count(txn, channel, 1)


def end_invitation(txn: Transaction, channel: int, user: int) -> bool:
    """End an invitation; whether there was one."""
    if not txn.delete(tables.INVITATIONS, channel, user):
        return False
    txn.delete(tables.INVITED, user, channel)
    remove_name(txn, channel, user)
    _count(txn, channel, -1)
    return True


def invited_to(txn: Transaction, channel: int) -> list[int]:
    """The user numbers of those who are invited to a channel, ascending."""
    return [key[1] for key, _ in txn.scan(tables.INVITATIONS, channel)]


def _count(txn: Transaction, channel: int, change: int) -> None:
    count = (txn.get(tables.INVITED_COUNTS, channel) or 0) + change
    if count:
        txn.put(tables.INVITED_COUNTS, channel, value=count)
    else:
        txn.delete(tables.INVITED_COUNTS, channel)
