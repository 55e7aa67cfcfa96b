"""Presence: who is connected, and when others were last. The edges know it; here is who may ask and what is kept."""

from __future__ import annotations

from collections.abc import Iterable

from chatd.domain import live, shapes
from chatd.domain.command import Input, Kind, Right, command
from chatd.domain.fields import UserIds
from chatd.domain.resources.resource import Resource
from chatd.errors import Unacceptable
from chatd.model import Actor
from chatd.store import tables
from chatd.store.transaction import Transaction

NEVER = -1


class Query(Input, frozen=True):
    """Users to ask about. Unknown ones are passed over."""

    user_ids: UserIds


class Unwatch(Input, frozen=True):
    """Users to hear no more of; absent for all."""

    user_ids: UserIds | None = None


@command(
    "presence.query",
    Right.BOTH,
    Kind.READ,
    people=("users",),
    example={"user_ids": ["member", "operator"]},
    result=shapes.Presences,
)
def query(txn: Transaction, actor: Actor, input: Query) -> Resource:
    """Who of some users is online, and when the others were."""
    return {"users": [{"user_id": user_id} for user_id in _known(txn, input.user_ids).values()]}


@command(
    "presence.watch",
    Right.CLIENT,
    Kind.LIVE,
    example={"user_ids": ["member", "operator"]},
    result=shapes.WatchedUsers,
)
def watch(txn: Transaction, actor: Actor, input: Query) -> live.Watch:
    """Answer as `presence.query`, with how users look, and tell this connection from now on when it changes."""
    _check_connected(actor)
    return live.Watch(_known(txn, input.user_ids))


@command("presence.unwatch", Right.CLIENT, Kind.LIVE, example={"user_ids": ["member"]}, result=shapes.Empty)
def unwatch(txn: Transaction, actor: Actor, input: Unwatch) -> live.Unwatch:
    """Tell this connection no more."""
    _check_connected(actor)
    return live.Unwatch(None if input.user_ids is None else tuple(_known(txn, input.user_ids)))


def last_seen(txn: Transaction, user: int) -> int:
    """When a user's last connection ended as far as the store knows, in milliseconds; NEVER."""
    return txn.get(tables.LAST_SEEN, user) or NEVER


def keep_last_seen(txn: Transaction, seen: dict[int, int]) -> None:
    """Keep when users, by number, were last connected; of deleted ones nothing is kept."""
    for number, at in seen.items():
        user = txn.get(tables.USERS, number)
        if user is not None and txn.get(tables.USER_IDS, user.user_id) == number:
            txn.put(tables.LAST_SEEN, number, value=at)


def _known(txn: Transaction, user_ids: Iterable[str]) -> dict[int, str]:
    """Every user of the application is visible to every other, as in `users.view`."""
    found = ((txn.get(tables.USER_IDS, user_id), user_id) for user_id in user_ids)
    return {number: user_id for number, user_id in found if number is not None}


def _check_connected(actor: Actor) -> None:
    if not actor.connection:
        raise Unacceptable("Only who is connected can watch; ask with presence.query instead.")
