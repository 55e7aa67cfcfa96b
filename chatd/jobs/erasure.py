"""Carrying out requests of persons to be forgotten, in the background."""

from __future__ import annotations

import logging

import trio

from chatd.domain.tenants import applications
from chatd.domain.upkeep import erasure
from chatd.errors import ServerError
from chatd.jobs.files import remove_discarded
from chatd.jobs.pace import MESSAGES_AT_ONCE, repeat, rest
from chatd.logs import log
from chatd.model import PrivacyRequest
from chatd.store.store import Store
from chatd.store.writer import Writer

PAUSE_SECONDS = 5.0
# What a thread reads in some milliseconds, during which the loop has less of the processor.
EVENTS_AT_ONCE = 5000
USERS_AT_ONCE = 5000
# Where nothing is found, how far it has been is kept every so many events.
KEPT_EVENTS = 200_000
CHANNELS_AT_ONCE = 50


async def erase_forever(store: Store, writer: Writer) -> None:
    """Carry out what is asked for, application by application and one request after the other, until cancelled.

    A store that cannot write now is met again after the pause. What was begun before a restart goes on.
    """
    while True:
        await trio.sleep(PAUSE_SECONDS)
        for application in store.read(0, applications.every):
            try:
                while request := await store.read_in_thread(application.number, erasure.open_request):
                    if not await _Erasure(store, writer, application.number).carry_out(request):
                        break
                    log("erased", application=application.name, request=request.number)
                    store.search.wish()
            except ServerError as error:
                log("erasure failed", logging.ERROR, application=application.name, error=error.message)


class _Erasure:
    """The steps of `domain.erasure`, with pauses between them."""

    def __init__(self, store: Store, writer: Writer, application: int) -> None:
        self._store = store
        self._writer = writer
        self._application = application

    async def carry_out(self, request: PrivacyRequest) -> bool:
        """False when it was canceled, or waits for others to remove something."""
        if request.status == erasure.SCHEDULED:
            users = await self._find(request)
            begun = await self._writer.run(self._application, erasure.begin, request.number, users)
            if begun is None:
                return False
            request = begun
        for user in request.users:
            await self._writer.run(self._application, erasure.close, user)
            await repeat(self._writer, self._application, erasure.leave, user, request.channels, CHANNELS_AT_ONCE)
        await self._walk(request)
        for user in request.users:
            await self._writer.run(self._application, erasure.forget, user)
            await self._scrub_profile(user)
        await remove_discarded(self._store, self._writer, self._application)
        done: bool = await self._writer.run(self._application, erasure.finish, request.number)
        return done

    async def _find(self, request: PrivacyRequest) -> tuple[int, ...]:
        users: list[int] = []
        start: int | None = 0
        while start is not None:
            began = trio.current_time()
            found, start = await self._store.read_in_thread(
                self._application, erasure.find, request, start, USERS_AT_ONCE
            )
            users += found
            await rest(began)
        return tuple(users)

    async def _walk(self, request: PrivacyRequest) -> None:
        """Go along the log; how far is kept with what was removed."""
        users, cursor, kept = frozenset(request.users), request.cursor, request.cursor
        is_left = bool(users)
        while is_left:
            began = trio.current_time()
            found = await self._store.read_in_thread(
                self._application, erasure.survey, users, cursor, EVENTS_AT_ONCE, MESSAGES_AT_ONCE
            )
            is_end = found.cursor - cursor < EVENTS_AT_ONCE
            if found.sequences or is_end or found.cursor - kept >= KEPT_EVENTS:
                is_left = await self._writer.run(self._application, erasure.erase, request.number, found)
                kept = found.cursor
            cursor = found.cursor
            await rest(began)

    async def _scrub_profile(self, user: int) -> None:
        start: int | None = 0
        while start is not None:
            began = trio.current_time()
            start = await self._writer.run(self._application, erasure.scrub_profile, user, start, MESSAGES_AT_ONCE)
            await rest(began)
