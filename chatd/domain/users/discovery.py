"""Whether users find each other: what an application allows its clients."""

from __future__ import annotations

from chatd import events
from chatd.domain import shapes
from chatd.domain.command import Input, Kind, Right, command
from chatd.domain.resources.resource import Resource
from chatd.domain.stream import note
from chatd.errors import Forbidden
from chatd.model import Actor
from chatd.store import tables
from chatd.store.transaction import Transaction


class View(Input, frozen=True):
    """Nothing to say."""


class Update(Input, frozen=True):
    """Whether clients may list and search users from now on."""

    is_allowed: bool


@command("applications.view_user_discovery", Right.BACKEND, Kind.READ, example={}, result=shapes.UserDiscovery)
def view(txn: Transaction, actor: Actor, input: View) -> Resource:
    """Whether clients may list and search users."""
    return {"is_allowed": is_allowed(txn)}


@command(
    "applications.update_user_discovery",
    Right.BACKEND,
    Kind.WRITE,
    example={"is_allowed": False},
    result=shapes.UserDiscovery,
)
def update(txn: Transaction, actor: Actor, input: Update) -> Resource:
    """Say whether clients may list and search users. Who knows a user's id may look at that user anyway."""
    if is_allowed(txn) != input.is_allowed:
        note(txn, events.UserDiscoveryChanged(input.is_allowed))
    return {"is_allowed": input.is_allowed}


def check_discovery(txn: Transaction, actor: Actor) -> None:
    """Raise Forbidden when a client may not list users."""
    if actor.user is not None and not is_allowed(txn):
        raise Forbidden("In this application users do not find each other.")


def is_allowed(txn: Transaction) -> bool:
    """Whether clients may list and search users; they may unless something else was said."""
    return txn.get(tables.USER_DISCOVERY) is not False
