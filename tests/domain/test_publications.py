"""What clients are told is what the table of publications says, field by field."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings

from chatd.domain import COMMANDS
from chatd.domain.command import Kind
from chatd.domain.messages import scheduling
from chatd.domain.shapes.publications import PUBLICATIONS
from chatd.model import Publication
from chatd.store.store import Store
from tests.domain.conftest import MAP_SIZE, MEMORY, World
from tests.domain.histories import disappear, expire, histories, run
from tests.domain.scene import Scene
from tests.told import check_told

TELLING = [name for name, command in COMMANDS.items() if command.kind in (Kind.WRITE, Kind.SIGNAL)]
# What only the gateway tells is held against its shape by the client of tests/gateway.
BY_THE_GATEWAY = {"presence.changed", "profile.changed", "participants.changed", "messages.skipped"}


@pytest.fixture(scope="module")
def made() -> Iterator[Scene]:
    with TemporaryDirectory(dir=MEMORY) as directory:
        scene = Scene(Path(directory) / "data")
        yield scene
        scene.close()


def check(published: Iterable[Publication]) -> None:
    for publication in published:
        if publication.data:
            check_told(msgspec.to_builtins(publication.data))


def types(published: Iterable[Publication]) -> set[str]:
    return {publication.data["type"] for publication in published if publication.data}


@pytest.mark.parametrize("name", TELLING)
def test_what_an_example_tells_is_of_its_shape(made: Scene, name: str) -> None:
    check(made.example_told(name))


@settings(max_examples=25, deadline=None)
@given(histories)
def test_what_histories_tell_is_of_its_shape(history: list[tuple[str, str, dict[str, Any]]]) -> None:
    with TemporaryDirectory(dir=MEMORY) as directory:
        world = World(Store.open(Path(directory) / "data", MAP_SIZE))
        run(world, history)
        check(world.told)
        world.store.close()


def test_every_publication_of_the_table_is_told(made: Scene) -> None:
    """By the making of the scene, by an example, or by what follows here."""
    told = types(made.told).union(*(types(made.example_told(name)) for name in TELLING))
    with TemporaryDirectory(dir=MEMORY) as directory:
        scene = made.copied(Path(directory) / "data")
        tell_the_rest(scene)
        check(scene.told)
        told |= types(scene.told)
        scene.store.close()
    assert set(PUBLICATIONS) - told - BY_THE_GATEWAY == set()


def tell_the_rest(scene: Scene) -> None:
    """What takes more than one call, and what the server does on its own."""
    garden: dict[str, Any] = {"channel_url": "garden"}
    message = garden | {"message_id": scene.things["$message"]}
    for name in ("messages.pin", "messages.unpin", "saved.add", "saved.remove", "threads.subscribe"):
        scene.client("operator", name, **message)
    for name in ("reactions.add", "reactions.remove"):
        scene.client("member", name, **message, reaction="+1")
    scene.client("owner", "messages.send", **garden, message="So?", parent_message_id=message["message_id"])
    scene.client("operator", "threads.mark_read", **message)
    for name in ("channels.mark_delivered", "channels.mark_read", "channels.hide", "channels.unhide"):
        scene.client("member", name, **garden)
    scene.client("owner", "channels.leave", **garden, user_ids=["invited"])
    scene.write(scheduling.fail, scene.things["$scheduled"], "because")
    scene.client("owner", "messages.send", **garden, message="Brief", message_survival_seconds=1)
    scene.write(disappear, 10)
    expire(scene, "garden", 1)
