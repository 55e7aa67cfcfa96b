"""The unmodified npm `centrifuge` against chatd."""

from __future__ import annotations

import subprocess
from pathlib import Path

from tests.sdk.survival import survive
from tests.served import Served

NODE = Path(__file__).parent / "node"


def test_nothing_is_lost_or_doubled_when_the_server_is_killed(served: Served) -> None:
    if not (NODE / "node_modules" / "ws").exists():
        subprocess.run(["npm", "ci", "--silent", "--no-audit", "--no-fund"], cwd=NODE, check=True, timeout=120)
    survive(served, ["node", str(NODE / "client.mjs")])
