"""Removing messages that are not to be kept any longer, in the background."""

from __future__ import annotations

import logging

import trio

from chatd.domain.tenants import applications
from chatd.domain.upkeep.retention import due, remove_expired
from chatd.errors import ServerError
from chatd.jobs.pace import MESSAGES_AT_ONCE, repeat, rest
from chatd.logs import log
from chatd.store.store import Store
from chatd.store.writer import Writer

PAUSE_SECONDS = 30.0
CHANNELS_AT_ONCE = 500


async def retain_forever(store: Store, writer: Writer) -> None:
    """Remove what is too old or too much, application by application, until cancelled.

    A store that cannot write now is met again after the pause.
    """
    while True:
        await trio.sleep(PAUSE_SECONDS)
        for application in store.read(0, applications.every):
            try:
                await _sweep(store, writer, application.number)
            except ServerError as error:
                log("retention failed", logging.ERROR, application=application.name, error=error.message)


async def _sweep(store: Store, writer: Writer, application: int) -> None:
    """Go once through the channels of an application that have a limit."""
    start: int | None = 0
    while start is not None:
        began = trio.current_time()
        channels, start = await store.read_in_thread(application, due, start, CHANNELS_AT_ONCE)
        await rest(began)
        for channel in channels:
            await repeat(writer, application, remove_expired, channel, MESSAGES_AT_ONCE)
