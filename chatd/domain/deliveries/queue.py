"""Deliveries that wait, in order in each lane of a target.

An attempt is noted before it is made. So what a killed server was about to send is sent by the next one, as an attempt
that is not the first: the target is told that it may know it already.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Final

from msgspec.structs import replace

from chatd.domain.deliveries.attempts import note_attempt
from chatd.domain.deliveries.dead import bury
from chatd.domain.deliveries.places import Claimed, Outcome, Place
from chatd.model import Delivery, Lane
from chatd.store import tables
from chatd.store.transaction import Transaction

# Seconds from one failure of a lane to the next attempt; the last one counts for all that follow.
BACKOFF: Final = (5, 30, 120, 600, 1800, 3600, 7200)
# What has waited for so long and fails again is given up.
GIVE_UP_MS: Final = 24 * 60 * 60 * 1000
# Tests are sent once, and have a lane that no channel or user has.
TEST: Final = "test"
TEST_LANE: Final = 0


def enqueue(txn: Transaction, place: Place, delivery: Delivery) -> None:
    """Have something delivered, after all that waits in its lane and is from before."""
    txn.put(tables.DELIVERIES, *place, value=delivery)
    if txn.get(tables.LANES, place.target, place.lane) is None:
        _set_lane(txn, place.target, place.lane, Lane(txn.now))


def enqueue_all(txn: Transaction, planned: Iterable[tuple[Place, str]], before: int, after: int) -> None:
    """Have something delivered that events from `before` to `after` of the log lead to, unless that was done."""
    if (txn.get(tables.DELIVERIES_MADE) or 0) <= before:
        for place, category in planned:
            enqueue(txn, place, Delivery(category, txn.now))
        txn.put(tables.DELIVERIES_MADE, value=after)


def waiting_targets(txn: Transaction) -> Iterator[int]:
    """The targets with lanes that have something to send."""
    found = next(txn.scan(tables.LANES_DUE), None)
    while found is not None:
        target = found[0][0]
        yield target
        found = next(txn.scan(tables.LANES_DUE, start=(target + 1,)), None)


def due_lanes(txn: Transaction, target: int, limit: int) -> list[int]:
    """Up to `limit` lanes of a target that are to be sent from now, those that have waited longest first."""
    found = islice(txn.scan(tables.LANES_DUE, target), limit)
    return [lane for (_, due_at, lane), _ in found if due_at <= txn.now]


def claim(txn: Transaction, target: int, lane: int) -> Claimed | None:
    """The next delivery of a lane, with the note that it is attempted; None when there is none."""
    found = next(txn.scan(tables.DELIVERIES, target, lane), None)
    if found is None:
        _set_lane(txn, target, lane, None)
        return None
    key, delivery = found
    attempted = replace(delivery, attempts=delivery.attempts + 1)
    txn.put(tables.DELIVERIES, *key, value=attempted)
    return Claimed(Place(*key), attempted)


def settle(txn: Transaction, claimed: Claimed, outcome: Outcome, goes_on: bool = True) -> Claimed | None:
    """Note what became of an attempt; the next delivery of the lane, None when it is empty or has to wait.

    Without `goes_on` the lane waits until the others that are due had their turn.
    """
    place, delivery = claimed
    note_attempt(txn, claimed, outcome)
    if txn.get(tables.DELIVERIES, *place) is not None:
        is_over = outcome.is_delivered or delivery.category == TEST
        if not is_over and txn.now - delivery.queued_at < GIVE_UP_MS:
            _postpone(txn, place)
            return None
        txn.delete(tables.DELIVERIES, *place)
        if not is_over:
            bury(txn, place, delivery, outcome.reason or f"The answer was {outcome.status}.")
    lane = txn.get(tables.LANES, place.target, place.lane)
    if lane is not None and (not goes_on or (lane.failures and outcome.is_delivered)):
        _set_lane(txn, place.target, place.lane, Lane(txn.now))
    if goes_on:
        return claim(txn, place.target, place.lane)
    _drop_if_empty(txn, place.target, place.lane)
    return None


def drop(txn: Transaction, claimed: Claimed) -> Claimed | None:
    """Forget a delivery that there is nobody to make to; the next one of its lane."""
    txn.delete(tables.DELIVERIES, *claimed.place)
    return claim(txn, claimed.place.target, claimed.place.lane)


def clear(txn: Transaction, target: int, limit: int) -> bool:
    """Forget up to `limit` deliveries that a target wants no more, but for tests. False when none are left."""
    keys = [key for key, _ in islice(txn.scan(tables.DELIVERIES, target, start=(TEST_LANE + 1,)), limit)]
    for key in keys:
        txn.delete(tables.DELIVERIES, *key)
    for lane in {key[1] for key in keys}:
        _drop_if_empty(txn, target, lane)
    return len(keys) == limit


def revive(txn: Transaction, place: Place, delivery: Delivery) -> None:
    """Have something delivered once more that was given up, at once: its lane waits no longer."""
    enqueue(txn, place, replace(delivery, queued_at=txn.now))
    _set_lane(txn, place.target, place.lane, Lane(txn.now))


def _postpone(txn: Transaction, place: Place) -> None:
    failures = txn.require(tables.LANES, place.target, place.lane).failures
    pause = BACKOFF[min(failures, len(BACKOFF) - 1)] * 1000
    _set_lane(txn, place.target, place.lane, Lane(txn.now + pause, failures + 1))


def _drop_if_empty(txn: Transaction, target: int, lane: int) -> None:
    if next(txn.scan(tables.DELIVERIES, target, lane), None) is None:
        _set_lane(txn, target, lane, None)


def _set_lane(txn: Transaction, target: int, number: int, lane: Lane | None) -> None:
    """Note when a lane is due, or that it is empty."""
    before = txn.get(tables.LANES, target, number)
    if before is not None:
        txn.delete(tables.LANES_DUE, target, before.due_at, number)
    if lane is None:
        txn.delete(tables.LANES, target, number)
        return
    txn.put(tables.LANES, target, number, value=lane)
    txn.put(tables.LANES_DUE, target, lane.due_at, number)
