"""Tokens of pages that nobody was given: refused, or answered, and never a mistake of the server."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from chatd.domain import COMMANDS
from chatd.domain.paging import key_of, token_of
from chatd.errors import InvalidValue, RequestError
from tests.domain.conftest import MEMORY
from tests.domain.scene import Scene

LISTS = [name for name, command in COMMANDS.items() if "token" in command.input.__struct_fields__]
NUMBERS = (-1, 0, 2**32, 2**63, 2**64 - 1)
TEXTS = ("", "a\0b", "x" * 5000)
SHAPES = [
    *((number,) * count for count in (1, 2, 3) for number in NUMBERS),
    *((text,) for text in TEXTS),
    *product(TEXTS, NUMBERS),
    *((number, text, number) for number, text in product(NUMBERS, TEXTS)),
    *((number, text, number, number) for number, text in product(NUMBERS, TEXTS)),
    *((bytes(size),) for size in (0, 31, 32, 5000)),
]


@pytest.fixture(scope="module")
def made() -> Iterator[Scene]:
    with TemporaryDirectory(dir=MEMORY) as directory:
        scene = Scene(Path(directory) / "data")
        yield scene
        scene.close()


@pytest.mark.parametrize("name", LISTS)
def test_whatever_a_token_says(made: Scene, name: str) -> None:
    for shape in SHAPES:
        with suppress(RequestError):
            made.example_with(name, token=token_of(shape))


@pytest.mark.parametrize("shape", [(-1,), ("a\0b",), ("x" * 401,), (bytes(31),)])
def test_what_no_key_holds_is_no_token(shape: tuple[Any, ...]) -> None:
    with pytest.raises(InvalidValue):
        key_of(token_of(shape), tuple(map(type, shape)))


@pytest.mark.parametrize("shape", [(0, 2**64 - 1), ("ann", 7), (bytes(32),)])
def test_a_token_names_its_key(shape: tuple[Any, ...]) -> None:
    assert key_of(token_of(shape), tuple(map(type, shape))) == shape
