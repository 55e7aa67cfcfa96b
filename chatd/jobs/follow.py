"""Following what other processes commit to the store: the operator's commands beside a running server."""

from __future__ import annotations

import contextlib

import trio

from chatd.errors import Overloaded
from chatd.gateway.hub import Hub
from chatd.store.store import Store
from chatd.store.transaction import Transaction
from chatd.store.writer import Writer

INTERVAL_SECONDS = 1.0


async def follow_forever(store: Store, writer: Writer, hub: Hub) -> None:
    """Make foreign commits visible within about a second, until cancelled.

    While the writer has work under way, its next group shows them, and then they are published. It also mends a store
    that shows nothing new, since another process has enlarged it or LMDB has given it up.
    """
    while True:
        await trio.sleep(INTERVAL_SECONDS)
        if writer.depth == 0:
            hub.catch_up()
            if not store.is_stale:
                continue
        with contextlib.suppress(Overloaded):
            writer.submit(0, _nothing, (), lambda *_: hub.fill())


def _nothing(txn: Transaction) -> None:
    """A job that only marks a place among the commits."""
