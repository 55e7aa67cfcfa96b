"""Attacks run, end as documented, and leave nothing behind; how long anything took is not looked at."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPTS = Path(__file__).parents[2] / "scripts"
ATTACKS = ("wrong_masks", "token_guessing")


@pytest.mark.slow
def test_a_short_run(tmp_path: Path) -> None:
    results = tmp_path / "results.json"
    only = [option for attack in ATTACKS for option in ("--only", attack)]
    options = [*only, "--seconds", "0.5", "--p99-ms", "60000", "--json", str(results)]
    subprocess.run(
        [sys.executable, str(SCRIPTS / "torturing" / "gateway"), *options],
        check=True,
        timeout=60,
        env=os.environ | {"PYTHONPATH": str(SCRIPTS / "benchmark")},
    )
    found = json.loads(results.read_text())["results"]
    assert set(found) == set(ATTACKS)
    assert found["wrong_masks"]["outcomes"]["close 1002"] > 0
    assert found["token_guessing"]["people"]["answered"] > 0


@pytest.mark.slow
@pytest.mark.skipif(os.geteuid() != 0, reason="only root may mount a filesystem")
def test_a_small_disk_is_filled(tmp_path: Path) -> None:
    results = tmp_path / "results.json"
    path = os.pathsep.join(str(SCRIPTS / each) for each in ("benchmark", "torturing/gateway"))
    options = ["--mib", "32", "--soon-seconds", "50", "--json", str(results)]
    subprocess.run(
        [sys.executable, str(SCRIPTS / "torturing" / "disk"), *options],
        check=True,
        timeout=400,
        env=os.environ | {"PYTHONPATH": path},
    )
    assert all(line["holds"] for line in json.loads(results.read_text()))
