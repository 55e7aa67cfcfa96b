"""The benchmark runs, and counts right; its figures are not looked at."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
SMALL = {
    "fanout": ["--audience", "20", "--rounds", "2"],
    "open": ["--present", "20"],
    "large": ["--large-members", "20", "--large-present", "10"],
    "rooms": ["--rooms", "1", "--messages", "20", "--window", "4"],
    "storm": ["--comeback", "4", "--missed", "3"],
    "store": ["--store-sends", "200", "--callers", "20", "--sizes", "300", "--channels", "12", "--reads", "50"],
}


def measured(tmp_path: Path, parts: dict[str, list[str]]) -> Any:
    """The figures of a run of some parts."""
    results = tmp_path / "results.json"
    sizes = [option for part in parts for option in parts[part]]
    seeded = ["--seeded", str(tmp_path / "seeded")]
    only = [option for part in parts for option in ("--only", part)]
    subprocess.run(
        [sys.executable, str(ROOT / "scripts" / "benchmark"), *only, *sizes, *seeded, "--json", str(results)],
        check=True,
        timeout=300,
        capture_output=True,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    )
    found = json.loads(results.read_text())["results"]
    assert set(found) == set(parts)
    return found


@pytest.mark.slow
def test_clients_come_back_after_a_restore(tmp_path: Path) -> None:
    sizes = ["--rate", "50", "--windows", "1", "--window-seconds", "0.5", "--backup-mib", "1"]
    found = measured(tmp_path, {"backup": sizes})["backup"]
    assert found["restored store verifies"] == 1
    assert found["told a new epoch, not recovered"] == found["clients that come back"] > 0
    assert found["state equal to the server's"] == found["clients that come back"]


@pytest.mark.slow
def test_a_small_run(tmp_path: Path) -> None:
    found = measured(tmp_path, SMALL)
    assert found["fanout"]["ratio"] > 0
    assert found["open"]["ratio"] > 0
    assert all(figures["ratio"] > 0 for figures in found["large"].values())
    assert found["rooms"]["deliveries per second"] > 0
    assert found["storm"]["recoveries per second"] > 0
    assert found["store"]["ratio"] > 0
    assert found["store"]["page of 50: p99 milliseconds"]["300 messages"] > 0


@pytest.mark.slow
def test_the_cost_of_a_dashboard_is_measured(tmp_path: Path) -> None:
    sizes = ["--connections", "20", "--rate", "50", "--windows", "2", "--window-seconds", "2.5"]
    found = measured(tmp_path, {"dashboard": sizes})["dashboard"]
    # In two windows of two and a half seconds: each page at once, and those again that come every two seconds.
    assert found["requests of the dashboard"] >= 8
    assert found["least"] <= found["percent of a processor that it costs, median"] <= found["most"]
    assert 0 < found["processor share without, median"] < 4
    assert found["longest stall with was under, ms"] > 0
