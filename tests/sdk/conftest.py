"""A served chatd for each test, which the test may kill, and one for those that do not."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.sdk.backend import Backend
from tests.served import Served


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    found = Served(tmp_path)
    yield found
    found.stop()


@pytest.fixture(scope="package")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Backend]:
    """The backend of a server that is only talked to."""
    served = Served(tmp_path_factory.mktemp("shared"))
    backend = Backend(served)
    backend.people("ann", "bob")
    yield backend
    served.stop()
