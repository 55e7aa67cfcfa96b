"""What the web chat's SDK decides by itself, without a server: `node --test`."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

WEB = Path(__file__).parent / "node" / "web"


@pytest.mark.parametrize("path", sorted(WEB.glob("*.test.mjs")), ids=lambda path: path.name)
def test_the_sdk_decides_as_it_says(path: Path) -> None:
    told = subprocess.run(["node", "--test", str(path)], capture_output=True, text=True, timeout=60, check=False)
    assert told.returncode == 0, told.stdout
