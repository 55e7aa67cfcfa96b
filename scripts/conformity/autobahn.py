"""Runs Autobahn|Testsuite against chatd's WebSocket layer and writes the outcome into docs/conformance.md.

The suite needs Python 2.7 with pip: `python2.7` or `pypy` on the PATH, or the one that PYTHON27 names.
"""

from __future__ import annotations

import datetime
import hashlib
import json
import os
import platform
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

from marked import write_section

from chatd import VERSION
from chatd.wire.handshake import PATH

HERE = Path(__file__).parent
REQUIREMENTS = HERE / "autobahn.txt"
SUITE_SECONDS = 1800
GOOD = ("OK", "NON-STRICT", "INFORMATIONAL")
# Compression, which chatd does not offer.
EXCLUDED = ["12.*", "13.*"]
# `zope` is a package in pieces, which only a site directory puts together.
RUN_SUITE = (
    "import site, sys; site.addsitedir(sys.argv.pop(1)); from autobahntestsuite.wstest import run; sys.exit(run())"
)

# For each case, what the suite says of it: `behavior` and `behaviorClose`.
Cases = dict[str, dict[str, Any]]


def main() -> None:
    """Install the suite if need be, run it, report; the exit status is 1 when a case failed."""
    python, version = find_python()
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "chatd"
    suite = installed(python, cache)
    reports = cache / "autobahn-reports"
    cases = run_suite(python, suite, reports)
    outcomes = summary(cases)
    print(f"\n{outcomes}\n\nReports: {reports / 'index.html'}")
    failed = {name: case for name, case in cases.items() if not is_good(case)}
    for name, case in sorted(failed.items()):
        print(f"{name}: {case['behavior']}, closing: {case['behaviorClose']}")
    if failed:
        sys.exit(1)
    pinned = re.search(r"^autobahntestsuite==(.*)$", REQUIREMENTS.read_text(), re.MULTILINE)
    assert pinned is not None
    today = datetime.datetime.now(tz=datetime.UTC).date()
    versions = f"Autobahn|Testsuite {pinned[1]} on Python {version}, chatd {VERSION} on {platform.python_version()}"
    write_section("autobahn", f"{versions}, {today}: {len(cases)} cases.\n\n{outcomes}")


def find_python() -> tuple[str, str]:
    """A Python 2.7 that has pip, and its whole version."""
    check = "import sys, pip; assert sys.version_info[:2] == (2, 7); print(sys.version.split()[0])"
    for name in filter(None, (os.environ.get("PYTHON27"), "python2.7", "python2", "pypy")):
        path = shutil.which(name)
        found = path and subprocess.run([path, "-c", check], capture_output=True, text=True, check=False)
        if path and found and found.returncode == 0:
            return path, found.stdout.strip()
    sys.exit("Autobahn|Testsuite needs Python 2.7 with pip; none was found. PYTHON27=/path/to/python2.7 names one.")


def installed(python: str, cache: Path) -> Path:
    """The directory with the suite and what it needs; made when this list of requirements is new."""
    key = hashlib.sha256(REQUIREMENTS.read_bytes() + os.path.realpath(python).encode()).hexdigest()[:12]
    suite = cache / f"autobahn-{key}"
    if not suite.exists():
        cache.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=cache) as made:
            target = Path(made) / "suite"
            options = ("--quiet", "--disable-pip-version-check", "--no-deps", "--target", str(target))
            subprocess.run([python, "-m", "pip", "install", *options, "-r", str(REQUIREMENTS)], check=True)
            target.rename(suite)
    return suite


def run_suite(python: str, suite: Path, reports: Path) -> Cases:
    """Every case against an echo server of ours."""
    shutil.rmtree(reports, ignore_errors=True)
    with (
        tempfile.TemporaryDirectory() as directory,
        subprocess.Popen([sys.executable, str(HERE / "echo.py")], stdout=subprocess.PIPE, text=True) as echo,
    ):
        try:
            assert echo.stdout is not None
            spec = Path(directory) / "spec.json"
            spec.write_text(json.dumps(specification(int(echo.stdout.readline()), reports)))
            count = run_cases([python, "-s", "-c", RUN_SUITE, str(suite), "-m", "fuzzingclient", "-s", str(spec)])
        finally:
            echo.kill()
    cases: Cases = json.loads((reports / "index.json").read_text())["chatd"]
    if len(cases) != count:
        sys.exit(f"{count} cases were to run, {len(cases)} did")
    return cases


def specification(port: int, reports: Path) -> dict[str, Any]:
    """What the suite is to do."""
    return {
        "outdir": str(reports),
        "servers": [{"agent": "chatd", "url": f"ws://127.0.0.1:{port}{PATH}"}],
        "cases": ["*"],
        "exclude-cases": EXCLUDED,
        "exclude-agent-cases": {},
    }


def run_cases(command: list[str]) -> int:
    """Run the suite's client; how many cases it says there are."""
    ran = subprocess.run(command, capture_output=True, text=True, check=False, timeout=SUITE_SECONDS)
    announced = re.search(r"will run (\d+) test cases", ran.stdout)
    if ran.returncode != 0 or announced is None:
        sys.exit(f"the suite did not run:\n{ran.stdout}\n{ran.stderr}")
    return int(announced[1])


def is_good(case: dict[str, Any]) -> bool:
    """Whether chatd did what RFC 6455 demands, in the case and in closing."""
    return case["behavior"] in GOOD and case["behaviorClose"] in GOOD


def summary(cases: Cases) -> str:
    """How many cases had which outcome, as a table."""
    behaviour = Counter(case["behavior"] for case in cases.values())
    closing = Counter(case["behaviorClose"] for case in cases.values())
    names = [*GOOD, *sorted((behaviour.keys() | closing.keys()) - set(GOOD))]
    rows = [f"| {name} | {behaviour[name]} | {closing[name]} |" for name in names]
    return "\n".join(["| outcome | behaviour | closing |", "|---|---|---|", *rows])


if __name__ == "__main__":
    main()
