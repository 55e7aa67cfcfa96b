"""What is told of users."""

from __future__ import annotations

from chatd import events
from chatd.domain.publications.dispatch import render
from chatd.domain.resources.resource import Resource
from chatd.domain.resources.users import user_resource
from chatd.store import tables
from chatd.store.transaction import Transaction


@render.register
def _(event: events.UserCreated, txn: Transaction, sequence: int, time: int) -> Resource | None:
    user = txn.require(tables.USERS, sequence)
    return {"type": "user.created", "user": user_resource(user)}


@render.register
def _(event: events.UserUpdated, txn: Transaction, sequence: int, time: int) -> Resource | None:
    return {"type": "user.updated", "user": user_resource(event.user)}


@render.register
def _(event: events.UserDeleted, txn: Transaction, sequence: int, time: int) -> Resource | None:
    return {"type": "user.deleted", "user_id": event.user_id}


@render.register
def _(event: events.UserDiscoveryChanged, txn: Transaction, sequence: int, time: int) -> Resource | None:
    return None


@render.register
def _(event: events.PresencePreferenceChanged, txn: Transaction, sequence: int, time: int) -> Resource | None:
    return {"type": "presence_preference.changed", "visible_to": event.visible_to}


@render.register
def _(event: events.UserErased, txn: Transaction, sequence: int, time: int) -> Resource | None:
    return None


@render.register
def _(event: events.SessionsRevoked, txn: Transaction, sequence: int, time: int) -> Resource | None:
    return None
