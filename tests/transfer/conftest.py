"""Moving in, as the commands do it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from chatd.store.store import Store
from chatd.transfer.archive import Archive, open_archive
from chatd.transfer.moving import Move
from chatd.transfer.team import Source, Tally
from tests.domain.conftest import MAP_SIZE, World

MAX_FILE = 1 << 20
Read = Callable[[Archive, int], Source]


class Home(World):
    """An application to move into, and what is asked of it."""

    def move(self, path: Path, read: Read) -> Tally:
        with open_archive(path) as archive:
            source = read(archive, MAX_FILE)
            team = source.survey()
            move = Move(self.store, self.application, source)
            move.run(team)
        self.store.refresh()
        return move.tally

    def channels(self, **params: Any) -> dict[str, Any]:
        found = self.backend("channels.list_all", limit=100, show_empty=True, show_member=True, **params)["channels"]
        return {each["channel_url"]: each for each in found}

    def messages(self, channel_url: str, **params: Any) -> list[dict[str, Any]]:
        return self.backend(
            "messages.list",
            channel_url=channel_url,
            message_ts=0,
            next_limit=200,
            include_reactions=True,
            include_thread_info=True,
            include_reply_type="ALL",
            **params,
        )["messages"]

    def transaction(self) -> int:
        """The number of commits there have been."""
        return self.store.environment.info()["last_txnid"]

    def blob(self, file_id: str) -> bytes:
        return self.store.blobs.path(self.application, file_id).read_bytes()


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Home]:
    store = Store.open(tmp_path / "data", MAP_SIZE)
    yield Home(store)
    store.close()
