"""A place to fold a log anew, beside the store that holds it."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import lmdb

from chatd.errors import StorageFailed
from chatd.store import tables
from chatd.store.changes import Changes
from chatd.store.files import open_databases, open_environment
from chatd.store.table import Table
from chatd.store.transaction import Transaction, WriteTransaction

V = TypeVar("V")
R = TypeVar("R")


class Scratch:
    """State tables in a temporary file, which nobody needs after a crash."""

    def __init__(self, environment: lmdb.Environment, databases: dict[int, Any]) -> None:
        self._environment = environment
        self._databases = databases

    def write(self, log: Transaction, function: Callable[..., R], *args: Any) -> R:
        """Run a function in a transaction of its own, which finds the log of an application in `log`.

        Raises StorageFailed when there is no room.
        """
        return self._write(lambda raw, changes: _Folding(log, raw, self._databases, changes), function, *args)

    def keep(self, application: int, function: Callable[..., R], *args: Any) -> R:
        """Run a function in a transaction of its own, which has the log here too. Raises StorageFailed."""
        return self._write(
            lambda raw, changes: WriteTransaction(application, raw, self._databases, changes, []), function, *args
        )

    def _write(
        self,
        begin: Callable[[lmdb.Transaction, Changes], Transaction],
        function: Callable[..., R],
        *args: Any,
    ) -> R:
        try:
            with self._environment.begin(write=True) as raw:
                changes = Changes()
                result = function(begin(raw, changes), *args)
                changes.flush(raw, self._databases)
                return result
        except lmdb.Error as error:
            raise StorageFailed(
                f"{self._environment.path()}: this temporary file cannot be written: {error}"
            ) from error

    @contextmanager
    def reading(self, application: int) -> Iterator[Transaction]:
        """What was written for an application."""
        with self._environment.begin() as raw:
            yield Transaction(application, raw, self._databases)


@contextmanager
def scratch(map_size: int) -> Iterator[Scratch]:
    """An empty one in the directory for temporary files ($TMPDIR), removed at the end."""
    with tempfile.TemporaryDirectory(prefix="chatd-") as name:
        environment = open_environment(Path(name), map_size, durable=False)
        try:
            yield Scratch(environment, open_databases(environment, Path(name)))
        finally:
            environment.close()


class _Folding(WriteTransaction):
    """Writes state beside a log that is read elsewhere."""

    __slots__ = ("_log",)

    def __init__(self, log: Transaction, raw: lmdb.Transaction, databases: dict[int, Any], changes: Changes) -> None:
        self._log = log
        super().__init__(log.application, raw, databases, changes, [])

    def get(self, table: Table[V], *key: Any) -> V | None:
        """The value under a key, None when there is none."""
        return self._log.get(table, *key) if table is tables.LOG else super().get(table, *key)
