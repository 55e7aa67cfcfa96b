"""Runs the tests of the client library centrifuge-python, as they are, against a server made of chatd's parts.

They come from the source distribution of the version that is installed here, and expect the server on port 8000.
"""

from __future__ import annotations

import contextlib
import datetime
import json
import os
import platform
import socket
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Any

from marked import write_section

from chatd import VERSION

HERE = Path(__file__).parent
NAME = "centrifuge-python"
HOST, PORT = "localhost", 8000
SUITE_SECONDS = 600
LOG_CHARACTERS = 5000
# Tests of this module talk to the server; none of them may be left out.
LIVE = "test_client."


def main() -> None:
    """Get the tests, run them, report; the exit status is 1 when one failed, or a live one was skipped."""
    archive = downloaded(version(NAME))
    with tempfile.TemporaryDirectory() as directory, tarfile.open(archive) as packed:
        packed.extractall(directory, filter="data")
        (suite,) = Path(directory).iterdir()
        print(f"Running the tests of {suite.name}, which takes about a minute ...", flush=True)
        with serving():
            report = run_suite(suite)
    left_out = [name for name in report["skipped"] if name.startswith(LIVE)]
    text = summary(report)
    print(f"\n{text}")
    for name, trace in report["failed"].items():
        print(f"\n{name}\n{trace}")
    if report["failed"] or left_out or not report["ran"]:
        sys.exit(f"failed: {len(report['failed'])}, live tests left out: {len(left_out)}")
    write_section(NAME, text)


def downloaded(number: str) -> Path:
    """The source distribution of a version, from the package index or as it came before."""
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "chatd"
    archive = cache / f"{NAME.replace('-', '_')}-{number}.tar.gz"
    if not archive.exists():
        options = ("--quiet", "--disable-pip-version-check", "--no-deps", "--no-binary", ":all:", "--dest", str(cache))
        subprocess.run([sys.executable, "-m", "pip", "download", *options, f"{NAME}=={number}"], check=True)
    return archive


@contextlib.contextmanager
def serving() -> Iterator[None]:
    """The server, where the tests expect it."""
    with contextlib.suppress(ConnectionRefusedError), socket.create_connection((HOST, PORT)):
        sys.exit(f"Port {PORT} is taken, and the tests expect their server there: stop what listens on it.")
    command = [sys.executable, str(HERE / "permissive.py"), f"{HOST}:{PORT}"]
    environment = os.environ | {"PYTHONPATH": str(HERE.parents[1])}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as server:
        try:
            assert server.stdout is not None
            if not server.stdout.readline():
                sys.exit("The server did not start.")
            yield
            if server.poll() is not None:
                sys.exit("The server has ended before the tests.")
        finally:
            server.kill()


def run_suite(suite: Path) -> dict[str, Any]:
    """How each of the tests ended."""
    path = suite / "report.json"
    environment = os.environ | {"PYTHONPATH": str(suite)}
    command = [sys.executable, str(HERE / "unittest_report.py"), str(path)]
    log = suite / "log.txt"
    with log.open("wb") as output:
        try:
            subprocess.run(
                command, cwd=suite, env=environment, stdout=output, stderr=output, timeout=SUITE_SECONDS, check=True
            )
        except subprocess.SubprocessError as error:
            sys.exit(f"The tests did not come to an end: {error}\n{log.read_text()[-LOG_CHARACTERS:]}")
    report: dict[str, Any] = json.loads(path.read_text())
    return report


def summary(report: dict[str, Any]) -> str:
    """What was run, when, and how it ended."""
    today = datetime.datetime.now(tz=datetime.UTC).date()
    versions = f"{NAME} {version(NAME)} with websockets {version('websockets')} and protobuf {version('protobuf')}"
    server = f"chatd {VERSION} on Python {platform.python_version()}"
    # A test fails once for each of its parts.
    failed = {name.partition(" ")[0] for name in report["failed"]}
    passed = report["ran"] - len(failed) - len(report["skipped"])
    counts = f"{passed} of {report['ran']} tests passed, {len(report['skipped'])} were skipped"
    reasons = [f"* `{name}`: {reason}" for name, reason in report["skipped"].items()]
    return "\n".join([f"{versions}, {server}, {today}: {counts}.", *([""] if reasons else []), *reasons])


if __name__ == "__main__":
    main()
