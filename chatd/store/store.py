"""The store: one LMDB environment, read through a snapshot on the loop, changed only by the writer."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar, TypeVarTuple, cast

import lmdb
import trio

from chatd.errors import ChatdError, Overloaded, StartError, StorageFailed
from chatd.store import growth, tables
from chatd.store.backup import DATA, Scheduled, back_up
from chatd.store.birth import make_missing
from chatd.store.blob_copies import named
from chatd.store.blobs import FILES, Blobs
from chatd.store.changes import Changes
from chatd.store.copy import BESIDE, Pace, Progress
from chatd.store.files import (
    existing_databases,
    lock_directory,
    open_databases,
    open_environment,
    share,
    stored_format,
)
from chatd.store.findings import Findings
from chatd.store.gate import Gate
from chatd.store.integrity import check_pages, check_tables
from chatd.store.remembering import UNKNOWN, Brief, Remembering, Seen, remember
from chatd.store.search import Search
from chatd.store.table import Table
from chatd.store.transaction import Transaction, WriteTransaction
from chatd.store.upgrade import upgrade

R = TypeVar("R")
P = ParamSpec("P")
Args = TypeVarTuple("Args")
Function = Callable[Concatenate[Transaction, P], R]

# Long reads run beside the loop, but not so many that they starve it.
MAX_READ_THREADS = 4
MAX_WAITING_READS = 1000
READ_WAIT_SECONDS = 10.0
# Rows: a page of the largest size, and about what it costs the loop to have a thread look through them.
BRIEF_ROWS = 120
# The map doubles each time: a file for which this is too few is damaged.
OPENING_ATTEMPTS = 20

_HEAD_PAGES = 2

_log = logging.getLogger("chatd.store")


class Store:
    """An open store. `read` is for the thread that opened it.

    `gate` is for what changes the environment under threads that read. `is_stale` says that the snapshot could not be
    renewed, which the writer can mend; `is_open` is False when the environment could not be opened anew. `scheduled`
    says what became of backups.
    """

    def __init__(
        self, directory: Path, environment: lmdb.Environment, databases: dict[int, Any], opened: ExitStack
    ) -> None:
        self.directory = directory
        self.environment = environment
        self.databases = databases
        self.blobs = Blobs(directory / FILES)
        self.gate = Gate()
        self.scheduled = Scheduled()
        self.is_stale = False
        self.is_open = True
        self._map_size = self.map_size()
        self._snapshot: lmdb.Transaction = environment.begin()
        self._seen: Seen = {}
        self._read_threads = trio.CapacityLimiter(MAX_READ_THREADS)
        self._lock: int | None = None
        self.search = Search(directory)
        self._opened = opened.pop_all()

    @classmethod
    def open(cls, directory: Path, map_size: int) -> Store:
        """Open or make the store in `directory`. `map_size` is that of its map, in bytes, until it needs a larger one.

        An older one is upgraded. Raises StartError when the directory cannot be used or holds something else.
        """
        return _opened(directory, lambda: cls._open(directory, map_size))

    @classmethod
    def open_readonly(cls, directory: Path, map_size: int) -> Store:
        """Open the store that is in `directory`, also an older one, or a backup's. Raises StartError."""
        return _opened(directory, lambda: cls._open_readonly(directory, map_size))

    @classmethod
    def _open(cls, directory: Path, map_size: int) -> Store:
        with ExitStack() as opened:
            use = share(directory, make=True)
            opened.callback(os.close, use)
            make_missing(directory, map_size)
            environment = opened.enter_context(open_environment(directory, map_size))
            growth.enlarge_if_due(environment)
            databases = open_databases(environment, directory)
            upgrade(directory, environment, databases, use)
            return cls(directory, environment, databases, opened)

    @classmethod
    def _open_readonly(cls, directory: Path, map_size: int) -> Store:
        with ExitStack() as opened:
            opened.callback(os.close, share(directory))
            environment = opened.enter_context(open_environment(directory, map_size, readonly=True))
            databases = existing_databases(environment, directory)
            growth.enlarge_if_due(environment)
            return cls(directory, environment, databases, opened)

    def lock(self) -> None:
        """Claim the directory for serving. Raises StartError when another process has it."""
        self._lock = lock_directory(self.directory)

    def read(self, application: int, function: Function[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        """Run `function` on the snapshot: exactly what has been published."""
        return function(Remembering(application, self._snapshot, self.databases, self._seen), *args, **kwargs)

    def read_once(self, application: int, function: Callable[[Transaction, *Args], R], *args: *Args) -> R:
        """The same as `read`, of what depends on nothing but the store and `args`: it is remembered."""
        place = (function, application, *args)
        found: Any = self._seen.get(place, UNKNOWN)
        if found is UNKNOWN:
            found = self.read(application, function, *args)
            remember(self._seen, place, found)
        return cast("R", found)

    def read_briefly(self, application: int, function: Function[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        """The same as `read`, for what looks through no more than BRIEF_ROWS rows. Raises TooMuch for more."""
        left = iter(range(BRIEF_ROWS))
        return function(Brief(application, self._snapshot, self.databases, self._seen, left), *args, **kwargs)

    def read_now(self, application: int, function: Function[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        """Run `function` on what is committed now; in any thread. Raises StorageFailed when there is no view of it."""
        with self.reading() as raw:
            return function(Transaction(application, raw, self.databases, self.search), *args, **kwargs)

    async def read_in_thread(self, application: int, function: Function[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        """Run a function that may take long in a worker thread, on what is committed now.

        Raises Overloaded when too many wait, or this one has waited too long. Once begun it is not cancelled: a
        thread cannot be, and the environment must not be closed under it.
        """

        def work() -> R:
            return self.read_now(application, function, *args, **kwargs)

        if self._read_threads.statistics().tasks_waiting >= MAX_WAITING_READS:
            raise Overloaded("The server has more to read than it can take; try again.")
        try:
            with trio.fail_after(READ_WAIT_SECONDS):
                return await trio.to_thread.run_sync(work, limiter=self._read_threads)
        except trio.TooSlowError as error:
            raise Overloaded("The server has more to read than it can take; try again.") from error

    @contextmanager
    def reading(self) -> Iterator[lmdb.Transaction]:
        """What is committed now, in any thread. Raises StorageFailed when LMDB lets nobody read at this moment."""
        with self.gate.inside():
            try:
                raw = self.environment.begin()
            except lmdb.Error as error:
                self.is_stale = True
                raise StorageFailed("The store cannot be read at this moment; try again.") from error
            with raw:
                yield raw

    def write_now(self, application: int, function: Function[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        """Run `function` in a transaction of its own and commit it: for a process that does not serve.

        A server beside it notices the events and publishes them. Raises StorageFailed when the disk refuses. In a
        map that is too small the function runs once more, when it is larger.
        """
        while True:
            try:
                with self.environment.begin(write=True) as raw:
                    changes = Changes()
                    txn = WriteTransaction(application, raw, self.databases, changes, [])
                    result, refusal = _outcome(function, txn, *args, **kwargs)
                    changes.flush(raw, self.databases)
                if refusal is not None:
                    raise refusal
                return cast("R", result)
            except lmdb.MapFullError:
                self.swap(self.enlarge)
            except lmdb.MapResizedError:
                self.swap(self.adopt)
            except lmdb.Error as error:
                raise StorageFailed(f"The store cannot be written: {error}") from error

    def refresh(self) -> None:
        """Move the snapshot to what is committed now."""
        self.show(self.view())

    def view(self) -> lmdb.Transaction | None:
        """What is committed now, for `show`; may be called in another thread.

        None when LMDB gives none, as after a fatal I/O error.
        """
        try:
            return self.environment.begin()
        except lmdb.Error as error:
            if not self.is_stale:
                _log.error("no new snapshot", extra={"error": str(error)})
            self.is_stale = True
            return None

    def show(self, view: lmdb.Transaction | None) -> None:
        """Move the snapshot to a view. Without one the old snapshot stays, so that readers live on."""
        if view is not None:
            self._snapshot.abort()
            self._snapshot, self._seen = view, {}

    def swap(self, change: Callable[[], None]) -> None:
        """Change the environment, and read from then on what it is then.

        For the thread that opened the store, while nobody else uses it and no view is left: see `upkeep`. Raises what
        the change raises.
        """
        self._snapshot.abort()
        self._seen = {}
        try:
            change()
        finally:
            # What did not change, or not yet, can be read as before.
            with suppress(lmdb.Error):
                self._snapshot, self._seen = self.environment.begin(), {}
                self.is_stale = False

    def enlarge(self) -> None:
        """Double the map, for `swap`."""
        growth.enlarge(self.environment)
        _log.info("the map has grown", extra={"bytes": self.map_size()})

    def adopt(self) -> None:
        """Take the size that another process has given the map, for `swap`."""
        growth.adopt(self.environment)

    def reopen(self) -> None:
        """Close the environment and open it again, for `swap`: LMDB does no more with it after a fatal error.

        Raises StartError when it cannot be opened; then there is nothing to read until a later call has.
        """
        if self.is_open:
            self._map_size = self.map_size()
        self.is_open = False
        self.environment.close()
        self.environment = open_environment(self.directory, self._map_size)
        self.databases = open_databases(self.environment, self.directory)
        self.is_open = True

    def forget_killed_readers(self) -> int:
        """Free the places of readers whose processes were killed: they keep old pages in use. How many there were."""
        return self.environment.reader_check()

    def close(self) -> None:
        """Close the environment; no transaction may be in use."""
        self._snapshot.abort()
        self.environment.close()
        self._opened.close()
        if self._lock is not None:
            os.close(self._lock)

    def back_up(self, directory: Path, progress: Progress = lambda _: None, pace: Pace = BESIDE) -> Path:
        """Write a backup of what is committed now, as `backup.back_up`: for a process that does not serve."""
        return back_up(self.environment, self.blobs, directory, progress, pace)

    def live_bytes(self) -> int:
        """Bytes of the pages that hold something: about what a compact copy takes."""
        raw = self._snapshot
        directory: Any = self.environment.stat()
        held = sum(_bytes(raw.stat(database)) for database in self.databases.values())
        return held + _bytes(directory) + _HEAD_PAGES * int(directory["psize"])

    def file_bytes(self) -> int:
        """Bytes of the files of all messages."""
        return sum(file.size for _, file in self.read(0, named))

    def readers(self) -> list[tuple[int, int]]:
        """Who reads, in any process: the process, and how many commits old what it sees is."""
        last = self.environment.info()["last_txnid"]
        rows = [line.split() for line in self.environment.readers().splitlines()[1:]]
        return [(int(row[0]), last - int(row[2])) for row in rows if row[2].isdigit()]

    def used_bytes(self) -> int:
        """Bytes of the map that have ever been in use."""
        page_size: int = self.environment.stat()["psize"]
        return (self.environment.info()["last_pgno"] + 1) * page_size

    def map_size(self) -> int:
        """Bytes of the map: what the file may grow to before the map has to."""
        size: int = self.environment.info()["map_size"]
        return size

    def entries(self) -> dict[str, int]:
        """The number of keys in each table, over all applications."""
        raw = self._snapshot
        return {table.name: raw.stat(self.databases[table.number])["entries"] for table in self.present_tables()}

    def table_bytes(self) -> dict[str, int]:
        """Bytes of the pages of each table."""
        raw = self._snapshot
        return {table.name: _bytes(raw.stat(self.databases[table.number])) for table in self.present_tables()}

    def present_tables(self) -> list[Table[Any]]:
        """The tables that the file has; an older one lacks some when it is only read."""
        return [table for table in tables.ALL if table.number in self.databases]

    def format(self) -> int:
        """The format that the file says it has."""
        return stored_format(self._snapshot, self.databases)

    def check_pages(self, findings: Findings) -> bool:
        """Note what is wrong with the pages of the file, as `integrity.check_pages`."""
        return check_pages(self.directory / DATA, findings)

    def check_tables(self, findings: Findings, advance: Callable[[int], None]) -> bool:
        """Note what cannot be read of the tables, as `integrity.check_tables`."""
        return check_tables(self._snapshot, self.databases, findings, advance)


def _opened(directory: Path, open_once: Callable[[], Store]) -> Store:
    """Open a store: again, when another process has enlarged the map between two steps of that. Raises StartError."""
    for _ in range(OPENING_ATTEMPTS):
        try:
            return open_once()
        except lmdb.MapResizedError:
            _log.info("another process has enlarged the map; opening again")
    raise StartError(f"{directory}: the store is damaged: it has more pages than its map, whenever it is opened.")


def _outcome(
    function: Function[P, R], txn: Transaction, *args: P.args, **kwargs: P.kwargs
) -> tuple[R | None, ChatdError | None]:
    """What a function returns, or the error with which it wants to be kept what it wrote; another one is raised."""
    try:
        return function(txn, *args, **kwargs), None
    except ChatdError as error:
        if not error.keeps:
            raise
        return None, error


def _bytes(stat: Any) -> int:
    pages: int = stat["branch_pages"] + stat["leaf_pages"] + stat["overflow_pages"]
    return pages * int(stat["psize"])
