"""When users were last connected: kept in memory for a moment, and written together."""

from __future__ import annotations

from itertools import islice

import trio

from chatd.domain.users import presence
from chatd.errors import ServerError
from chatd.logs import log
from chatd.store.transaction import Transaction
from chatd.store.writer import Writer

# Of one application.
MAX_WAITING = 100_000
USERS_AT_ONCE = 200

Seen = dict[int, int]


class LastSeen:
    """Milliseconds by user number, for each application; the newest only, until it has been written."""

    def __init__(self, writer: Writer) -> None:
        self._writer = writer
        self._waiting: dict[int, Seen] = {}
        self._saving: dict[int, Seen] = {}
        self._lock = trio.Lock()

    def __len__(self) -> int:
        """How many are yet to be written."""
        return sum(map(len, (*self._waiting.values(), *self._saving.values())))

    def note(self, application: int, user: int, at: int) -> None:
        """A user was connected at `at`. When too many wait, because the disk refuses, the oldest is forgotten."""
        waiting = self._waiting.setdefault(application, {})
        waiting[user] = at
        if len(waiting) > MAX_WAITING:
            del waiting[next(iter(waiting))]

    def of(self, txn: Transaction, user: int) -> int:
        """When a user was last connected; -1 for never. For any thread.

        An older moment is found by who began to read before the newest was committed, and gets here after.
        """
        for held in (self._waiting, self._saving):
            at = held.get(txn.application, {}).get(user)
            if at is not None:
                return at
        return presence.last_seen(txn, user)

    async def save(self) -> None:
        """Write what waits, a part at a time. What the store refuses waits on."""
        async with self._lock:
            for application in list(self._waiting):
                await self._save(application)

    async def _save(self, application: int) -> None:
        saving = self._saving[application] = self._waiting.pop(application)
        rest = iter(saving.items())
        try:
            while part := dict(islice(rest, USERS_AT_ONCE)):
                await self._writer.run(application, presence.keep_last_seen, part)
        except ServerError as error:
            self._waiting[application] = saving | self._waiting.get(application, {})
            log("last_seen_not_saved", waiting=len(saving), error=error.message)
        finally:
            del self._saving[application]
