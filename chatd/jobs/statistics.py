"""Counting what happens, beside everything else: from the logs, and from what the gateway has seen.

It follows the log by a cursor in the store, in a thread; what it has counted is written with the cursor, so a killed
server counts nothing twice and leaves nothing out. No commit waits for it.
"""

from __future__ import annotations

import logging
from typing import Final

import trio

from chatd.domain.statistics import generations
from chatd.domain.statistics.counting import count
from chatd.domain.statistics.noting import add_counters, keep_active, places_of
from chatd.domain.stream import top
from chatd.domain.tenants import applications
from chatd.errors import ServerError
from chatd.gateway.activity import Seen
from chatd.gateway.hub import Hub
from chatd.jobs.pace import repeat, rest
from chatd.logs import log
from chatd.model import Application, Counting
from chatd.store import tables
from chatd.store.store import Store
from chatd.store.transaction import Transaction
from chatd.store.writer import Writer

# How old figures may be. Each time the day's sets are written anew.
PAUSE_SECONDS: Final = 10.0
EVENTS_AT_ONCE: Final = 2000
PLACES_AT_ONCE: Final = 20_000

_log = logging.getLogger("chatd.statistics")


async def count_forever(counter: Counter) -> None:
    """Count what happens in all applications, until cancelled."""
    while True:
        await trio.sleep(PAUSE_SECONDS)
        await counter.turn()


class Counter:
    """Brings the counts of applications up to date."""

    def __init__(self, store: Store, writer: Writer, hub: Hub) -> None:
        self._store = store
        self._writer = writer
        self._hub = hub
        self._activity = hub.activity

    async def turn(self) -> None:
        """Count what is new in every application. What fails is tried again the next time."""
        self._activity.turn(self._hub.everybody())
        for application in self._store.read(0, applications.every):
            await self._try(application)

    async def _try(self, application: Application) -> None:
        try:
            await self._follow(application.number)
            await self._note(application.number)
            if self._store.read(application.number, generations.is_unclean):
                await repeat(self._writer, application.number, generations.clear)
        except ServerError as error:
            log("nothing was counted", logging.ERROR, application=application.name, error=error.message)
        except Exception:
            # A mistake of ours in one application must not reach the others, nor those who send.
            _log.exception("an application could not be counted")

    async def _follow(self, application: int) -> None:
        """Count the log up to its end: in the generation that answers, and in the one that is made anew."""
        counting = self._store.read(application, _counting)
        if counting is None:
            await self._writer.run(application, generations.begin)
            counting = Counting()
        last = self._store.read(application, top).sequence
        await self._advance(application, counting.live, last)
        if counting.coming:
            await self._advance(application, counting.coming, last)
            await repeat(self._writer, application, generations.mend)

    async def _advance(self, application: int, generation: int, last: int) -> None:
        while self._store.read(application, _cursor, generation) < last:
            began = trio.current_time()
            counted = await self._store.read_in_thread(application, count, generation, EVENTS_AT_ONCE, last)
            await self._writer.run(application, generations.keep, counted)
            await rest(began)

    async def _note(self, application: int) -> None:
        """Write down who was there, and what was done for them; what cannot be written waits."""
        for seen, users in self._activity.take_users(application).items():
            try:
                users -= await self._keep(application, seen, users)
            finally:
                self._activity.give_back_users(application, seen, users)
        for day, counters in self._activity.take_counters(application).items():
            try:
                await self._writer.run(application, add_counters, day, dict(counters))
                counters.clear()
            finally:
                self._activity.give_back_counters(application, day, counters)

    async def _keep(self, application: int, seen: Seen, users: set[int]) -> set[int]:
        """Write down who was there on a day; who has been. Whom the log was not yet counted up to has not."""
        places, unknown = await self._store.read_in_thread(application, places_of, users)
        for begin in range(0, len(places), PLACES_AT_ONCE):
            part = places[begin : begin + PLACES_AT_ONCE]
            await self._writer.run(application, keep_active, seen.day, part, seen.platform)
        return users - unknown


def _cursor(txn: Transaction, generation: int) -> int:
    return txn.require(tables.GENERATIONS, generation).cursor


def _counting(txn: Transaction) -> Counting | None:
    return txn.get(tables.COUNTING)
