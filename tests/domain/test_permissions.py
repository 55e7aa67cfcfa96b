"""Every command as every role: who may call it is what the command table says."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from chatd.domain import COMMANDS
from chatd.domain.command import Kind, Right
from chatd.domain.raising import codes_of
from chatd.domain.roles import Role
from chatd.errors import Forbidden, RequestError
from chatd.model import Actor
from tests.domain.conftest import MEMORY
from tests.domain.scene import NAMED, Scene

OF_CLIENTS = [name for name, command in COMMANDS.items() if command.right is not Right.BACKEND]


@pytest.fixture(scope="module")
def scene() -> Iterator[Scene]:
    with TemporaryDirectory(dir=MEMORY) as directory:
        scene = Scene(Path(directory) / "data")
        yield scene
        scene.close()


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_has_an_example(name: str) -> None:
    assert COMMANDS[name].example is not None


@pytest.mark.parametrize("role", Role, ids=lambda role: role.value)
@pytest.mark.parametrize("name", OF_CLIENTS)
def test_users_may_do_what_the_table_says(scene: Scene, name: str, role: Role) -> None:
    command = COMMANDS[name]
    if role is Role.DEACTIVATED and command.kind is not Kind.WRITE:
        return  # has no session: see test_a_deactivated_user_has_no_session
    error = scene.tried(scene.connected(role.value), name, command.example or {})
    assert (error is None) == (role in command.roles), error
    assert error is None or isinstance(error, RequestError)
    assert error is None or error.code in codes_of(command)


@pytest.mark.parametrize("name", COMMANDS)
def test_backends_may_do_what_the_table_says(scene: Scene, name: str) -> None:
    command = COMMANDS[name]
    backend = Actor(scene.application, None, None)
    error = scene.tried(backend, name, NAMED | dict(command.example or {}))
    if command.right is Right.CLIENT:
        assert isinstance(error, Forbidden)
    else:
        assert error is None


def test_a_deactivated_user_has_no_session(scene: Scene) -> None:
    backend = Actor(scene.application, None, None)
    assert scene.tried(backend, "sessions.issue", {"user_id": "deactivated"}) is not None
    assert scene.tried(backend, "sessions.issue", {"user_id": "member"}) is None
