"""Stores that break their promise on purpose: the torture must find each out, or it proves nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import trio

from chatd.errors import ChatdError
from chatd.model import Publication
from chatd.store import store, tables
from chatd.store.transaction import WriteTransaction
from chatd.store.writer import Writer


def _unsynced() -> type[Writer]:
    """Commits do not wait for the disk."""
    opened = store.open_environment

    def open_environment(*args: Any, **options: Any) -> Any:
        return opened(*args, **(options | {"durable": False}))

    store.open_environment = open_environment
    return Writer


class _Early(Writer):
    """Answers before it commits."""

    def submit(self, application: int, function: Any, args: Any, done: Any) -> None:
        token = trio.lowlevel.current_trio_token()

        def run(txn: Any, *args: Any) -> Any:
            result = function(txn, *args)
            token.run_sync_soon(done, result, None)
            return result

        def refused(result: Any, error: ChatdError | None) -> None:
            if error is not None and error.status < 500:
                done(result, error)

        super().submit(application, run, args, refused)


class _Mute(Writer):
    """Sometimes forgets to tell clients."""

    def __init__(self, store: Any, publish: Any, **options: Any) -> None:
        def forget(publications: list[Publication]) -> None:
            publish([each for each in publications if each.sequence % 10])

        super().__init__(store, forget, **options)


def _forgetful() -> type[Writer]:
    """Does not know which requests it has answered."""
    get = WriteTransaction.get

    def forget(self: WriteTransaction, table: Any, *key: Any) -> Any:
        return None if table is tables.REQUESTS else get(self, table, *key)

    WriteTransaction.get = forget  # type: ignore[method-assign]
    return Writer


SABOTAGES: dict[str, Callable[[], type[Writer]]] = {
    "": lambda: Writer,
    "unsynced": _unsynced,
    "early": lambda: _Early,
    "mute": lambda: _Mute,
    "forgetful": _forgetful,
}
