"""Attacks chatd in every way that we know of, each on a server of its own, beside people who chat there."""

from __future__ import annotations

import argparse
import datetime
import json
import os
import platform
import sys
from pathlib import Path

from attacks import ATTACKS
from result import MIB, Result
from trial import try_out

HEAD = f"{'attack':<18} {'tries':>7} {'p50':>6} {'p99':>6} {'max':>6} {'cpu':>5} {'before':>7} {'peak':>6} {'after':>6}"


def main() -> int:
    """Attack, print a table, write JSON; the exit status is 1 when something is not as it should be."""
    options = _options()
    print(f"{HEAD}  became of them", flush=True)
    results = {}
    for name in options.only or ATTACKS:
        results[name] = try_out(name, ATTACKS[name], options.seconds, options.p99_ms)
        _print(name, results[name])
    if options.json:
        options.json.write_text(json.dumps(_report(results), indent=2) + "\n")
    wrong = [name for name, result in results.items() if result.faults]
    print(f"{len(results) - len(wrong)} of {len(results)} as documented", *wrong)
    return 1 if wrong else 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="scripts/torture gateway", description=__doc__)
    parser.add_argument("--only", action="append", choices=list(ATTACKS), help="an attack; may be repeated")
    parser.add_argument("--seconds", type=float, default=10.0, help="how long each one lasts")
    parser.add_argument("--p99-ms", type=float, default=250.0, help="what people may feel of it, in milliseconds")
    parser.add_argument("--json", type=Path, help="file for the results")
    return parser.parse_args()


def _print(name: str, result: Result) -> None:
    felt = result.people["milliseconds"]
    memory = [size / MIB for size in result.memory]
    felt_of_it = f"{felt['p50']:>6.1f} {felt['p99']:>6.1f} {felt['max']:>6.0f}"
    cost = f"{result.cpu:>5.2f} {memory[0]:>7.0f} {memory[1]:>6.0f} {memory[2]:>6.0f}"
    print(f"{name:<18} {result.attempts:>7} {felt_of_it} {cost}  {_outcomes(result)}", flush=True)
    for fault in result.faults:
        print(f"    {fault}", flush=True)


def _outcomes(result: Result) -> str:
    told = [f"{what} {count}" for what, count in sorted(result.outcomes.items())]
    counted = [f"{code} {count}" for code, count in sorted(result.closed.items())]
    return ", ".join(told) + (" | closed: " + ", ".join(counted) if counted else "")


def _report(results: dict[str, Result]) -> dict[str, object]:
    machine = {"processors": os.cpu_count(), "system": platform.platform(), "python": platform.python_version()}
    today = datetime.datetime.now(datetime.UTC).date().isoformat()
    return {"date": today, "machine": machine, "results": {name: each._asdict() for name, each in results.items()}}


if __name__ == "__main__":
    sys.exit(main())
