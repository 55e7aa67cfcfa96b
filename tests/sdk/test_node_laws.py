"""The laws of what the JavaScript SDK shows, over random histories of a model: see `node/laws/laws.mjs`."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from random import SystemRandom

import pytest

from tests.sdk.packages import install

LAWS = Path(__file__).parent / "node" / "laws" / "laws.mjs"


@pytest.fixture(autouse=True, scope="module")
def packages() -> None:
    install()


def hold(runs: int, seed: int) -> None:
    """What a client shows is what the server has, whatever happened on the way."""
    command = ["node", "--no-warnings", str(LAWS), str(runs), str(seed)]
    told = subprocess.run(command, capture_output=True, text=True, timeout=500, check=False)
    assert told.returncode == 0, told.stdout + told.stderr
    assert json.loads(told.stdout)["runs"] == runs


def test_local_state_is_server_state() -> None:
    hold(60, 1)


@pytest.mark.slow
def test_local_state_is_server_state_in_thousands_of_histories() -> None:
    hold(4000, SystemRandom().randrange(1, 2**31))
