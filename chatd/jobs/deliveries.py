"""Telling other servers what happens: from the log into queues in the store, and from there to them.

It follows the log by a cursor in the store. What is to be told is in a queue before the cursor passes it, so a killed
server loses nothing; and an attempt is noted before it is made, so what comes twice says so. In each lane one
delivery follows the other; lanes go side by side, so many of each target at a time.
"""

from __future__ import annotations

import logging
from collections import defaultdict
from contextlib import nullcontext
from typing import Final

import trio

from chatd import ids
from chatd.domain.deliveries.places import Claimed, Outcome
from chatd.domain.deliveries.queue import claim, clear, drop, due_lanes, enqueue_all, waiting_targets
from chatd.domain.stream import top
from chatd.domain.tenants import applications
from chatd.domain.webhooks.planning import APPLICATION_WEBHOOK, Prepared, beginning, conclude, plan, prepare, webhook_of
from chatd.errors import OutgoingFailed, ServerError
from chatd.logs import log
from chatd.model import Webhook
from chatd.model.webhooks import PUSH
from chatd.outgoing.client import Client, Request
from chatd.outgoing.signing import signed
from chatd.store import tables
from chatd.store.store import Store
from chatd.store.transaction import Transaction
from chatd.store.writer import Writer

PAUSE_SECONDS: Final = 0.25
# After what went wrong on our side, before the lane is tried again.
RETRY_SECONDS: Final = 10.0
EVENTS_AT_ONCE: Final = 200
LANES_AT_ONCE: Final = 16
# Of all bots together, so that many of them whose programs are silent do not take all sockets.
BOT_LANES_AT_ONCE: Final = 64
# A lane that has more than so many makes room for others that wait.
DELIVERIES_IN_A_ROW: Final = 50
CLEARED_AT_ONCE: Final = 500
# Of the answer so much is read, and nothing of it is used but the status.
ANSWER_BYTES: Final = 1024

_log = logging.getLogger("chatd.deliveries")


async def deliver_forever(store: Store, writer: Writer, client: Client) -> None:
    """Follow the logs of all applications that have a webhook or bots, and deliver, until cancelled."""
    async with trio.open_nursery() as nursery:
        courier = _Courier(store, writer, client, nursery)
        while True:
            await courier.turn()
            await trio.sleep(PAUSE_SECONDS)


class _Courier:
    """Plans and delivers.

    `_busy` are the lanes under way, by application and target; `_resting` is until when an application is left alone.
    """

    def __init__(self, store: Store, writer: Writer, client: Client, nursery: trio.Nursery) -> None:
        self._store = store
        self._writer = writer
        self._client = client
        self._nursery = nursery
        self._bots = trio.CapacityLimiter(BOT_LANES_AT_ONCE)
        self._resting: dict[int, float] = {}
        self._busy: defaultdict[tuple[int, int], set[int]] = defaultdict(set)

    async def turn(self) -> None:
        """Look once at every application. One that has nobody to tell costs a single look."""
        for application in self._store.read(0, applications.every):
            number = application.number
            webhook, start, is_idle = self._store.read(number, _look)
            if is_idle or self._resting.get(number, 0.0) > trio.current_time():
                continue
            try:
                await self._plan(number, webhook, start)
                self._dispatch(number)
            except ServerError as error:
                log("nothing was delivered", logging.ERROR, application=application.name, error=error.message)
            except Exception:
                # A mistake of ours in one application must not reach the others, nor those who send.
                _log.exception("deliveries could not be planned")
                self._resting[number] = trio.current_time() + RETRY_SECONDS

    async def _plan(self, application: int, webhook: Webhook, start: int | None) -> None:
        """Bring what happened into the queue; of a webhook that is switched off, empty it."""
        if not webhook.is_enabled and self._store.read(application, _has_events):
            await self._writer.run(application, clear, APPLICATION_WEBHOOK, CLEARED_AT_ONCE)
        if start is None:
            return
        made = max(self._store.read(application, _deliveries_made), start)
        while made < self._store.read(application, top).sequence:
            planned = await self._store.read_in_thread(application, plan, webhook, made, EVENTS_AT_ONCE)
            await self._writer.run(application, enqueue_all, planned.deliveries, made, planned.cursor)
            made = planned.cursor

    def _dispatch(self, application: int) -> None:
        """Begin with lanes that are due, as long as there is room."""
        for target in self._store.read(application, _targets):
            busy = self._busy[application, target]
            lanes = self._store.read(application, due_lanes, target, LANES_AT_ONCE + len(busy))
            for lane in [each for each in lanes if each not in busy][: LANES_AT_ONCE - len(busy)]:
                busy.add(lane)
                self._nursery.start_soon(self._carry, application, target, lane)

    async def _carry(self, application: int, target: int, lane: int) -> None:
        """Deliver what waits in a lane, until it is empty, has to wait, or has had its turn."""
        try:
            async with self._bots if target != APPLICATION_WEBHOOK else nullcontext():
                await self._deliver(application, target, lane)
        except ServerError as error:
            log("a delivery was not noted", logging.ERROR, application=application, error=error.message)
            await trio.sleep(RETRY_SECONDS)
        finally:
            self._busy[application, target].discard(lane)

    async def _deliver(self, application: int, target: int, lane: int) -> None:
        claimed = await self._writer.run(application, claim, target, lane)
        count = 1
        while claimed is not None:
            outcome = await self._attempt(application, claimed)
            goes_on = count < DELIVERIES_IN_A_ROW
            if outcome is None:
                claimed = await self._writer.run(application, drop, claimed)
            else:
                claimed = await self._writer.run(application, conclude, claimed, outcome, goes_on)
            count += 1

    async def _attempt(self, application: int, claimed: Claimed) -> Outcome | None:
        """Deliver something; what became of it, None when there is nobody to tell."""
        began, at = trio.current_time(), ids.now_ms()
        status, reason = 0, ""
        try:
            prepared = self._store.read(application, prepare, claimed)
            if prepared is None:
                return None
            answer = await self._client.post(_request(prepared, claimed.delivery.attempts))
            status = answer.status
        except OutgoingFailed as error:
            reason = error.message
        except Exception:
            # A mistake of ours in one delivery must not reach the others, nor those who send.
            _log.exception("a delivery could not be made")
            reason = "The server made a mistake."
        return Outcome(status, reason, at, round((trio.current_time() - began) * 1000))


def _request(prepared: Prepared, attempt: int) -> Request:
    """The request of a delivery. One that the receiver may know already says so: `x-chatd-retry`."""
    headers = [("X-Chatd-Delivery", prepared.delivery_id)]
    if attempt > 1:
        headers.append(("X-Chatd-Retry", str(attempt - 1)))
    return signed(prepared.url, prepared.secret, prepared.body, ANSWER_BYTES, *headers)


def _look(txn: Transaction) -> tuple[Webhook, int | None, bool]:
    """The webhook, where there is somebody to tell since when, and whether there is nobody and nothing waits."""
    webhook = webhook_of(txn)
    start = beginning(txn, webhook)
    return webhook, start, start is None and not _targets(txn)


def _targets(txn: Transaction) -> list[int]:
    return [target for target in waiting_targets(txn) if target != PUSH]


def _deliveries_made(txn: Transaction) -> int:
    return txn.get(tables.DELIVERIES_MADE) or 0


def _has_events(txn: Transaction) -> bool:
    """Whether something waits for the webhook that is no test."""
    found = next(txn.scan(tables.DELIVERIES, APPLICATION_WEBHOOK, start=(1,)), None)
    return found is not None
