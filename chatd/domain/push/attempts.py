"""What became of notifications."""

from __future__ import annotations

from chatd.domain import shapes
from chatd.domain.command import Kind, Right, command
from chatd.domain.deliveries.attempts import last_attempts
from chatd.domain.deliveries.lists import ListAttempts, attempt_resource
from chatd.domain.resources.resource import Resource
from chatd.domain.roles import NOBODY
from chatd.model import Actor
from chatd.model.webhooks import PUSH
from chatd.store.transaction import Transaction


@command("push.list_attempts", Right.BACKEND, Kind.READ, roles=NOBODY, example={}, result=shapes.DeliveryAttempts)
def list_attempts(txn: Transaction, actor: Actor, input: ListAttempts) -> Resource:
    """The last attempts to notify a device, the newest first; `event_id` is the number of the message."""
    return {"attempts": [attempt_resource(each) for each in last_attempts(txn, PUSH, input.limit)]}
