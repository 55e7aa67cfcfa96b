"""Runs the tests in the directory `tests` and says how they ended, as JSON.

Usage: python unittest_report.py REPORT. `ran` is how many; `failed` and `skipped` say for some of them why.
"""

from __future__ import annotations

import json
import sys
import unittest
from pathlib import Path


def main() -> None:
    """Discover, run, report."""
    result = unittest.TextTestRunner().run(unittest.defaultTestLoader.discover("tests"))
    failed = {test.id(): text for test, text in [*result.failures, *result.errors]}
    failed |= {test.id(): "passed, which was not expected" for test in result.unexpectedSuccesses}
    skipped = {test.id(): reason for test, reason in result.skipped}
    skipped |= {test.id(): "failed, as was expected" for test, _ in result.expectedFailures}
    Path(sys.argv[1]).write_text(json.dumps({"ran": result.testsRun, "failed": failed, "skipped": skipped}))


if __name__ == "__main__":
    main()
