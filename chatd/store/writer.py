"""The writer: the only door through which a serving process changes its store."""

from __future__ import annotations

import logging
import queue
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any, NamedTuple

import lmdb
import trio

from chatd.errors import ChatdError, Internal, Overloaded, StorageFailed
from chatd.model import Publication
from chatd.store import tables
from chatd.store.changes import Changes
from chatd.store.durations import Durations
from chatd.store.memory import Memory
from chatd.store.room import take_room
from chatd.store.store import Store
from chatd.store.transaction import WriteTransaction
from chatd.store.upkeep import Upkeep

_log = logging.getLogger("chatd.store")

# Groups that are committed and not yet told; each holds a view of the store, and LMDB has room for so many readers.
MAX_UNTOLD = 64
# After a line that the disk refused, before the next one.
SILENT_SECONDS = 10.0
# The longest that the loop stands aside for functions of the writer.
ASIDE_SECONDS = 0.001

Outcome = tuple[Any, ChatdError | None]
Done = Callable[[Any, ChatdError | None], None]
Publish = Callable[[list[Publication]], None]


class Job(NamedTuple):
    """A function to run, and whom to tell. `request` is the key of the request that it will look for, or 0."""

    application: int
    function: Callable[..., Any]
    args: tuple[Any, ...]
    done: Done
    request: int = 0


class Group(NamedTuple):
    """What one commit did: for each job its result or its error, what is to be published, and how long it took.

    `view` is the store right after it: the next group may be committed before the loop hears of this one, and the
    loop must not see what it has not published. `refusal` is the disk's, empty when it kept everything.
    """

    jobs: list[Job]
    outcomes: list[Outcome]
    publications: list[Publication]
    seconds: float
    refusal: str
    view: lmdb.Transaction | None


class _Transactions(dict[int, WriteTransaction]):
    """Those of one group, by application: what they publish is collected, what one function did can be undone."""

    __slots__ = ("_changes", "_databases", "_raw", "publications")

    def __init__(
        self, raw: lmdb.Transaction, databases: dict[int, Any], changes: Changes, publications: list[Publication]
    ) -> None:
        super().__init__()
        self._raw = raw
        self._databases = databases
        self._changes = changes
        self.publications = publications

    def __missing__(self, application: int) -> WriteTransaction:
        found = self[application] = WriteTransaction(
            application, self._raw, self._databases, self._changes, self.publications
        )
        return found

    def look_ahead(self, jobs: list[Job]) -> None:
        """Before all functions run, look for their requests at once, and remember which are new: nearly all.

        LMDB lets go of the interpreter for every single look, and to take it back costs more than the look.
        """
        table = tables.REQUESTS
        asked = {table.pack(job.application, job.request): job for job in jobs if job.request}
        found = self._raw.cursor(db=self._databases[table.number]).getmulti(sorted(asked))
        for key, _ in found:
            del asked[bytes(key)]
        seen = self._changes.memory.seen
        for job in asked.values():
            seen(job.application)[table][(job.request,)] = None

    def run(self, job: Job) -> Outcome:
        """Run one function; what it changed and published counts only when it returns, or raises what `keeps` it."""
        told = len(self.publications)
        self._changes.begin()
        try:
            txn = self[job.application]
            txn.renew()
            return job.function(txn, *job.args), None
        except ChatdError as error:
            if not error.keeps:
                self._undo(told)
            return None, error
        except Exception:
            self._undo(told)
            _log.exception("a command failed")
            return None, Internal("The server made a mistake; nothing was changed.")

    def _undo(self, told: int) -> None:
        del self.publications[told:]
        self._changes.undo()
        # They hold what was remembered, which is forgotten now.
        self.clear()


class Writer:
    """Runs functions in a thread of its own, many per commit.

    A function that raises undoes only what it changed itself, unless the error `keeps` that. A group is committed with
    one fsync; then, on the loop, the snapshot is renewed, the publications go to `publish`, and the callers are told,
    all in commit order. `inbox` bounds the jobs that wait or run, `group` those of one commit. Told to stop, it
    finishes what it has within `drain_seconds` and refuses the rest.

    When the disk refuses a commit, nobody's part of it is kept and the next group tries again. `healthy` is False
    then, until a `probe` finds that the disk has room; `refused` counts the jobs. What can be mended, such as a map
    that is full, is mended and the group runs again: a function may run more than once before its commit.
    """

    def __init__(
        self, store: Store, publish: Publish, inbox: int = 10_000, group: int = 512, drain_seconds: float = 10.0
    ) -> None:
        self._store = store
        self._publish = publish
        self._inbox_limit = inbox
        self._group_limit = group
        self._drain_seconds = drain_seconds
        self._stopping = False
        self._dropping = False
        # Never empty lists but for the last one. The thread has taken jobs of which a commit has no room for all.
        self._inbox: queue.SimpleQueue[list[Job]] = queue.SimpleQueue()
        self._taken: list[Job] = []
        self._has_ended = False
        self._memory = Memory()
        # What was submitted in this turn of the loop, and whether the thread runs no functions.
        self._new: list[Job] = []
        self._has_new = trio.lowlevel.ParkingLot()
        self._ran = threading.Event()
        self._ran.set()
        self._untold = threading.BoundedSemaphore(MAX_UNTOLD)
        self._thread = threading.Thread(target=self._work, name="writer", daemon=True)
        self._token: trio.lowlevel.TrioToken | None = None
        self._upkeep = Upkeep(store, self._on_loop)
        self._silent_until = 0.0
        self.depth = 0
        self.commits = 0
        self.jobs = 0
        self.commit_seconds = 0.0
        self.durations = Durations()
        self.refused = 0
        self.healthy = True

    async def serve(self, task_status: trio.TaskStatus[None] = trio.TASK_STATUS_IGNORED) -> None:
        """Work until cancelled; then finish what was accepted, and return when all of it has been told."""
        self._token = trio.lowlevel.current_trio_token()
        self._thread.start()
        task_status.started()
        try:
            await self._hand_over()
        finally:
            self._stopping = True
            self._put_new()
            self._inbox.put([])
            # Only a disk that never answers can hold this up: LMDB must not be closed under its commit.
            with trio.CancelScope(shield=True):
                await trio.to_thread.run_sync(self._join)
                # The last groups were handed to the loop before the thread ended; let them be told.
                await trio.lowlevel.checkpoint()

    async def run(self, application: int, function: Callable[..., Any], *args: Any) -> Any:
        """The function's result after its commit. Raises what it raised, Overloaded, or StorageFailed."""
        told = trio.Event()
        answer: list[Outcome] = []

        def done(result: Any, error: ChatdError | None) -> None:
            answer.append((result, error))
            told.set()

        self.submit(application, function, args, done)
        await told.wait()
        result, error = answer[0]
        if error is not None:
            raise error
        return result

    async def probe(self) -> None:
        """Find out whether the disk takes writes, of more than a few bytes. It says so in `healthy`."""
        with suppress(StorageFailed, Overloaded):
            await self.run(0, take_room)
            if not self.healthy:
                self.healthy = True
                self._silent_until = 0.0
                _log.warning("the disk takes writes again", extra={"refused": self.refused})

    def submit(
        self, application: int, function: Callable[..., Any], args: tuple[Any, ...], done: Done, request: int = 0
    ) -> None:
        """Queue a function; `done(result, error)` is called on the loop, in commit order.

        A function that will look for a request is quicker when the key of that is given.
        Raises Overloaded when the inbox is full or the server stops; nothing was queued then.
        """
        if self._stopping:
            raise Overloaded("The server is stopping; try again.")
        if self.depth >= self._inbox_limit:
            raise Overloaded("The server has more to write than it can take; try again.")
        self.depth += 1
        self._new.append(Job(application, function, args, done, request))
        if len(self._new) == 1:
            self._has_new.unpark()

    async def _hand_over(self) -> None:
        """Hand over at once what came in one turn of the loop, and stand aside when the thread begins with it."""
        while True:
            if not self._new:
                await self._has_new.park()
            is_idle = self.depth == len(self._new)
            if is_idle:
                self._ran.clear()
            self._put_new()
            if is_idle:
                self._stand_aside()

    def _put_new(self) -> None:
        if self._new:
            self._inbox.put(self._new)
            self._new = []

    def _stand_aside(self) -> None:
        """Let the thread run its functions, but not for long.

        The interpreter is for one thread at a time. The writer's lets go of it for each row that it gives to LMDB, and
        a loop that is busy takes it then: to get it back costs the writer more than the row.
        """
        self._ran.wait(ASIDE_SECONDS)

    def _work(self) -> None:
        """The thread: take what waits, commit it, hand it to the loop."""
        while jobs := self._take():
            self._untold.acquire()
            group = self._refuse(jobs) if self._dropping else self.commit(jobs)
            assert self._token is not None
            self._token.run_sync_soon(self._tell, group)
            if not group.refusal:
                self._upkeep.after_commit()

    def _on_loop(self, function: Callable[[], None]) -> None:
        """Have the loop run a function after it was told of all groups so far, and wait for it.

        Before `serve` there is only the caller.
        """
        if self._token is None:
            function()
            return
        done = threading.Event()

        def run() -> None:
            function()
            done.set()

        self._token.run_sync_soon(run)
        done.wait()

    def _join(self) -> None:
        self._thread.join(self._drain_seconds)
        self._dropping = True
        self._thread.join()

    def _take(self) -> list[Job]:
        """Wait for jobs, and take those that wait behind them, as many as a commit may have; none at the end."""
        taken, limit = self._taken, self._group_limit
        while not self._has_ended and (not taken or (len(taken) < limit and not self._inbox.empty())):
            jobs = self._inbox.get()
            self._has_ended = not jobs
            taken += jobs
        self._taken = taken[limit:]
        return taken[:limit]

    def _refuse(self, jobs: list[Job]) -> Group:
        error = Overloaded("The server is stopping; try again.")
        return Group(jobs, [(None, error)] * len(jobs), [], 0.0, "", None)

    def commit(self, jobs: list[Job]) -> Group:
        """Run a group and commit it: what the thread does with whatever waits."""
        began = time.perf_counter()
        self._ran.clear()
        outcomes: list[Outcome] = []
        publications: list[Publication] = []
        refusal = ""
        try:
            with self._store.environment.begin(write=True) as raw:
                changes = Changes(self._memory)
                self._memory.begin(raw.id())
                transactions = _Transactions(raw, self._store.databases, changes, publications)
                transactions.look_ahead(jobs)
                for job in jobs:
                    outcomes.append(transactions.run(job))
                has_written = changes.flush(raw, self._store.databases)
                number = raw.id()
                self._ran.set()
            if has_written:
                self._memory.committed(number)
        except lmdb.Error as error:
            self._ran.set()
            if self._upkeep.mend(error):
                return self.commit(jobs)
            refusal = str(error)
            publications = []
            outcomes = [(None, StorageFailed("The disk refused to keep this; nothing was changed."))] * len(jobs)
        return Group(jobs, outcomes, publications, time.perf_counter() - began, refusal, self._store.view())

    def _tell(self, group: Group) -> None:
        """On the loop: what is committed becomes visible, is published, and the callers learn of it."""
        self._untold.release()
        self._stand_aside()
        self.depth -= len(group.jobs)
        self.commits += 1
        self.jobs += len(group.jobs)
        self.commit_seconds += group.seconds
        self.durations.add(group.seconds)
        if group.refusal:
            self.healthy = False
            self._refused(group)
        self._store.show(group.view)
        if group.publications:
            self._guard(self._publish, group.publications)
        for job, (result, error) in zip(group.jobs, group.outcomes, strict=True):
            self._guard(job.done, result, error)

    def _refused(self, group: Group) -> None:
        """Count it, and say it now and then: a full disk refuses many, and the log may be on it too."""
        self.refused += len(group.jobs)
        now = time.monotonic()
        if now >= self._silent_until:
            self._silent_until = now + SILENT_SECONDS
            _log.error("the disk refused", extra={"error": group.refusal, "refused": self.refused})

    def _guard(self, function: Callable[..., None], *args: Any) -> None:
        """One listener's bug must reach neither the others nor the loop."""
        try:
            function(*args)
        except Exception:
            _log.exception("a listener of the writer failed")
