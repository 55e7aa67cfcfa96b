"""Fills the disk of a chatd to the last byte while clients write, and looks at each line of what is promised then."""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
from pathlib import Path

from births import try_births
from filesystem import mounted
from lines import Lines
from trial import Trial


def main() -> int:
    """Run the trial, print its lines; the exit status is 1 when one does not hold."""
    options = _options()
    if options.directory is None and os.geteuid() != 0:
        print(
            "Only root may mount a filesystem. Run this as root, or name a small one that is mounted: --directory.",
            file=sys.stderr,
        )
        return 2
    lines = Lines()
    with tempfile.TemporaryDirectory(prefix="chatd-disk-home-") as home:
        with mounted(options.directory, options.mib) as filesystem:
            Trial(filesystem, Path(home), lines, options.soon_seconds).run()
        with mounted(options.directory, options.mib) as filesystem:
            try_births(filesystem, Path(home), lines)
    if options.json:
        options.json.write_text(json.dumps([line._asdict() for line in lines.all], indent=2) + "\n")
    print(f"{len(lines.all) - len(lines.wrong)} of {len(lines.all)} hold", *lines.wrong, sep="\n    ")
    return 1 if lines.wrong else 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="scripts/torture disk", description=__doc__)
    parser.add_argument("--mib", type=int, default=64, help="size of the filesystem in memory that is mounted")
    parser.add_argument("--directory", type=Path, help="a small filesystem that is mounted already; it gets filled")
    parser.add_argument("--soon-seconds", type=float, default=3.0, help="how long may take what should be soon")
    parser.add_argument("--json", type=Path, help="file for what was seen")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
