"""Simulations run, and end well; what they print is not looked at."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def simulate(part: str, *options: str) -> None:
    """Run one; raises CalledProcessError when something differs."""
    subprocess.run(
        [sys.executable, "-m", f"scripts.simulating.{part}", *options],
        check=True,
        timeout=110,
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "scripts" / "benchmark")])},
    )


@pytest.mark.slow
def test_chatd_agrees_with_the_model_in_another_history() -> None:
    simulate("model", "--steps", "2000", "--seed", "1")


@pytest.mark.slow
def test_after_a_small_day_all_devices_have_what_the_server_has() -> None:
    simulate("day", "--people", "6", "--acts", "600", "--seed", "1")
