"""The server's clock."""

from __future__ import annotations

from chatd.domain import shapes
from chatd.domain.command import Input, Kind, Right, command
from chatd.domain.resources.resource import Resource
from chatd.model import Actor
from chatd.store.transaction import Transaction


class Time(Input, frozen=True):
    """Nothing to say."""


@command("server.time", Right.BOTH, Kind.READ, example={}, result=shapes.ServerTime)
def time(txn: Transaction, actor: Actor, input: Time) -> Resource:
    """What time it is, for clients whose own clock is wrong, and who want to know how far away the server is."""
    return {"server_time": txn.now}
