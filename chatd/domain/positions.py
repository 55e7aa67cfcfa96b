"""Places in the log from which a client wants to know what has changed."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta

from chatd.domain.paging import key_of, token_of
from chatd.errors import ExpiredToken
from chatd.store import tables
from chatd.store.transaction import Transaction

ChangeLimit = Annotated[int, Meta(ge=1, le=200)]


def position(txn: Transaction, token: str, time: int | None) -> int:
    """The sequence number after which changes are wanted: that of a token, or of a time; without either the last one.

    Raises ExpiredToken when they cannot be told: the log is another one, as after a restore, or somebody was forgotten
    since, whose name is in what was told before.
    """
    sequence = _named(txn, token, time)
    if next(txn.scan(tables.ERASURES, start=(sequence + 1,)), None) is not None:
        raise ExpiredToken("Somebody was forgotten since; load anew.")
    return sequence


def token_at(txn: Transaction, sequence: int) -> str:
    """The token for what comes after an event."""
    return token_of((txn.head.epoch, sequence))


def _named(txn: Transaction, token: str, time: int | None) -> int:
    if token:
        epoch, sequence = key_of(token, (str, int))
        if epoch != txn.head.epoch or not 0 <= sequence <= txn.head.sequence:
            raise ExpiredToken("The token is of another log; load anew.")
        return int(sequence)
    if time is None:
        return txn.head.sequence
    return last_before(txn, time)


def last_before(txn: Transaction, time: int) -> int:
    """The last event before a time, 0 when there is none. Time never falls along the log."""
    low, high = 0, txn.head.sequence
    while low < high:
        middle = (low + high + 1) // 2
        if txn.require(tables.LOG, middle).time < time:
            low = middle
        else:
            high = middle - 1
    return low
