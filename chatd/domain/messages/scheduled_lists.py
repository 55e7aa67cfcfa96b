"""Lists of scheduled messages. A sender has few; a backend that names none looks through all of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal

from msgspec import Meta

from chatd.domain import shapes
from chatd.domain.channels.access import find_channel
from chatd.domain.command import Input, Kind, Right, command
from chatd.domain.fields import OptionalChannelUrl, OptionalUserId, PageLimit, PageToken
from chatd.domain.paging import Page
from chatd.domain.resources.resource import Resource
from chatd.domain.resources.scheduled import scheduled_resource, type_of
from chatd.domain.users.people import acting_user, find_user
from chatd.model import Actor, Scheduled
from chatd.store import tables
from chatd.store.transaction import Transaction

Status = Literal["pending", "in_queue", "sent", "failed", "canceled"]


class Filters(Input, frozen=True):
    """Which scheduled messages are wanted: a client's own; for a backend all, or those of one sender."""

    channel_url: OptionalChannelUrl = ""
    sender_id: OptionalUserId = ""
    status: Annotated[tuple[Status, ...], Meta(max_length=5)] = ()
    message_type: Literal["", "MESG", "FILE", "ADMM"] = ""


class List(Filters, frozen=True, kw_only=True):
    """A page of scheduled messages, the last first with `reverse`."""

    order: Literal["created_at", "scheduled_at"] = "created_at"
    reverse: bool = False
    token: PageToken = ""
    limit: PageLimit = 20


@command(
    "scheduled_messages.list",
    Right.BOTH,
    Kind.SCAN,
    example={"status": ["pending"], "order": "scheduled_at", "limit": 10},
    result=shapes.ScheduledMessages,
)
def list_scheduled(txn: Transaction, actor: Actor, input: List) -> Resource:
    """Scheduled messages, also those that ended while it is kept that they did."""
    page = Page(input.token, input.limit, (int, int))
    by_time = input.order == "scheduled_at"
    found = [((each.scheduled_at if by_time else 0, each.number), each) for each in _matching(txn, actor, input)]
    for key, scheduled in sorted(found, key=lambda each: each[0], reverse=input.reverse):
        if page.start is not None and (key > page.start if input.reverse else key < page.start):
            continue
        if not page.add(key, scheduled_resource(txn, scheduled)):
            break
    return {"scheduled_messages": page.items, "next": page.next}


@command(
    "scheduled_messages.count", Right.BOTH, Kind.SCAN, example={"status": ["pending"]}, result=shapes.ScheduledCount
)
def count(txn: Transaction, actor: Actor, input: Filters) -> Resource:
    """How many scheduled messages there are."""
    return {"count": sum(1 for _ in _matching(txn, actor, input))}


def _matching(txn: Transaction, actor: Actor, input: Filters) -> Iterator[Scheduled]:
    channel = find_channel(txn, input.channel_url).number if input.channel_url else 0
    for scheduled in _candidates(txn, actor, input.sender_id):
        if (
            channel in (0, scheduled.channel)
            and (not input.status or scheduled.status in input.status)
            and input.message_type in ("", type_of(scheduled))
        ):
            yield scheduled


def _candidates(txn: Transaction, actor: Actor, sender_id: str) -> Iterator[Scheduled]:
    """All of a sender, by age, or all that there are."""
    if actor.user is None and not sender_id:
        for _, scheduled in txn.scan(tables.SCHEDULED):
            yield scheduled
        return
    sender = acting_user(txn, actor, sender_id) if actor.user is not None else find_user(txn, sender_id)
    for (_, number), _ in txn.scan(tables.SCHEDULED_BY, sender.number):
        yield txn.require(tables.SCHEDULED, number)
