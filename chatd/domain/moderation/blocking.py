"""Blocking other users: see `chatd.domain.moderation.blocks` for what follows from it."""

from __future__ import annotations

from typing import Any, Final, Literal

from chatd import events
from chatd.domain import shapes
from chatd.domain.channels.named_users import NamedUsers, required
from chatd.domain.command import Input, Kind, Right, command
from chatd.domain.fields import OptionalUserId, PageLimit, PageToken, UserId, UserIds
from chatd.domain.moderation.blocks import has_blocked
from chatd.domain.paging import Page
from chatd.domain.resources.resource import Resource
from chatd.domain.resources.users import basic_user, basic_users
from chatd.domain.roles import EVERYBODY
from chatd.domain.stream import emit
from chatd.domain.users.people import acting_user, find_user
from chatd.errors import Forbidden, IncompatibleValues, InvalidValue, TooManyItems
from chatd.model import Actor
from chatd.store import tables
from chatd.store.table import Table
from chatd.store.transaction import Transaction

MAX_BLOCKED: Final = 1000
# A page ends after looking at so many, also when filters left few of them.
MAX_LOOKED_AT: Final = 1000


class Add(Input, frozen=True):
    """Whom to block: one, or up to 100."""

    user_id: OptionalUserId = ""
    target_id: OptionalUserId = ""
    user_ids: UserIds = ()
    users: NamedUsers = ()


class Remove(Input, frozen=True):
    """Whom to block no more."""

    target_id: UserId
    user_id: OptionalUserId = ""


class List(Input, frozen=True):
    """A page of those whom a user has blocked; for backends also of those who have blocked the user."""

    user_id: OptionalUserId = ""
    list: Literal["blocked_by_me", "blocking_me"] = "blocked_by_me"
    user_ids: UserIds | None = None
    token: PageToken = ""
    limit: PageLimit = 10


@command(
    "blocks.add",
    Right.BOTH,
    Kind.WRITE,
    people=(),
    roles=EVERYBODY,
    example={"user_ids": ["forgotten"]},
    result=shapes.Blocked,
)
def add(txn: Transaction, actor: Actor, input: Add) -> Resource:
    """Block users; who is blocked stays so. They are not told."""
    user = acting_user(txn, actor, input.user_id).number
    ids = required(((input.target_id,) if input.target_id else ()) + input.user_ids, input.users)
    others = [find_user(txn, user_id).number for user_id in dict.fromkeys(ids)]
    if user in others:
        raise IncompatibleValues("Nobody blocks themselves.")
    new = [other for other in others if not has_blocked(txn, user, other)]
    if (txn.get(tables.BLOCK_COUNTS, user) or 0) + len(new) > MAX_BLOCKED:
        raise TooManyItems(f"A user blocks {MAX_BLOCKED} others at most.")
    for other in new:
        emit(txn, events.UserBlocked(user, other))
    found = basic_users(txn, others)
    return {**found[0], "users": found, "next": ""}


@command(
    "blocks.remove",
    Right.BOTH,
    Kind.WRITE,
    roles=EVERYBODY,
    example={"target_id": "pest"},
    result=shapes.Empty,
)
def remove(txn: Transaction, actor: Actor, input: Remove) -> Resource:
    """Block a user no more; who is not blocked is passed over."""
    user = acting_user(txn, actor, input.user_id).number
    other = find_user(txn, input.target_id).number
    if has_blocked(txn, user, other):
        emit(txn, events.UserUnblocked(user, other))
    return {}


@command(
    "blocks.list",
    Right.BOTH,
    Kind.SCAN,
    people=("users",),
    roles=EVERYBODY,
    example={"limit": 20},
    result=shapes.BlockedUsers,
)
def list_blocks(txn: Transaction, actor: Actor, input: List) -> Resource:
    """Users in the order in which they came to the application. A page may be short though more follow."""
    if actor.user is not None and input.list == "blocking_me":
        raise Forbidden("Who has blocked somebody is told to backends only.")
    user = acting_user(txn, actor, input.user_id).number
    table: Table[Any] = tables.BLOCKS if input.list == "blocked_by_me" else tables.BLOCKED_BY
    page = Page(input.token, input.limit, (int,))
    start = page.start or (0,)
    if not 0 <= start[0] < 2**63:
        raise InvalidValue('"token" is not a page token of this list.')
    for looked_at, ((_, number), _) in enumerate(txn.scan(table, user, start=start)):
        if looked_at == MAX_LOOKED_AT:
            page.cut((number,))
            break
        other = txn.require(tables.USERS, number)
        is_wanted = input.user_ids is None or other.user_id in input.user_ids
        # Of a user who was deleted they are removed a little later.
        is_known = txn.get(tables.USER_IDS, other.user_id) == number
        if is_wanted and is_known and not page.add((number,), basic_user(other)):
            break
    return {"users": page.items, "next": page.next}
