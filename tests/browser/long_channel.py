"""A channel that is longer than anybody reads, written into the store of a server that does not run."""

from __future__ import annotations

import time
from pathlib import Path

from chatd.domain import COMMANDS
from chatd.domain.tenants import applications
from chatd.model import Actor
from chatd.store.store import Store
from chatd.store.transaction import Transaction

AT_ONCE = 100
GROUP = 20 * AT_ONCE
MINUTE_MS = 60_000
MAP_SIZE = 1 << 30


def fill(data: Path, channel_url: str, count: int, user_id: str) -> None:
    """Messages "line 000000" and so on, one a minute until now, taken over by the command for it in large commits."""
    began = int(time.time() * 1000) - count * MINUTE_MS
    store = Store.open(data, MAP_SIZE)
    application = store.read(0, applications.by_name, "main").number
    migrate, actor = COMMANDS["messages.migrate"], Actor(application, None, None)

    def run(txn: Transaction, first: int) -> None:
        for start in range(first, min(first + GROUP, count), AT_ONCE):
            numbers = range(start, min(start + AT_ONCE, count))
            messages = [line(number, began, user_id) for number in numbers]
            migrate.function(txn, actor, migrate.parse({"channel_url": channel_url, "messages": messages}))

    for first in range(0, count, GROUP):
        store.write_now(application, run, first)
        store.refresh()
    store.close()


def line(number: int, began: int, user_id: str) -> dict[str, object]:
    """A message as it is taken over from elsewhere."""
    at = began + number * MINUTE_MS
    return {"user_id": user_id, "message_type": "MESG", "message": f"line {number:06}", "timestamp": at}
