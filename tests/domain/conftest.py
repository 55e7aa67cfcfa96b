"""A store with one application, and calls as an edge would make them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from chatd.domain import COMMANDS
from chatd.domain.command import Kind
from chatd.domain.messages.files import keep_upload
from chatd.domain.tenants import applications
from chatd.domain.users.people import find_user
from chatd.errors import ChatdError
from chatd.model import Actor, File, Publication
from chatd.store.files import FORMAT_KEY, META
from chatd.store.store import Store
from chatd.store.table import Table
from chatd.store.transaction import Transaction

BLOB = b"abc"
MAP_SIZE = 64 * 1024 * 1024
# Where many stores are made for laws that no disk has a part in: syncing costs nothing there.
MEMORY = "/dev/shm" if Path("/dev/shm").is_dir() else None


class World:
    """An application under test. `told` holds all publications in the order of commits."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.told: list[Publication] = []
        self.application = store.write_now(0, applications.create, "test").number

    def users(self, *user_ids: str) -> None:
        for user_id in user_ids:
            self.backend("users.create", user_id=user_id, nickname=user_id.title())

    def upload(self, user_id: str, file_id: str) -> str:
        """Put a blob on disk, and note it as a file that a user may send."""
        file = self.blob(file_id, f"{file_id}.txt", "text/plain")
        user = self.actor(user_id).user
        self.store.write_now(self.application, keep_upload, user, file)
        self.store.refresh()
        return file_id

    def blob(self, file_id: str, name: str, kind: str) -> File:
        """Put a blob on disk."""
        path = self.store.blobs.path(self.application, file_id)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(BLOB)
        return File(file_id, name, kind, len(BLOB), sha256(BLOB).digest())

    def backend(self, name: str, /, **params: Any) -> Any:
        return self.call(Actor(self.application, None, None), name, params)

    def client(self, user_id: str, name: str, /, **params: Any) -> Any:
        return self.call(self.actor(user_id), name, params)

    def actor(self, user_id: str) -> Actor:
        number = self.store.read(self.application, find_user, user_id).number
        return Actor(self.application, number, user_id)

    def call(self, actor: Actor, name: str, params: dict[str, Any]) -> Any:
        command = COMMANDS[name]
        command.check_right(actor)
        input = command.parse(params)
        if command.kind in (Kind.SCAN, Kind.SEARCH):
            return self.store.read_now(self.application, command.function, actor, input)
        if command.kind is not Kind.WRITE:
            return self.store.read(self.application, command.function, actor, input)
        return self.write(command.function, actor, input)

    def upgrade_from(self, format: int, later: Iterable[Table[Any]]) -> None:
        """Close the store as one of an older format, without the tables that are `later`, and open it again."""
        with self.store.environment.begin(write=True) as raw:
            for table in later:
                raw.drop(self.store.databases[table.number], delete=False)
            raw.put(FORMAT_KEY, str(format).encode(), db=self.store.databases[META])
        self.store.close()
        self.store = Store.open(self.store.directory, MAP_SIZE)

    def write(self, function: Any, *args: Any, **params: Any) -> Any:
        """Run a function in a transaction of its own, and show what it did."""
        published: list[Publication] = []
        try:
            return self.store.write_now(self.application, _watched, published, function, *args, **params)
        except ChatdError as error:
            if not error.keeps:
                published = []
            raise
        finally:
            self.told.extend(published)
            self.store.refresh()


def _watched(txn: Transaction, published: list[Publication], function: Any, *args: Any, **params: Any) -> Any:
    try:
        return function(txn, *args, **params)
    finally:
        published[:] = txn.publications


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    store = Store.open(tmp_path / "data", MAP_SIZE)
    yield World(store)
    store.close()
