"""Laws that hold for each command of the table that changes something, shown by its example."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from chatd.domain import COMMANDS, stream
from chatd.domain.command import Command, Kind, Right
from chatd.domain.roles import Role
from chatd.errors import ChatdError
from chatd.model import Actor
from chatd.store import tables
from chatd.store.transaction import Transaction
from tests.domain.conftest import MEMORY
from tests.domain.scene import NAMED, Scene
from tests.domain.test_laws import told_to
from tests.domain.test_verify import findings_of

WRITES = [name for name, command in COMMANDS.items() if command.kind is Kind.WRITE]


@pytest.fixture(scope="module")
def made() -> Iterator[Scene]:
    with TemporaryDirectory(dir=MEMORY) as directory:
        scene = Scene(Path(directory) / "data")
        yield scene
        scene.close()


@contextmanager
def copy_of(made: Scene) -> Iterator[Scene]:
    with TemporaryDirectory(dir=MEMORY) as directory:
        scene = made.copied(Path(directory) / "data")
        yield scene
        scene.store.close()


def caller(scene: Scene, command: Command) -> Actor:
    """Somebody who may call it: a user when users may."""
    if command.right is Right.BACKEND:
        return Actor(scene.application, None, None)
    return scene.connected(max(role.value for role in command.roles))


def called(scene: Scene, name: str) -> Any:
    command = COMMANDS[name]
    actor = caller(scene, command)
    example = dict(command.example or {})
    return scene.call(actor, name, scene.filled(example if actor.user else NAMED | example))


def end(scene: Scene) -> int:
    return scene.store.read(scene.application, stream.top).sequence


@pytest.mark.parametrize("name", WRITES)
def test_the_state_is_the_fold_of_the_log(made: Scene, name: str) -> None:
    with copy_of(made) as scene:
        called(scene, name)
        assert findings_of(scene.store).examples == {}


@pytest.mark.parametrize("name", WRITES)
def test_who_was_cut_off_recovers_what_the_others_were_told(made: Scene, name: str) -> None:
    """At any event of it, whoever one is."""
    with copy_of(made) as scene:
        begin, audience = end(scene), members(scene)
        users = [scene.actor(role.value).user or 0 for role in Role]
        called(scene, name)
        for user in users:
            for offset in range(begin, end(scene) + 1):
                check_recovery(scene, user, offset, audience)


def check_recovery(scene: Scene, number: int, offset: int, audience: dict[int, set[int]]) -> None:
    live = [p for p in told_to(number, scene, audience) if p.sequence > offset and p.data]
    missed = scene.store.read(scene.application, stream.missed, number, offset, 1000)
    if missed is None:
        assert any(p.forgets for p in scene.told)
        return
    told = {each: scene.store.read(scene.application, stream.told, each) for each in missed}
    recovered = {each: data for each, data in told.items() if data is not None}
    assert set(recovered) == {p.sequence for p in live if scene.store.read(scene.application, stream.told, p.sequence)}


def members(scene: Scene) -> dict[int, set[int]]:
    """Who is in which channel."""

    def find(txn: Transaction) -> dict[int, set[int]]:
        found: dict[int, set[int]] = {}
        for (channel, user), _ in txn.scan(tables.MEMBERS):
            found.setdefault(channel, set()).add(user)
        return found

    return scene.store.read(scene.application, find)


@pytest.mark.parametrize("name", WRITES)
def test_a_call_that_is_repeated_is_as_the_table_says(made: Scene, name: str) -> None:
    """With a `req_id` it answers the same and changes nothing; so it does without one unless it is no such command."""
    command = COMMANDS[name]
    with copy_of(made) as scene:
        first = called(scene, name)
        before = end(scene), state(scene)
        try:
            again = called(scene, name)
        except ChatdError:
            assert (end(scene), state(scene)) == before
            return
        if "req_id" in (command.example or {}):
            assert again == first | ({"is_created": False} if "is_created" in first else {})
        assert ((end(scene), state(scene)) == before) == command.is_idempotent


def state(scene: Scene) -> list[Any]:
    return [scene.store.read(scene.application, lambda txn, table=table: list(txn.scan(table))) for table in tables.ALL]
