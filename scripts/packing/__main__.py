"""Packs the modules that the server serves as an npm package, with types."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from declarations import declare
from package import fill
from tarball import pack

from chatd import VERSION

ROOT = Path(__file__).parents[2]


def main() -> None:
    """Write `chatd-VERSION.tgz` to a directory."""
    directory = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "dist"
    directory.mkdir(parents=True, exist_ok=True)
    path = directory / f"chatd-{VERSION}.tgz"
    with tempfile.TemporaryDirectory() as made:
        package = Path(made)
        fill(package)
        declare(package)
        pack(package, path)
    print(path)


if __name__ == "__main__":
    main()
