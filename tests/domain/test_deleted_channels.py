"""Between the deletion of channels and when they are taken apart: whatever is asked has an answer."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from chatd import events
from chatd.domain import COMMANDS
from chatd.domain.command import Kind, Right
from chatd.domain.stream import emit
from chatd.errors import ChatdError, RequestError
from chatd.model import Actor
from chatd.store import tables
from chatd.store.transaction import Transaction
from tests.domain.conftest import MEMORY
from tests.domain.scene import Scene

ASKING = [name for name, command in COMMANDS.items() if command.kind in (Kind.READ, Kind.SCAN, Kind.SEARCH)]


@pytest.fixture(scope="module")
def deleted() -> Iterator[Scene]:
    with TemporaryDirectory(dir=MEMORY) as directory:
        scene = Scene(Path(directory) / "data")
        scene.store.write_now(scene.application, _delete_all)
        scene.store.refresh()
        yield scene
        scene.close()


@pytest.mark.parametrize("name", ASKING)
def test_whatever_is_asked(deleted: Scene, name: str) -> None:
    """By the owner of the channels, and by a backend: with the example, and without what narrows it."""
    command = COMMANDS[name]
    example = dict(command.example or {})
    narrow = {"only_unread", "channel_url", "custom_types", "user_ids"}
    wide = {key: value for key, value in example.items() if key not in narrow}
    for params in (example, wide):
        if command.right is not Right.BACKEND:
            _check(deleted.tried(deleted.connected("owner"), name, params))
        if command.right is not Right.CLIENT:
            _check(deleted.tried(Actor(deleted.application, None, None), name, {"user_id": "owner", **params}))


def _check(error: ChatdError | None) -> None:
    assert error is None or isinstance(error, RequestError)


def _delete_all(txn: Transaction) -> None:
    for _, channel in list(txn.scan(tables.CHANNELS)):
        emit(txn, events.ChannelDeleted(channel.number, channel.channel_url))
