"""What is kept of open channels besides what is kept of every channel: part of the fold for channels."""

from __future__ import annotations

from collections.abc import Iterable

from chatd.store import tables
from chatd.store.transaction import Transaction


def add(txn: Transaction, channel: int, operators: Iterable[int]) -> None:
    """An open channel came into being."""
    txn.put(tables.OPEN_CHANNELS, channel)
    for user in operators:
        txn.put(tables.OPERATORS, channel, user)
