"""What became of deliveries: the log of attempts, and those that were given up, to be sent again or dropped."""

from __future__ import annotations

from itertools import islice
from typing import Annotated

from msgspec import Meta

from chatd.domain import shapes
from chatd.domain.command import Input, Kind, Right, command
from chatd.domain.deliveries.attempts import last_attempts
from chatd.domain.deliveries.places import Place
from chatd.domain.deliveries.queue import revive
from chatd.domain.fields import OptionalUserId, PageLimit, PageToken
from chatd.domain.paging import Page
from chatd.domain.resources.resource import Resource
from chatd.domain.roles import NOBODY
from chatd.domain.users.bots import find_bot
from chatd.domain.webhooks.planning import APPLICATION_WEBHOOK
from chatd.errors import NotFound
from chatd.model import Actor, DeadDelivery, DeliveryAttempt
from chatd.store import tables
from chatd.store.transaction import Transaction

# Of all that were given up so many are sent again, or dropped, by one call.
AT_ONCE = 100

Failed = Annotated[int, Meta(ge=0, le=2**53)]


class ListAttempts(Input, frozen=True):
    """How many of the last attempts, of the webhook or of a bot."""

    limit: PageLimit = 50
    bot_userid: OptionalUserId = ""


class ListFailed(Input, frozen=True):
    """A page of deliveries that were given up, to the webhook or to a bot, those given up first first."""

    token: PageToken = ""
    limit: PageLimit = 50
    bot_userid: OptionalUserId = ""


class Chosen(Input, frozen=True):
    """A delivery that was given up, by its `failed_id`; 0 is all, a hundred with each call."""

    failed_id: Failed = 0
    bot_userid: OptionalUserId = ""


@command("deliveries.list_attempts", Right.BACKEND, Kind.READ, roles=NOBODY, example={}, result=shapes.DeliveryAttempts)
def list_attempts(txn: Transaction, actor: Actor, input: ListAttempts) -> Resource:
    """The last attempts to tell the webhook, or a bot, something, the newest first."""
    target = _target(txn, input.bot_userid)
    return {"attempts": [attempt_resource(each) for each in last_attempts(txn, target, input.limit)]}


@command("deliveries.list_failed", Right.BACKEND, Kind.READ, roles=NOBODY, example={}, result=shapes.FailedDeliveries)
def list_failed(txn: Transaction, actor: Actor, input: ListFailed) -> Resource:
    """What the webhook, or a bot, was not told in the end."""
    page = Page(input.token, input.limit, (int,))
    for (_, number), dead in txn.scan(tables.DEAD_DELIVERIES, _target(txn, input.bot_userid), start=page.start):
        if not page.add((number,), _failed(number, dead)):
            break
    return {"failed": page.items, "next": page.next}


@command(
    "deliveries.resend",
    Right.BACKEND,
    Kind.WRITE,
    roles=NOBODY,
    example={"failed_id": "$failed"},
    is_idempotent=False,
    result=shapes.Handled,
)
def resend(txn: Transaction, actor: Actor, input: Chosen) -> Resource:
    """Tell once more what was given up, at once. NotFound when it was sent again or dropped meanwhile."""
    target = _target(txn, input.bot_userid)
    chosen = _chosen(txn, target, input.failed_id)
    for number, dead in chosen:
        txn.delete(tables.DEAD_DELIVERIES, target, number)
        revive(txn, Place(target, dead.lane, dead.sequence, dead.part), dead.delivery)
    return {"handled": len(chosen)}


@command(
    "deliveries.drop",
    Right.BACKEND,
    Kind.WRITE,
    roles=NOBODY,
    example={"failed_id": "$failed"},
    is_idempotent=False,
    result=shapes.Handled,
)
def drop(txn: Transaction, actor: Actor, input: Chosen) -> Resource:
    """Forget what was given up. NotFound when it was sent again or dropped meanwhile."""
    target = _target(txn, input.bot_userid)
    chosen = _chosen(txn, target, input.failed_id)
    for number, _ in chosen:
        txn.delete(tables.DEAD_DELIVERIES, target, number)
    return {"handled": len(chosen)}


def _target(txn: Transaction, bot_userid: str) -> int:
    return find_bot(txn, bot_userid)[0].number if bot_userid else APPLICATION_WEBHOOK


def _chosen(txn: Transaction, target: int, failed_id: int) -> list[tuple[int, DeadDelivery]]:
    if not failed_id:
        found = islice(txn.scan(tables.DEAD_DELIVERIES, target), AT_ONCE)
        return [(number, dead) for (_, number), dead in found]
    dead = txn.get(tables.DEAD_DELIVERIES, target, failed_id)
    if dead is None:
        raise NotFound("Delivery")
    return [(failed_id, dead)]


def attempt_resource(attempt: DeliveryAttempt) -> Resource:
    """An attempt."""
    return {
        "event_id": attempt.sequence,
        "category": attempt.category,
        "attempt": attempt.attempt,
        "at": attempt.at,
        "milliseconds": attempt.milliseconds,
        "status": attempt.status,
        "reason": attempt.reason,
    }


def _failed(number: int, dead: DeadDelivery) -> Resource:
    return {
        "failed_id": number,
        "event_id": dead.sequence,
        "category": dead.delivery.category,
        "attempts": dead.delivery.attempts,
        "queued_at": dead.delivery.queued_at,
        "failed_at": dead.ended_at,
        "reason": dead.reason,
    }
