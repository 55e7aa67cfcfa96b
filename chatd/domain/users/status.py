"""What users say of the moment: a short text and an emoji, which may end by itself."""

from __future__ import annotations

from itertools import islice, takewhile
from typing import Annotated

from msgspec import Meta
from msgspec.structs import replace

from chatd import events
from chatd.domain import shapes
from chatd.domain.command import Input, Kind, Right, command
from chatd.domain.fields import Milliseconds, OptionalUserId
from chatd.domain.resources.resource import Resource
from chatd.domain.resources.users import status_resource
from chatd.domain.stream import emit
from chatd.domain.users.people import acting_user
from chatd.errors import OutOfRange
from chatd.model import Actor, Status
from chatd.store import tables
from chatd.store.transaction import Transaction


class SetStatus(Input, frozen=True):
    """What a user says; without text and emoji nothing. It ends at `expires_at` (ms), or with 0 when it is changed."""

    user_id: OptionalUserId = ""
    text: Annotated[str, Meta(max_length=100)] = ""
    emoji: Annotated[str, Meta(max_length=64)] = ""
    expires_at: Milliseconds = 0


@command(
    "users.set_status",
    Right.BOTH,
    Kind.WRITE,
    example={"text": "Out for a walk", "emoji": "\N{EVERGREEN TREE}", "expires_at": "$tomorrow"},
    result=shapes.Status,
)
def set_status(txn: Transaction, actor: Actor, input: SetStatus) -> Resource:
    """Say something of the moment, or no more."""
    user = acting_user(txn, actor, input.user_id)
    if input.expires_at and input.expires_at <= txn.now:
        raise OutOfRange('"expires_at" must be in the future, in milliseconds.')
    says = bool(input.text or input.emoji)
    status = Status(input.text, input.emoji, input.expires_at) if says else None
    if status != user.status:
        emit(txn, events.UserUpdated(replace(user, status=status)))
    return status_resource(status)


def next_status_end(txn: Transaction) -> int | None:
    """When the next status ends, in milliseconds."""
    first = next(txn.scan(tables.STATUS_ENDS), None)
    return first[0][0] if first is not None else None


def end_statuses(txn: Transaction, limit: int) -> bool:
    """End up to `limit` of those whose time is over. False when none is left."""
    late = takewhile(lambda item: item[0][0] <= txn.now, txn.scan(tables.STATUS_ENDS))
    users = [user for (_, user), _ in islice(late, limit)]
    for user in users:
        emit(txn, events.UserUpdated(replace(txn.require(tables.USERS, user), status=None)))
    return len(users) == limit
