"""How users change."""

from __future__ import annotations

from typing import Final

from msgspec.structs import replace

from chatd import events
from chatd.domain.fold.dispatch import apply
from chatd.domain.fold.names import rename
from chatd.domain.fold.own import forget_own
from chatd.domain.fold.pictures import forget_picture
from chatd.domain.fold.sanctions import note_traces
from chatd.domain.fold.scheduled import forget_scheduled
from chatd.model import User
from chatd.store import tables
from chatd.store.transaction import Transaction
from chatd.store.user_places import places

# What is so for who has said nothing, and is not kept.
EVERYBODY: Final = "everybody"


def bare_user(user: User) -> User:
    """What remains of an erased user: the number. No user can choose an empty id."""
    return User(user.number, "", "", "", user.created_at, is_active=False, is_bot=user.is_bot)


def _place(txn: Transaction, before: User | None, after: User | None) -> None:
    """A user is found by what is said of them now; None is nobody."""
    old, new = (places(user) if user else set() for user in (before, after))
    for table, key in old - new:
        txn.delete(table, *key)
    for table, key in new - old:
        txn.put(table, *key)


@apply.register
def _(event: events.UserCreated, txn: Transaction, sequence: int, time: int) -> None:
    user = replace(event.user, number=sequence, created_at=event.user.created_at or time)
    txn.put(tables.USERS, sequence, value=user)
    txn.put(tables.USER_IDS, user.user_id, value=sequence)
    _place(txn, None, user)


@apply.register
def _(event: events.UserUpdated, txn: Transaction, sequence: int, time: int) -> None:
    before = txn.require(tables.USERS, event.user.number)
    rename(txn, before, event.user.nickname)
    _place(txn, before, event.user)
    txn.put(tables.USERS, event.user.number, value=event.user)


@apply.register
def _(event: events.UserDeleted, txn: Transaction, sequence: int, time: int) -> None:
    # The record stays without its contents: messages still name their sender's id.
    user = txn.require(tables.USERS, event.user)
    rename(txn, user, "")
    _place(txn, user, None)
    txn.delete(tables.BOTS, event.user)
    txn.delete(tables.PRESENCE_PREFERENCES, event.user)
    txn.delete(tables.INVITATION_PREFERENCES, event.user)
    txn.delete(tables.PUSH_PREFERENCES, event.user)
    txn.put(tables.USERS, event.user, value=replace(bare_user(user), user_id=user.user_id))
    txn.delete(tables.USER_IDS, event.user_id)
    forget_scheduled(txn, event.user)
    forget_own(txn, event.user)
    forget_picture(txn, event.user)
    txn.delete(tables.FILTER_HITS, event.user)
    note_traces(txn, event.user)
    txn.delete(tables.LAST_MESSAGES, event.user)


@apply.register
def _(event: events.UserDiscoveryChanged, txn: Transaction, sequence: int, time: int) -> None:
    txn.put(tables.USER_DISCOVERY, value=event.is_allowed)


@apply.register
def _(event: events.PresencePreferenceChanged, txn: Transaction, sequence: int, time: int) -> None:
    if event.visible_to == EVERYBODY:
        txn.delete(tables.PRESENCE_PREFERENCES, event.user)
    else:
        txn.put(tables.PRESENCE_PREFERENCES, event.user, value=event.visible_to)


@apply.register
def _(event: events.UserErased, txn: Transaction, sequence: int, time: int) -> None:
    user = txn.require(tables.USERS, event.user)
    txn.put(tables.USERS, event.user, value=bare_user(user))
    txn.put(tables.ERASURES, sequence, value=event.user)
    # Until the log's earlier events of the user are scrubbed, and after, they lead to the same.
    txn.delete(tables.USER_IDS, "")


@apply.register
def _(event: events.SessionsRevoked, txn: Transaction, sequence: int, time: int) -> None:
    """Sessions are no state of the log: their hashes are not in it."""
