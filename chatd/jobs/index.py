"""Keeping the search index up to the logs, beside everything else."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from functools import partial

import trio

from chatd import ids
from chatd.domain.upkeep.indexing import Follower
from chatd.errors import ServerError
from chatd.logs import log
from chatd.store.search import Generation
from chatd.store.store import Store
from chatd.store.transaction import Transaction

# How long new messages wait to be found, and the least time between two commits of the index.
PAUSE_SECONDS = 1.0
RETRY_SECONDS = 10.0
# While there is more to do, it rests for so many times as long as it worked.
REST = 2
# A commit syncs a dozen files, which those who send may have to wait for: the next one comes so many times later.
KEEP_REST = 10
# So often an index that cannot be used is tried again before it is thrown away.
TRIES = 3

# Events looked at with one view of the store, which keeps old pages from use.
BATCH = 1000
# While there is much to catch up with, changes are kept by so many events.
KEEP_EVENTS = 50_000

# Removed messages leave words in the files. The index is made anew when that has been so for so long for each message
# in it: making it takes less than a hundredth of that.
CLEAN_MS_PER_MESSAGE = 8
CLEAN_AFTER_MS = 15 * 60_000


_log = logging.getLogger("chatd.search")


class Indexer:
    """Feeds the index that answers and the one that is made anew. One thread at a time may use it."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._search = store.search
        self._live: _Feed | None = None
        self._coming: _Feed | None = None

    def open(self, *, anew: bool = False) -> None:
        """Open the index, also once more after a failure; `anew` throws away what there is. Raises SearchFailed."""
        self._live = self._coming = None
        self._search.close()
        if anew:
            self._search.clear()
        self._search.open()

    def step(self, now: float) -> bool:
        """Follow a batch of events at `now` (seconds); whether there is more to follow at once. Raises SearchFailed."""
        search = self._search
        self._live = _feed(self._store, search.live, self._live)
        if self._live is not None:
            more = self._live.advance(now)
            search.behind = self._live.behind
            if more:
                return True
        if search.coming is None and (search.wished() or self._is_unclean()):
            search.begin()
        self._coming = _feed(self._store, search.coming, self._coming)
        if self._coming is None:
            return False
        more = self._coming.advance(now)
        if self._live is None:
            search.behind = self._coming.behind
        if not more:
            self._coming.keep(now)
            search.promote()
            self._live, self._coming = self._coming, None
            log("search index made", messages=search.messages())
        return True

    def _is_unclean(self) -> bool:
        live = self._search.live
        if live is None or not live.state.unclean_since:
            return False
        bearable = max(CLEAN_AFTER_MS, CLEAN_MS_PER_MESSAGE * live.index.messages())
        return ids.now_ms() - live.state.unclean_since > bearable


class _Feed:
    """A follower that commits now and then. `behind` is how many events are not in the index yet."""

    def __init__(self, store: Store, generation: Generation) -> None:
        self.generation = generation
        self.behind = 0
        self._store = store
        self._follower = Follower(generation)
        self._unkept = 0
        self._due_at = float("-inf")

    def advance(self, now: float) -> bool:
        """Follow a batch; whether there is more."""
        seen = self._store.read_now(0, self._follow)
        self._unkept += seen
        is_due = now >= self._due_at and seen < BATCH and self.generation.index.pending
        if is_due or self._unkept >= KEEP_EVENTS:
            self.keep(now)
        return seen == BATCH

    def keep(self, now: float) -> None:
        """Commit what was followed."""
        began = time.monotonic()
        self._follower.commit(ids.now_ms())
        self._unkept = 0
        self._due_at = now + max(PAUSE_SECONDS, KEEP_REST * (time.monotonic() - began))

    def _follow(self, txn: Transaction) -> int:
        seen = self._follower.advance(txn, BATCH)
        self.behind = self._follower.behind(txn)
        return seen


async def index_forever(store: Store) -> None:
    """Follow the logs until cancelled. What fails is tried again, and at last the index is made anew.

    It runs in a thread, and rests in between, so that it leaves the processor to those who write.
    """
    indexer = Indexer(store)
    thread = trio.CapacityLimiter(1)
    failures = 0
    is_open = False
    try:
        while True:
            began = trio.current_time()
            try:
                if not is_open:
                    await trio.to_thread.run_sync(partial(indexer.open, anew=failures > TRIES), limiter=thread)
                    is_open = True
                more = await trio.to_thread.run_sync(indexer.step, began, limiter=thread)
                failures = 0
                await trio.sleep((trio.current_time() - began) * REST if more else PAUSE_SECONDS)
            except Exception as error:
                # Whatever is wrong with the index, also a mistake of ours, must not reach those who send.
                if not isinstance(error, ServerError):
                    _log.exception("the search index could not follow")
                failures += 1
                is_open = False
                log("search index failed", logging.ERROR, error=str(error), failures=failures)
                await trio.sleep(RETRY_SECONDS)
    finally:
        store.search.close()


def build(store: Store, advance: Callable[[int], None] = lambda _: None) -> int:
    """Make the index of a store anew, for a process that has locked it and does not serve; how many messages it has.

    `advance` is told how many events were followed. Raises SearchFailed.
    """
    indexer = Indexer(store)
    indexer.open()
    try:
        store.search.begin()
        while store.search.coming is not None:
            indexer.step(time.monotonic())
            advance(BATCH)
        store.search.settle()
        return store.search.messages()
    finally:
        store.search.close()


def _feed(store: Store, generation: Generation | None, feed: _Feed | None) -> _Feed | None:
    """The feed of an index, the same one as long as it is the same index."""
    if generation is None or (feed is not None and feed.generation is generation):
        return feed if generation is not None else None
    return _Feed(store, generation)
