"""A notification to see whether devices are reached."""

from __future__ import annotations

from chatd.domain import shapes
from chatd.domain.command import Input, Kind, Right, command
from chatd.domain.deliveries.places import Place
from chatd.domain.deliveries.queue import TEST, enqueue
from chatd.domain.fields import UserId
from chatd.domain.push.devices import devices_of
from chatd.domain.push.planning import unreachable
from chatd.domain.resources.resource import Resource
from chatd.domain.roles import NOBODY
from chatd.domain.users.people import active_user
from chatd.errors import Unacceptable
from chatd.model import Actor, Delivery
from chatd.model.webhooks import PUSH
from chatd.store import tables
from chatd.store.transaction import Transaction


class Test(Input, frozen=True):
    """Whose devices to notify."""

    user_id: UserId


@command(
    "push.test",
    Right.BACKEND,
    Kind.WRITE,
    roles=NOBODY,
    example={"user_id": "member"},
    is_idempotent=False,
    result=shapes.Handled,
)
def test(txn: Transaction, actor: Actor, input: Test) -> Resource:
    """Notify the devices of a user once, whether or not they want it. What comes of it is found among the attempts."""
    user = active_user(txn, input.user_id).number
    left_out = unreachable(txn)
    numbers = [number for number, device in devices_of(txn, user) if device.kind not in left_out]
    if not numbers:
        raise Unacceptable("The user has no device that can be notified.")
    for number in numbers:
        last = next(txn.scan(tables.DELIVERIES, PUSH, number, 0, reverse=True), None)
        enqueue(txn, Place(PUSH, number, 0, last[0][3] + 1 if last else 0), Delivery(TEST, txn.now))
    return {"handled": len(numbers)}
