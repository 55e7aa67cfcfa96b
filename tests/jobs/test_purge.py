"""The server removes what applications that were deleted leave behind, and imports that were killed."""

from __future__ import annotations

import os
from pathlib import Path

import trio

from chatd.domain.tenants import unlisted
from chatd.jobs.purge import clear_leaving
from chatd.store import tables
from chatd.store.files import lock_arrivals
from chatd.store.store import Store
from chatd.store.writer import Writer
from tests.domain.conftest import World


def states(store: Store) -> list[str]:
    store.refresh()
    return store.read(0, lambda txn: [state for _, state in txn.scan(tables.UNLISTED)])


async def test_what_leaves_is_removed_a_round_after_it_is_noticed(tmp_path: Path) -> None:
    world = World(Store.open(tmp_path / "data", 64 * 2**20))
    world.users("ann", "bob")
    store = world.store
    store.write_now(0, unlisted.dismiss, "test")
    importing = lock_arrivals(store.directory)
    store.write_now(0, unlisted.expect, "arriving")
    store.refresh()
    writer = Writer(store, lambda _: None)
    async with trio.open_nursery() as nursery:
        await nursery.start(writer.serve)

        left = await clear_leaving(store, writer, set())
        assert (left, states(store)) == ({1}, [tables.LEAVING, tables.ARRIVING])
        left = await clear_leaving(store, writer, left)
        assert states(store) == [tables.GONE, tables.ARRIVING]
        assert store.read(world.application, lambda txn: list(txn.scan(tables.USERS))) == []
        os.close(importing)
        for _ in range(4):
            left = await clear_leaving(store, writer, left)
        assert (left, states(store)) == (set(), [tables.GONE, tables.GONE])
        nursery.cancel_scope.cancel()
    store.close()
