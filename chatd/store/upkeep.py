"""What the writer does to the environment itself, between two groups."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable

import lmdb

from chatd.errors import ChatdError
from chatd.store import growth
from chatd.store.store import Store

# How long writing may wait for those who read: when there is time, and when nothing can be written before.
PATIENCE_SECONDS = 0.05
URGENT_SECONDS = 5.0
# What could not be done is tried again so much later.
RETRY_SECONDS = 1.0

_log = logging.getLogger("chatd.store")

OnLoop = Callable[[Callable[[], None]], None]


class Upkeep:
    """Keeps a store that is being served fit for writing.

    The map is enlarged before it is full; one that another process has enlarged is adopted; an environment that LMDB
    has given up is opened anew. For each, nobody may use the environment: the writer is between two groups, threads
    that read are let out, and the loop does it and then has a new snapshot. `on_loop` has the loop run a function
    after what it has been handed before, so that it has let go of all older views, and returns when it is done.
    """

    def __init__(self, store: Store, on_loop: OnLoop) -> None:
        self._store = store
        self._on_loop = on_loop
        self._not_before = 0.0
        self._refused = ""

    def after_commit(self) -> None:
        """Enlarge the map in time. While somebody reads for longer, it is put off."""
        if growth.is_due(self._store.environment) and time.monotonic() >= self._not_before:
            self._change(self._store.enlarge, PATIENCE_SECONDS)

    def mend(self, error: lmdb.Error) -> bool:
        """Do what helps against an error of a transaction; whether it is worth another try."""
        if isinstance(error, lmdb.MapFullError):
            return self._change(self._store.enlarge, URGENT_SECONDS)
        if isinstance(error, lmdb.MapResizedError):
            return self._change(self._store.adopt, URGENT_SECONDS)
        if isinstance(error, lmdb.PanicError) or not self._store.is_open:
            return time.monotonic() >= self._not_before and self._reopen()
        return False

    def _reopen(self) -> bool:
        # A disk that refuses again leads here again, so not too often.
        done = self._change(self._store.reopen, URGENT_SECONDS)
        self._not_before = time.monotonic() + RETRY_SECONDS
        if done:
            _log.warning("opened the store anew after a fatal error")
        return done

    def _change(self, change: Callable[[], None], seconds: float) -> bool:
        """Do it while nobody else uses the environment; False when that cannot be, or it fails."""
        failures: list[Exception] = []

        def swap() -> None:
            try:
                self._store.swap(change)
            except (ChatdError, lmdb.Error) as error:
                failures.append(error)

        if self._store.is_open:
            growth.let_go_of_pages(self._store.environment)
        with self._store.gate.empty(seconds) as alone:
            if alone:
                self._on_loop(swap)
        if alone and not failures:
            self._refused = ""
            return True
        self._not_before = time.monotonic() + RETRY_SECONDS
        self._say(str(failures[0]) if failures else "somebody reads")
        return False

    def _say(self, why: str) -> None:
        """Once for each reason: it may be met after every group."""
        if why != self._refused:
            self._refused = why
            _log.warning("the store could not be enlarged or opened anew yet", extra={"error": why})
