"""Sending announcements in the background, some channels of each application in turn."""

from __future__ import annotations

import logging

import trio

from chatd import ids
from chatd.domain.announcements.sending import give_up, send_some
from chatd.domain.announcements.timing import next_announcement
from chatd.domain.tenants import applications
from chatd.errors import Internal, RequestError, ServerError
from chatd.jobs.pace import rest
from chatd.logs import log
from chatd.store.store import Store
from chatd.store.writer import Writer

PAUSE_SECONDS = 1.0
CHANNELS_AT_ONCE = 20


async def announce_forever(store: Store, writer: Writer) -> None:
    """Go on with the announcements that are due, until cancelled. A store that cannot write now is met again later."""
    while True:
        is_left = False
        for application in store.read(0, applications.every):
            due = store.read(application.number, next_announcement)
            if due is not None and due <= ids.now_ms():
                try:
                    is_left |= await _announce(writer, application.number)
                except ServerError as error:
                    log("announcements wait", logging.ERROR, application=application.name, error=error.message)
        if not is_left:
            await trio.sleep(PAUSE_SECONDS)


async def _announce(writer: Writer, application: int) -> bool:
    """Send a few messages; whether there may be more. What cannot be sent ends. Raises ServerError."""
    began = trio.current_time()
    try:
        is_left: bool = await writer.run(application, send_some, CHANNELS_AT_ONCE)
    except (RequestError, Internal) as error:
        log("an announcement cannot be sent", logging.ERROR, error=error.message)
        await writer.run(application, give_up)
        return True
    await rest(began)
    return is_left
