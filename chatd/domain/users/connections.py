"""The connections of a user, which the user and backends may list and cut."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta

from chatd.domain import live, shapes
from chatd.domain.command import Input, Kind, Right, command
from chatd.domain.fields import OptionalUserId
from chatd.domain.users.people import acting_user, find_user
from chatd.errors import MissingParameter
from chatd.model import Actor
from chatd.store.transaction import Transaction


class List(Input, frozen=True):
    """Whose connections to list."""

    user_id: OptionalUserId = ""


class Cut(Input, frozen=True):
    """The connections to close: all of a user, or the one with a client id."""

    user_id: OptionalUserId = ""
    client_id: Annotated[str, Meta(max_length=100)] = ""
    reconnect: bool = True


@command("connections.list", Right.BOTH, Kind.LIVE, example={}, result=shapes.Connections)
def list_connections(txn: Transaction, actor: Actor, input: List) -> live.Connections:
    """The connections of the caller, or of the user whom a backend names, oldest first."""
    return live.Connections(_user(txn, actor, input.user_id))


@command("connections.cut", Right.BOTH, Kind.LIVE, example={"reconnect": False}, result=shapes.Closed)
def cut(txn: Transaction, actor: Actor, input: Cut) -> live.Cut:
    """Close connections; the sessions behind them stay valid."""
    return live.Cut(_user(txn, actor, input.user_id), input.client_id, input.reconnect)


def _user(txn: Transaction, actor: Actor, user_id: str) -> int:
    """A client's own number, or that of the user whom a backend names, who need not be active."""
    if actor.user is not None:
        return acting_user(txn, actor, user_id).number
    if not user_id:
        raise MissingParameter("user_id")
    return find_user(txn, user_id).number
