"""What is told of users."""

from __future__ import annotations

from chatd import events
from chatd.domain.resources.resource import Resource
from chatd.domain.webhooks.parts import told_user
from chatd.domain.webhooks.payloads import Telling, payload
from chatd.store.transaction import Transaction


@payload.register
def _(event: events.UserCreated, txn: Transaction, telling: Telling) -> Resource:
    return {"created_at": telling.time, "user": told_user(txn, telling.sequence)}


@payload.register
def _(event: events.UserUpdated, txn: Transaction, telling: Telling) -> Resource:
    user = event.user
    told: Resource = {"user_id": user.user_id, "nickname": user.nickname, "profile_url": user.profile_url}
    told |= {"metadata": user.metadata, "is_active": user.is_active}
    return {"updated_at": telling.time, "user": told}


@payload.register
def _(event: events.UserDeleted, txn: Transaction, telling: Telling) -> Resource:
    return {"deleted_at": telling.time, "user": {"user_id": event.user_id}}
