"""What the JavaScript SDK keeps in step beside channels and their messages, of a real server: `node/beside.mjs`."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.sdk.backend import Backend
from tests.sdk.packages import install

pytestmark = pytest.mark.slow

BESIDE = Path(__file__).parent / "node" / "beside.mjs"


def test_what_is_kept_in_step_is_what_the_server_has_of_who_leaves_and_of_what_is_deleted(shared: Backend) -> None:
    install()
    command = ["node", "--no-warnings", str(BESIDE), shared.served.url, shared.token]
    told = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert told.stdout == "done\n", told.stdout + told.stderr
