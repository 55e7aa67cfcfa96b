"""Run by a test, which kills it: writes events for ever, and prints the number of each once it is acknowledged."""

from __future__ import annotations

import sys
from pathlib import Path

import trio

from chatd.store.store import Store
from chatd.store.writer import Writer
from tests.store.conftest import MAP_SIZE
from tests.store.test_writer import add


async def main() -> None:
    store = Store.open(Path(sys.argv[1]), MAP_SIZE)
    writer = Writer(store, lambda _: None)
    start = store.read(1, lambda txn: txn.head).sequence
    async with trio.open_nursery() as nursery:
        await nursery.start(writer.serve)
        for number in range(8):
            nursery.start_soon(write_for_ever, writer, f"{start}-{number}")


async def write_for_ever(writer: Writer, name: str) -> None:
    count = 0
    while True:
        count += 1
        sequence = await writer.run(1, add, f"{name}-{count}")
        print(sequence, f"{name}-{count}", flush=True)


trio.run(main)
