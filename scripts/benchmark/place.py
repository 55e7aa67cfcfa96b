"""An application in a store without a server: commands are called, and what clients are to be told is collected."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from typing import Any

from chatd.domain import COMMANDS
from chatd.domain.command import Kind
from chatd.domain.tenants import applications
from chatd.domain.users.people import find_user
from chatd.model import Actor, Publication
from chatd.store.store import Store
from chatd.store.transaction import Transaction

ROUNDS = 40

# What to call, with what it takes.
Call = tuple[str, dict[str, Any]]


class Place:
    """Calls of users and backends; `told` is what the last one has published."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.application = store.write_now(0, applications.create, "bench").number
        self.told: list[Publication] = []

    def call(self, user_id: str | None, name: str, /, **params: Any) -> Any:
        """Call a command, for a user or as a backend."""
        command = COMMANDS[name]
        number = self.number(user_id) if user_id else None
        actor, input = Actor(self.application, number, user_id), command.parse(params)

        def run(txn: Transaction) -> Any:
            result = command.function(txn, actor, input)
            self.told = txn.publications
            return result

        result = (self.store.write_now if command.kind is Kind.WRITE else self.store.read_now)(self.application, run)
        self.store.refresh()
        return result

    def prepare(self, calls: list[Call]) -> None:
        """Call commands as a backend in one commit."""
        actor = Actor(self.application, None, None)

        def run(txn: Transaction) -> None:
            for name, params in calls:
                COMMANDS[name].function(txn, actor, COMMANDS[name].parse(params))

        self.store.write_now(self.application, run)
        self.store.refresh()

    def number(self, user_id: str) -> int:
        """The number of a user."""
        return self.store.read(self.application, find_user, user_id).number

    def cost(self, user_id: str, call: Call, undo: Call | None, publish: Callable[[], None] = lambda: None) -> float:
        """The median of the microseconds of processor time that a call takes, with what is published after it.

        `undo` is called by a backend after each, so that it can be called again.
        """
        taken = []
        for _ in range(ROUNDS):
            began = time.thread_time()
            self.call(user_id, call[0], **call[1])
            publish()
            taken.append(time.thread_time() - began)
            if undo is not None:
                self.call(None, undo[0], **undo[1])
                publish()
        return statistics.median(taken) * 1e6
