"""What the JavaScript SDK keeps in step beside channels and their messages, of a real server: `node/beside.mjs`."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.sdk.backend import Backend
from tests.sdk.packages import install

pytestmark = pytest.mark.slow

BESIDE = Path(__file__).parent / "node" / "beside.mjs"


def test_threads_of_deleted_messages_stay_and_polls_are_loaded_by_who_comes_back(shared: Backend) -> None:
    install()
    command = ["node", "--no-warnings", str(BESIDE), shared.served.url, shared.token]
    told = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert told.stdout == "done\n", told.stdout + told.stderr
