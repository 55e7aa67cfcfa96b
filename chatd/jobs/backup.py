"""Backups on a schedule."""

from __future__ import annotations

import logging
from datetime import UTC, datetime
from pathlib import Path

import trio

from chatd.config import Backup
from chatd.errors import ChatdError
from chatd.logs import log
from chatd.store.backup import complete, prune
from chatd.store.store import Store

HOUR = 3600.0
RETRY_SECONDS = 600.0


async def back_up_forever(store: Store, settings: Backup) -> None:
    """Write a backup whenever the newest one is old enough, until cancelled. One that fails is tried again soon.

    It runs in a thread, reads at one moment, and writes no faster than the disk takes it.
    """
    if not settings.directory:
        return
    directory = Path(settings.directory)
    while True:
        newest = store.scheduled.newest = await trio.to_thread.run_sync(newest_time, directory)
        await trio.sleep(seconds_until_due(newest, settings.every_hours))
        try:
            path = await trio.to_thread.run_sync(_back_up, store, directory, settings.keep)
            log("backed up", path=path)
        except ChatdError as error:
            store.scheduled.failures += 1
            log("backup failed", logging.ERROR, error=error.message)
            await trio.sleep(RETRY_SECONDS)


def _back_up(store: Store, directory: Path, keep: int) -> Path:
    path = store.back_up(directory, lambda _: trio.from_thread.check_cancelled())
    prune(directory, keep)
    return path


def newest_time(directory: Path) -> datetime | None:
    """The time of the newest backup, whoever made it, so that a restart neither skips nor repeats one."""
    found = complete(directory)
    return found[-1].manifest.time if found else None


def seconds_until_due(newest: datetime | None, every_hours: float) -> float:
    """When the next backup after the newest is due."""
    if newest is None:
        return 0.0
    age = (datetime.now(UTC) - newest).total_seconds()
    # A clock that was set back must not put it off for longer.
    return min(max(every_hours * HOUR - age, 0.0), every_hours * HOUR)
