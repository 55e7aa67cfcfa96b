"""Removing the blobs that nothing uses."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Sequence

import trio

from chatd.domain.messages.discarding import discard_unnamed, discarded, expire, expired, forget, unnamed
from chatd.domain.tenants import applications
from chatd.errors import ServerError
from chatd.logs import log
from chatd.store.blobs import Blobs
from chatd.store.store import Store
from chatd.store.writer import Writer

PAUSE_SECONDS = 30.0
AT_ONCE = 200
SWEEP_SECONDS = 24 * 60 * 60.0
# What is younger may be on its way: a blob is on disk before anything names it.
SETTLED_SECONDS = 24 * 60 * 60.0


async def remove_files_forever(store: Store, writer: Writer) -> None:
    """Remove uploads that were not sent in time and files of deleted messages, until cancelled.

    Once a day it looks for blobs that nothing names. A store that cannot write now is met again after the pause.
    """
    swept = -SWEEP_SECONDS
    while True:
        await trio.sleep(PAUSE_SECONDS)
        try:
            if trio.current_time() >= swept + SWEEP_SECONDS:
                await sweep(store, writer, time.time() - SETTLED_SECONDS)
                swept = trio.current_time()
            for application in store.read(0, applications.every):
                await remove_discarded(store, writer, application.number)
        except ServerError as error:
            log("files not removed", error=error.message)


async def remove_discarded(store: Store, writer: Writer, application: int) -> None:
    """Remove what an application has no use for, unless somebody copies it now."""
    late = await store.read_in_thread(application, expired)
    if late:
        await writer.run(application, expire, late)
    while file_ids := store.read(application, discarded, AT_ONCE):
        if not await trio.to_thread.run_sync(_remove, store.blobs, application, file_ids):
            return
        await writer.run(application, forget, file_ids)


async def sweep(store: Store, writer: Writer, before: float) -> None:
    """Find what killed processes have left, written before a moment (seconds): discard what nothing names."""
    left = await trio.to_thread.run_sync(_settled, store.blobs, before)
    numbers = {application.number for application in store.read(0, applications.every)}
    for application, file_ids in left.items():
        for start in range(0, len(file_ids), AT_ONCE):
            some = file_ids[start : start + AT_ONCE]
            if application not in numbers:
                await trio.to_thread.run_sync(_remove, store.blobs, application, some)
                continue
            unknown = await store.read_in_thread(application, unnamed, some)
            if unknown:
                log("files without a message", application=application, count=len(unknown))
                await writer.run(application, discard_unnamed, unknown)


def _settled(blobs: Blobs, before: float) -> dict[int, list[str]]:
    blobs.forget_incoming(before)
    found = defaultdict(list)
    for application, blob in blobs.present():
        if blob.written_at < before:
            found[application].append(blob.file_id)
    return found


def _remove(blobs: Blobs, application: int, file_ids: Sequence[str]) -> bool:
    with blobs.removing() as is_free:
        if is_free:
            blobs.remove(application, file_ids)
    return is_free
