"""Removing what deleted channels and applications leave behind, in the background."""

from __future__ import annotations

import os

import trio

from chatd.domain.tenants import applications, unlisted
from chatd.domain.upkeep.purge import purge
from chatd.errors import ServerError, StartError
from chatd.jobs.pace import MESSAGES_AT_ONCE, repeat
from chatd.logs import log
from chatd.store.files import lock_arrivals
from chatd.store.store import Store
from chatd.store.writer import Writer

PAUSE_SECONDS = 10.0
ROWS_AT_ONCE = 1000


async def purge_forever(store: Store, writer: Writer) -> None:
    """Remove the messages of deleted channels in small transactions, until cancelled.

    A store that cannot write now is met again after the pause. So are pages that a killed process kept from use.
    """
    left: set[int] = set()
    while True:
        await trio.sleep(PAUSE_SECONDS)
        store.forget_killed_readers()
        left = await clear_leaving(store, writer, left)
        for application in store.read(0, applications.every):
            try:
                await repeat(writer, application.number, purge, MESSAGES_AT_ONCE)
            except ServerError as error:
                log("purge_failed", application=application.name, error=error.message)


async def clear_leaving(store: Store, writer: Writer, before: set[int]) -> set[int]:
    """Remove what is left of applications that were leaving a round before; those that are leaving now.

    A round later nobody writes to them any more: their connections are closed, and what was under way has ended.
    """
    leaving = set(store.read(0, unlisted.leaving))
    try:
        if store.read(0, unlisted.is_arriving):
            await _turn_back(store, writer)
        for number in sorted(leaving & before):
            if not await trio.to_thread.run_sync(store.blobs.remove_all, number):
                break
            while await writer.run(0, unlisted.clear, number, ROWS_AT_ONCE) == ROWS_AT_ONCE:
                await trio.lowlevel.checkpoint()
    except ServerError as error:
        log("clearing_failed", error=error.message)
    return leaving


async def _turn_back(store: Store, writer: Writer) -> None:
    """What has arrived leaves again, unless its import goes on."""
    try:
        lock = lock_arrivals(store.directory)
    except StartError:
        return
    try:
        await writer.run(0, unlisted.turn_back)
    finally:
        os.close(lock)
