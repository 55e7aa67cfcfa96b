"""A process that sends messages and indexes them until it is killed: `python -m tests.jobs.indexing DIRECTORY`."""

from __future__ import annotations

import itertools
import sys
from pathlib import Path

from chatd.domain import COMMANDS
from chatd.domain.tenants import applications
from chatd.jobs import index
from chatd.jobs.index import Indexer
from chatd.model import Actor
from chatd.store import tables
from chatd.store.store import Store
from chatd.store.transaction import Transaction

MAP_SIZE = 64 * 1024 * 1024
ROOM = "room"


def main() -> None:
    """Go on where the last one was killed."""
    store = Store.open(Path(sys.argv[1]), MAP_SIZE)
    application = store.write_now(0, applications.ensure_main).number
    index.BATCH, index.KEEP_EVENTS = 20, 40
    indexer = Indexer(store)
    indexer.open()
    for now in itertools.count():
        store.write_now(application, _talk, now)
        while indexer.step(now * 1000.0):
            pass
        if now % 15 == 14:
            store.search.wish()
        print(now, flush=True)


def _talk(txn: Transaction, now: int) -> None:
    backend = Actor(txn.application, None, None)
    if txn.get(tables.CHANNEL_URLS, ROOM) is None:
        _call(txn, backend, "channels.create", channel_url=ROOM)
    for number in range(60):
        sent = _call(
            txn, backend, "messages.send", channel_url=ROOM, message_type="ADMM", message=f"word{number} round {now}"
        )
        if number % 10 == 0:
            _call(txn, backend, "messages.update", channel_url=ROOM, message_id=sent["message_id"], message="edited")
        if number % 10 == 5:
            _call(txn, backend, "messages.delete", channel_url=ROOM, message_id=sent["message_id"])


def _call(txn: Transaction, actor: Actor, name: str, **params: object) -> dict[str, object]:
    command = COMMANDS[name]
    found: dict[str, object] = command.function(txn, actor, command.parse(params))
    return found


if __name__ == "__main__":
    main()
