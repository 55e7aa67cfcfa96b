"""A server with Ann, who talks with the samples."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.sample import Sample
from tests.sdk.backend import CHANNEL, Backend
from tests.served import Served


@pytest.fixture(scope="package")
def backend(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Backend]:
    """Ann and Bob are in the kitchen."""
    served = Served(tmp_path_factory.mktemp("samples"))
    made = Backend(served)
    made.people("ann", "bob")
    yield made
    served.stop()


@pytest.fixture
def start(backend: Backend, tmp_path: Path) -> Iterator[Callable[..., Sample]]:
    """Starts a sample in Python, in the kitchen, and waits until it says that it listens."""
    started: list[Sample] = []

    def run(name: str, **environment: str) -> Sample:
        command = [sys.executable, "-m", f"chatd.samples.{name}", CHANNEL]
        started.append(Sample(tmp_path / "output", backend, command, "listens", **environment))
        return started[-1]

    yield run
    for sample in started:
        sample.stop()
