"""What becomes of an attempt to notify a device."""

from __future__ import annotations

import enum

from chatd.domain.deliveries.places import Claimed, Outcome
from chatd.domain.deliveries.queue import settle
from chatd.domain.push.devices import forget_device
from chatd.store import tables
from chatd.store.transaction import Transaction


class Verdict(enum.Enum):
    """What an attempt says of the device and of what it was to be told."""

    OVER = "over"
    AGAIN = "again"
    GONE = "gone"


def settle_push(
    txn: Transaction, claimed: Claimed, outcome: Outcome, verdict: Verdict, goes_on: bool
) -> Claimed | None:
    """Note what became of an attempt; the next delivery to the device, None when there is none or it has to wait.

    What is OVER comes no more, told or not. A device that is GONE is forgotten.
    """
    if verdict is Verdict.GONE and txn.get(tables.PUSH_TOKENS, claimed.place.lane) is not None:
        forget_device(txn, claimed.place.lane)
    if verdict is not Verdict.AGAIN:
        txn.delete(tables.DELIVERIES, *claimed.place)
    return settle(txn, claimed, outcome, goes_on)
