"""The store keeps its promise under torture, and the torture would notice if it did not."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parents[2] / "scripts" / "torturing" / "store"
# What the disk does is simulated; that of this machine need not be waited for.
MEMORY = Path("/dev/shm")
NAMES = "lost", "twice", "out of order", "broken"


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Path]:
    with tempfile.TemporaryDirectory(dir=MEMORY if os.access(MEMORY, os.W_OK) else tmp_path) as directory:
        yield Path(directory)


def tortured(directory: Path, *options: str) -> tuple[int, dict[str, int], str]:
    """The exit status, how many promises were broken in which way, and what was printed."""
    command = [sys.executable, str(SCRIPT), "--directory", str(directory), *options]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120)
    assert done.stdout, done.stderr
    counts = done.stdout.splitlines()[-1 if done.returncode == 0 else -2].split(": ")[1]
    return done.returncode, {name: int(counts.split(name)[1].split(",")[0]) for name in NAMES}, done.stdout


def test_every_kind_of_fault_once(place: Path) -> None:
    status, broken, said = tortured(place, "--cycles", "35", "--commands", "3", "--damages", "0", "--seed", "1")
    assert (status, broken) == (0, dict.fromkeys(NAMES, 0)), said
    assert "35 cycles" in said
    assert not list(place.iterdir())


@pytest.mark.slow
def test_damaged_files_kill_nobody_and_are_never_touched(place: Path) -> None:
    status, broken, said = tortured(place, "--cycles", "1", "--damages", "30")
    assert (status, broken) == (0, dict.fromkeys(NAMES, 0)), said
    assert "foreign, verify                  refused 8\n" in said


@pytest.mark.parametrize(
    ("sabotage", "kind"),
    [
        ("unsynced", "broken"),
        ("early", "lost"),
        pytest.param("mute", "out of order", marks=pytest.mark.slow),
        pytest.param("forgetful", "twice", marks=pytest.mark.slow),
    ],
)
def test_a_store_that_breaks_its_promise_is_found_out(place: Path, sabotage: str, kind: str) -> None:
    status, broken, said = tortured(
        place, "--cycles", "72", "--commands", "10", "--damages", "0", "--seed", "1", "--sabotage", sabotage
    )
    assert status == 1, said
    assert broken[kind] > 0, said
    assert [each.name for each in place.iterdir()] == [said.splitlines()[-1].rsplit("/", 1)[1]]
