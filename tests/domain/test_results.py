"""What commands answer is what the table says of their results, field by field."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec
import pytest

from chatd.domain import COMMANDS
from chatd.domain.command import Kind
from chatd.domain.resources.resource import Resource
from tests.domain.conftest import MEMORY
from tests.domain.scene import Scene

# What the gateway answers is shown in tests/gateway.
ANSWERED_HERE = [name for name, command in COMMANDS.items() if command.kind not in (Kind.LIVE, Kind.SIGNAL)]


@pytest.fixture(scope="module")
def made() -> Iterator[Scene]:
    with TemporaryDirectory(dir=MEMORY) as directory:
        scene = Scene(Path(directory) / "data")
        yield scene
        scene.close()


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_says_what_it_answers(name: str) -> None:
    assert COMMANDS[name].result is not Resource


@pytest.mark.parametrize("name", ANSWERED_HERE)
def test_the_result_is_of_its_type(made: Scene, name: str) -> None:
    answer = msgspec.to_builtins(made.example_result(name))
    assert msgspec.convert(answer, COMMANDS[name].result) == answer
