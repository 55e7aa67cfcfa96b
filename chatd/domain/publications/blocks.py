"""What a user's own devices are told of whom the user has blocked. Who is blocked is told nothing."""

from __future__ import annotations

from chatd import events
from chatd.domain.publications.dispatch import render
from chatd.domain.resources.resource import Resource
from chatd.domain.resources.users import basic_user
from chatd.store import tables
from chatd.store.transaction import Transaction


@render.register
def _(event: events.UserBlocked, txn: Transaction, sequence: int, time: int) -> Resource | None:
    return {"type": "user.blocked", "user": basic_user(txn.require(tables.USERS, event.blocked))}


@render.register
def _(event: events.UserUnblocked, txn: Transaction, sequence: int, time: int) -> Resource | None:
    return {"type": "user.unblocked", "user": basic_user(txn.require(tables.USERS, event.blocked))}
