"""A fresh store."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from chatd.store.store import Store

MAP_SIZE = 32 * 2**20


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    found = Store.open(tmp_path / "data", MAP_SIZE)
    yield found
    found.close()
