"""Fuzzes the laws of tests/wire/laws.py in turn, each in a process of its own, and says what came out.

What has been found worth keeping stays in the cache directory, so that the next run goes on from there. An input that
breaks a law is kept there too; add it to tests/wire/test_fuzz.py when it is mended.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

from tests.wire.laws import LAWS

MAX_BYTES = 1024
# Longer than any input may take, also where others have the processor, and more than any may need.
TIMEOUT_SECONDS = 300
MEMORY_MIB = 1024


class Outcome(NamedTuple):
    """How a law fared: inputs that were tried, inputs worth keeping, and what broke it."""

    executions: int
    corpus: int
    finding: str


def main() -> None:
    """Fuzz what was asked for; the exit status is 1 when something was found."""
    options = _options()
    outcomes = {}
    for name in [options.target] if options.target else LAWS:
        outcome = outcomes[name] = fuzz(name, options.seconds)
        print(f"{name}: {outcome.executions:,} executions, {outcome.finding or 'nothing found'}", flush=True)
    print(f"\n{table(outcomes, options.seconds)}")
    sys.exit(any(outcome.finding for outcome in outcomes.values()))


def fuzz(name: str, seconds: int) -> Outcome:
    """Fuzz one law for so many seconds."""
    corpus = _cache() / name
    found = _cache() / "found" / name
    for directory in (corpus, found):
        directory.mkdir(parents=True, exist_ok=True)
    for seed in LAWS[name].seeds:
        (corpus / hashlib.sha1(seed).hexdigest()).write_bytes(seed)
    limits = (f"-max_total_time={seconds}", f"-timeout={TIMEOUT_SECONDS}", f"-rss_limit_mb={MEMORY_MIB}")
    ran = subprocess.run(
        [
            *(sys.executable, str(Path(__file__).with_name("target.py")), name),
            *(*limits, f"-max_len={MAX_BYTES}", "-print_final_stats=1", f"-artifact_prefix={found}/", str(corpus)),
        ],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        check=False,
    )
    tried = re.search(r"stat::number_of_executed_units: +(\d+)", ran.stdout)
    finding = "" if ran.returncode == 0 and tried else _finding(ran.stdout)
    return Outcome(int(tried[1]) if tried else 0, len(list(corpus.iterdir())), finding)


def table(outcomes: dict[str, Outcome], seconds: int) -> str:
    """The outcomes as documentation shows them."""
    rows = [
        f"| {name} | {seconds:,} | {outcome.executions:,} | {outcome.corpus:,} | {1 if outcome.finding else 0} |"
        for name, outcome in outcomes.items()
    ]
    return "\n".join(["| target | seconds | executions | corpus | findings |", "|---|---|---|---|---|", *rows])


def _finding(output: str) -> str:
    """What is worth reading of libFuzzer's output: the error, and where its input is."""
    start = output.find("=== Uncaught")
    return output[start:].strip() if start >= 0 else output[-4000:].strip()


def _cache() -> Path:
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "chatd" / "fuzz"


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="scripts/fuzz", description=__doc__)
    parser.add_argument("target", nargs="?", choices=list(LAWS), help="a law; all of them in turn when there is none")
    parser.add_argument("--seconds", type=int, default=60, help="for each law")
    return parser.parse_args()


if __name__ == "__main__":
    main()
