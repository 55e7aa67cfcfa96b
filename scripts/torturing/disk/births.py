"""Starts that write: a log on the full disk, and a first start there."""

from __future__ import annotations

import shutil
import time
from contextlib import suppress
from pathlib import Path

from filesystem import Filesystem
from lines import Lines
from subject import Subject


def try_births(filesystem: Filesystem, home: Path, lines: Lines) -> None:
    """Leaves the filesystem as it was."""
    try:
        _first_start(filesystem, home, lines)
        _full_log(filesystem, home, lines)
    finally:
        filesystem.free()
        for name in ("born", "log"):
            shutil.rmtree(filesystem.directory / name, ignore_errors=True)
            (filesystem.directory / "log.txt").unlink(missing_ok=True)


def _first_start(filesystem: Filesystem, home: Path, lines: Lines) -> None:
    """There is no store yet and no room for one."""
    subject = Subject(home, filesystem.directory / "born", "")
    subject.log_file = home / "first-start"
    filesystem.fill()
    try:
        with suppress(RuntimeError):
            subject.start()
        said = subject.log.strip()
        one_line = not subject.runs and said.count("\n") == 0
        lines.add("a first start without room is refused in one line", one_line, said)
        filesystem.free()
        seconds = subject.start()
        lines.add("with room it starts", True, f"after {seconds:.2f} s")
        subject.stop()
    finally:
        subject.kill()


def _full_log(filesystem: Filesystem, home: Path, lines: Lines) -> None:
    """The server says things to a file on the full disk."""
    subject = Subject(home, filesystem.directory / "born", "")
    subject.log_file = filesystem.directory / "log.txt"
    try:
        subject.start()
        subject.token = subject.command("token", "create", "main").stdout.strip()
        filesystem.fill()
        body = [{"user_id": f"user{number}", "nickname": "n" * 80} for number in range(3000)]
        answers = []
        while body and answers[-3:].count(503) != 3:
            answers.append(subject.ask("POST", "/v3/users", body.pop())[0])
        refused = [answer for answer in answers if answer == 503]
        lines.add("the log is on the full disk too: writers are told", bool(refused), f"{len(refused)} were")
        reads = [subject.ask("GET", path)[0] for path in ("/v3/users", "/healthz", "/metrics")]
        lines.add("it serves reads", reads == [200, 200, 200] and subject.runs, str(reads))
        filesystem.free()
        began = time.monotonic()
        while subject.ask("GET", "/readyz")[0] != 200 and time.monotonic() - began < 10:
            time.sleep(0.01)
        lines.add("with room it is ready", subject.ask("GET", "/readyz")[0] == 200, "")
        lines.add("it drains and ends", subject.stop() == 0, "")
    finally:
        subject.kill()
