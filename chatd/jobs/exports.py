"""Making the files that backends have asked for, and removing them in time."""

from __future__ import annotations

import logging
import secrets
from contextlib import closing
from functools import partial

import trio

from chatd.domain.exports import progress
from chatd.domain.tenants import applications
from chatd.errors import ServerError
from chatd.jobs.pace import rest
from chatd.logs import log
from chatd.model import Export
from chatd.store.blobs import Kept
from chatd.store.store import Store
from chatd.store.work import Packing, Work
from chatd.store.writer import Writer

PAUSE_SECONDS = 2.0
# How far it is goes to the store with so many bytes, or slices in which nothing was found.
KEPT_BYTES = 2 << 20
KEPT_SLICES = 100


async def export_forever(store: Store, writer: Writer, reserve: int) -> None:
    """Make what is asked for, one export after the other, leaving `reserve` bytes of the disk free, until cancelled.

    A store that cannot write now is met again after the pause. What was begun before a restart goes on.
    """
    while True:
        await trio.sleep(PAUSE_SECONDS)
        for application in store.read(0, applications.every):
            try:
                await _remove_expired(store, writer, application.number)
                while export := store.read(application.number, progress.waiting):
                    await _Making(store, writer, application.number, reserve).make(export)
                    log("exported", application=application.name, export=export.number)
            except ServerError as error:
                log("export failed", logging.ERROR, application=application.name, error=error.message)


async def _remove_expired(store: Store, writer: Writer, application: int) -> None:
    numbers = store.read(application, progress.expired)
    if numbers:
        await writer.run(application, progress.remove, numbers)


class _Making:
    """The steps of `domain.exports.progress`, with pauses between them."""

    def __init__(self, store: Store, writer: Writer, application: int, reserve: int) -> None:
        self._store = store
        self._writer = writer
        self._application = application
        self._reserve = reserve

    async def make(self, asked: Export) -> None:
        """Make an export, or go on with it. It is given up when it is forgotten meanwhile."""
        name = f"export-{self._application}-{asked.number}"
        work = await trio.to_thread.run_sync(Work, self._store.blobs, name, asked.size, self._reserve)
        with closing(work):
            export: Export | None = asked
            if work.is_new:
                begin = progress.begin, asked.number, secrets.token_hex(16)
                export = await self._writer.run(self._application, *begin)
            complete = await self._write(work, export) if export else None
            if complete is not None:
                await self._pack(work, complete)
        await trio.to_thread.run_sync(work.remove)

    async def _write(self, work: Work, export: Export) -> Export | None:
        """Write section after section; None when the export was forgotten."""
        waiting, slices = bytearray(), 0
        while True:
            began = trio.current_time()
            data, after = await self._store.read_in_thread(self._application, progress.section, export)
            waiting += data
            slices += 1
            if after is None or len(waiting) >= KEPT_BYTES or slices >= KEPT_SLICES:
                await trio.to_thread.run_sync(work.append, bytes(waiting))
                if not await self._writer.run(self._application, progress.advance, after or export):
                    return None
                waiting.clear()
                slices = 0
            if after is None:
                return export
            export = after
            await rest(began)

    async def _pack(self, work: Work, export: Export) -> None:
        pack = partial(Packing, self._store.blobs, work.path, progress.parts(export), self._reserve)
        packing = await trio.to_thread.run_sync(pack)
        with closing(packing):
            is_more = True
            while is_more:
                began = trio.current_time()
                is_more = await trio.to_thread.run_sync(packing.step)
                await rest(began)
            kept: Kept = await trio.to_thread.run_sync(packing.keep, self._application, export.file_id)
        finish = progress.finish, export.number, kept.size, kept.sha256
        if not await self._writer.run(self._application, *finish):
            await trio.to_thread.run_sync(self._store.blobs.remove, self._application, [export.file_id])
