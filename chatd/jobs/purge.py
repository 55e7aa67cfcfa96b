"""Emptying deleted channels in the background."""

from __future__ import annotations

import trio

from chatd.domain import applications
from chatd.domain.purge import purge
from chatd.errors import ServerError
from chatd.jobs.pace import MESSAGES_AT_ONCE, repeat
from chatd.logs import log
from chatd.store.store import Store
from chatd.store.writer import Writer

PAUSE_SECONDS = 10.0


async def purge_forever(store: Store, writer: Writer) -> None:
    """Remove the messages of deleted channels in small transactions, until cancelled.

    A store that cannot write now is met again after the pause. So are pages that a killed process kept from use.
    """
    while True:
        await trio.sleep(PAUSE_SECONDS)
        store.forget_killed_readers()
        for application in store.read(0, applications.every):
            try:
                await repeat(writer, application.number, purge, MESSAGES_AT_ONCE)
            except ServerError as error:
                log("purge_failed", application=application.name, error=error.message)
