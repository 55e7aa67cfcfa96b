"""Makes a database as a server would have after many messages, the same one for the same options.

Everything goes through the commands and the fold, channels mixed in time. Only the commits differ from those of a
server: they are of many messages, and nothing is synced before the end. Until then the database is in DIR.part.
"""

from __future__ import annotations

import argparse
import gc
import os
import shutil
import sys
import time
from bisect import bisect
from pathlib import Path
from random import Random
from typing import Any

from words import Words
from world import APPLICATION, Step, World

from chatd.domain.messages import messages
from chatd.store.changes import Changes
from chatd.store.files import open_databases, open_environment, share, sync_directory
from chatd.store.memory import Memory
from chatd.store.transaction import Transaction, WriteTransaction

# Larger ones leave more room in the file that nobody uses at its end.
GROUP = 4000
MAP_SIZE = 64 << 30
# The messages take a year.
SPAN_MS = 365 * 86_400_000


def main() -> None:
    """Make what the options say."""
    options = _options()
    if options.dir.exists():
        sys.exit(f"{options.dir} exists already.")
    part = options.dir.with_name(options.dir.name + ".part")
    shutil.rmtree(part, ignore_errors=True)
    # Nothing here has cycles.
    gc.disable()
    os.close(share(part, make=True))
    with open_environment(part, MAP_SIZE, durable=False) as environment:
        _fill(environment, open_databases(environment, part), options)
        environment.sync(True)
    part.rename(options.dir)
    sync_directory(options.dir.parent)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="seed", description=__doc__)
    parser.add_argument("--dir", type=Path, required=True, help="the data directory to make")
    parser.add_argument("--messages", type=int, default=10_000_000)
    parser.add_argument("--channels", type=int, default=20_000, help="and as many users")
    parser.add_argument("--seed", type=int, default=1, help="another number, another database")
    return parser.parse_args()


def _fill(environment: Any, databases: dict[int, Any], options: argparse.Namespace) -> None:
    random = Random(options.seed)
    world = World(random, options.channels)
    memory = Memory()
    for step in world.steps():
        _commit(environment, databases, memory, step)
    talk = Talk(world, random, options.messages)
    began = time.perf_counter()
    while talk.sent < options.messages:
        _commit(environment, databases, memory, talk.go_on)
        rate = talk.sent / (time.perf_counter() - began)
        print(f"\r{talk.sent:,} of {options.messages:,} messages, {rate:,.0f} per second", end="", flush=True)
    print()


def _commit(environment: Any, databases: dict[int, Any], memory: Memory, function: Step) -> None:
    with environment.begin(write=True) as raw:
        number = raw.id()
        memory.begin(number)
        changes = Changes(memory)
        txn = WriteTransaction(APPLICATION, raw, databases, changes, [])
        txn.now = txn.head.time
        function(txn)
        changes.flush(raw, databases)
    memory.committed(number)


class Talk:
    """Members of channels send messages, `sent` so far. Few channels have most of them, few members send most."""

    def __init__(self, world: World, random: Random, total: int) -> None:
        self._world = world
        self._random = random
        self._words = Words(random)
        self._total = total
        self.sent = 0

    def go_on(self, txn: Transaction) -> None:
        """Send some more, each a moment after the one before."""
        count = min(GROUP, self._total - self.sent)
        pause = 2 * SPAN_MS / self._total
        for _ in range(count):
            txn.now += int(self._random.random() * pause)
            self._send(txn)
            txn.publications.clear()
        self.sent += count

    def _send(self, txn: Transaction) -> None:
        random, world = self._random, self._world
        url, members = world.rooms[bisect(world.traffic, random.random() * world.traffic[-1])]
        actor = members[int(random.random() ** 2 * len(members))]
        req_id = f"{random.getrandbits(64):016x}"
        messages.send.function(txn, actor, messages.Send(channel_url=url, message=self._words.text(), req_id=req_id))


if __name__ == "__main__":
    main()
