"""Backups on a schedule."""

from __future__ import annotations

import logging
import os
import signal
import sys
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import trio

from chatd.config import Backup
from chatd.errors import ChatdError, StorageFailed
from chatd.logs import log
from chatd.store.backup import complete, prune
from chatd.store.copy import NICENESS
from chatd.store.store import Store

HOUR = 3600.0
RETRY_SECONDS = 600.0
# Who wants one now waits so long at most.
LOOK_SECONDS = 1.0
# A process that is told to end has so long to remove what it began; what is left the next backup removes.
END_SECONDS = 5.0


async def back_up_forever(store: Store, settings: Backup) -> None:
    """Write a backup whenever the newest one is old enough, until cancelled. One that fails is tried again soon.

    It runs in a process of its own, so that it takes nothing from those who are served: LMDB would let the writer wait
    for a copy in the same process when it gives up a transaction, and the map could not grow meanwhile.
    """
    if not settings.directory:
        return
    directory = Path(settings.directory)
    while True:
        newest = store.scheduled.newest = await trio.to_thread.run_sync(newest_time, directory)
        await _due(store, seconds_until_due(newest, settings.every_hours))
        try:
            log("backed up", path=await _back_up(store, directory, settings.keep))
        except ChatdError as error:
            store.scheduled.failures += 1
            log("backup failed", logging.ERROR, error=error.message)
            await trio.sleep(RETRY_SECONDS)


async def _due(store: Store, seconds: float) -> None:
    """Wait until a backup is due, or somebody wants one."""
    due = trio.current_time() + seconds
    while not store.scheduled.is_wanted and (left := due - trio.current_time()) > 0:
        await trio.sleep(min(left, LOOK_SECONDS))
    store.scheduled.is_wanted = False


async def _back_up(store: Store, directory: Path, keep: int) -> str:
    """Where the new backup is. Raises StorageFailed with what the process said."""
    arguments = [str(store.directory), str(store.map_size()), str(directory), str(keep)]
    command = [sys.executable, "-m", "chatd.jobs.backup", *arguments]
    done = await trio.run_process(command, capture_stdout=True, capture_stderr=True, check=False, deliver_cancel=_end)
    if done.returncode:
        raise StorageFailed(done.stderr.decode().strip() or f"The backup ended with status {done.returncode}.")
    return done.stdout.decode().strip()


async def _end(process: trio.Process) -> None:
    process.terminate()
    await trio.sleep(END_SECONDS)
    process.kill()


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


def main(data: Path, map_size: int, directory: Path, keep: int) -> None:
    """What the process does. Told to end, it leaves nothing behind."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    os.setpriority(os.PRIO_PROCESS, 0, NICENESS)
    try:
        with closing(Store.open_readonly(data, map_size)) as store:
            path = store.back_up(directory)
        prune(directory, keep)
    except ChatdError as error:
        sys.exit(error.message)
    sys.stdout.write(f"{path}\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3]), int(sys.argv[4]))
