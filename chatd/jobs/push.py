"""Notifying devices of new messages: from the log into queues in the store, and from there to their services.

As deliveries to webhooks are made (`chatd.jobs.deliveries`): whom to tell is in the store before the cursor passes a
message, and an attempt is noted before it is made. A lane is a device: one that fails holds up no other.
"""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Callable
from typing import Final

import trio

from chatd import ids
from chatd.domain.deliveries.places import Claimed, Outcome
from chatd.domain.deliveries.queue import claim, due_lanes
from chatd.domain.push.notices import prepare_push
from chatd.domain.push.planning import enqueue_pushes, plan_pushes, push_cursor
from chatd.domain.push.settling import Verdict, settle_push
from chatd.domain.stream import top
from chatd.domain.tenants import applications
from chatd.errors import OutgoingFailed, OutgoingRefused, ServerError
from chatd.jobs.notifier import Notifier
from chatd.logs import log
from chatd.model.webhooks import PUSH
from chatd.store.store import Store
from chatd.store.writer import Writer

PAUSE_SECONDS: Final = 0.25
# After what went wrong on our side, before it is tried again.
RETRY_SECONDS: Final = 10.0
DEVICES_AT_ONCE: Final = 64
# A device for which more waits makes room for others.
NOTICES_IN_A_ROW: Final = 20
# Slices of work of an application, before others have their turn.
SLICES_IN_A_ROW: Final = 20

_log = logging.getLogger("chatd.push")

IsOnline = Callable[[int, int], bool]


async def push_forever(store: Store, writer: Writer, notifier: Notifier, is_online: IsOnline) -> None:
    """Follow the logs of all applications whose users have devices, and notify who is not there, until cancelled."""
    async with trio.open_nursery() as nursery:
        pushing = _Pushing(store, writer, notifier, is_online, nursery)
        while True:
            await pushing.turn()
            await trio.sleep(PAUSE_SECONDS)


class _Pushing:
    """Plans and notifies.

    `_busy` are devices under way, by application; `_resting` is until when an application is left alone.
    """

    def __init__(
        self, store: Store, writer: Writer, notifier: Notifier, is_online: IsOnline, nursery: trio.Nursery
    ) -> None:
        self._store = store
        self._writer = writer
        self._notifier = notifier
        self._is_online = is_online
        self._nursery = nursery
        self._busy: defaultdict[int, set[int]] = defaultdict(set)
        self._resting: dict[int, float] = {}

    async def turn(self) -> None:
        """Look once at every application. One in which nobody ever had a device costs a single look."""
        for application in self._store.read(0, applications.every):
            number = application.number
            if self._store.read(number, push_cursor) is None or self._resting.get(number, 0.0) > trio.current_time():
                continue
            try:
                await self._plan(number)
                self._dispatch(number)
            except ServerError as error:
                log("nobody was notified", logging.ERROR, application=application.name, error=error.message)
            except Exception:
                # A mistake of ours in one application must not reach the others, nor those who send.
                _log.exception("notifications could not be planned")
                self._resting[number] = trio.current_time() + RETRY_SECONDS

    async def _plan(self, application: int) -> None:
        """Bring into the queue whom to tell, a slice at a time."""
        cursor = self._store.read(application, push_cursor)
        last = self._store.read(application, top).sequence
        for _ in range(SLICES_IN_A_ROW):
            if cursor is None or cursor.sequence >= last:
                return
            plan = await self._store.read_in_thread(application, plan_pushes, cursor)
            away = [each for each in plan.wanted if not self._is_online(application, each.user)]
            await self._writer.run(application, enqueue_pushes, plan._replace(wanted=away))
            cursor = plan.after

    def _dispatch(self, application: int) -> None:
        """Begin with devices that are due, as long as there is room."""
        busy = self._busy[application]
        lanes = self._store.read(application, due_lanes, PUSH, DEVICES_AT_ONCE + len(busy))
        for lane in [each for each in lanes if each not in busy][: DEVICES_AT_ONCE - len(busy)]:
            busy.add(lane)
            self._nursery.start_soon(self._carry, application, lane)

    async def _carry(self, application: int, lane: int) -> None:
        """Tell a device what waits for it, until that is nothing, has to wait, or has had its turn."""
        try:
            claimed = await self._writer.run(application, claim, PUSH, lane)
            count = 1
            while claimed is not None:
                outcome, verdict = await self._attempt(application, claimed)
                goes_on = count < NOTICES_IN_A_ROW
                claimed = await self._writer.run(application, settle_push, claimed, outcome, verdict, goes_on)
                count += 1
        except ServerError as error:
            log("a notification was not noted", logging.ERROR, application=application, error=error.message)
            await trio.sleep(RETRY_SECONDS)
        finally:
            self._busy[application].discard(lane)

    async def _attempt(self, application: int, claimed: Claimed) -> tuple[Outcome, Verdict]:
        """Tell a device something; what became of it."""
        began, at = trio.current_time(), ids.now_ms()
        status, reason, verdict = 0, "", Verdict.AGAIN
        try:
            notice = await self._store.read_in_thread(application, prepare_push, claimed)
            if notice is None:
                return Outcome(0, "It is wanted no more.", at, 0), Verdict.OVER
            status, verdict = await self._notifier.tell(notice)
        except OutgoingRefused as error:
            # An address that may not be asked will not become one.
            reason, verdict = error.message, Verdict.OVER
        except OutgoingFailed as error:
            reason = error.message
        except Exception:
            # A mistake of ours in one notification must not reach the others, nor those who send.
            _log.exception("a notification could not be made")
            reason = "The server made a mistake."
        return Outcome(status, reason, at, round((trio.current_time() - began) * 1000)), verdict
