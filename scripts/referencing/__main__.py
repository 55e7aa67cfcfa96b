"""Writes the reference of commands: what it says comes from the command table alone."""

from __future__ import annotations

import sys
from pathlib import Path

from compact import compact
from page import page

from chatd.domain import COMMANDS
from chatd.domain.schema import schema

DOCS = Path(__file__).parents[2] / "docs"


def main() -> None:
    """Write both files, to `docs` or to a directory that is named; what nobody has said yet ends it."""
    directory = Path(sys.argv[1]) if len(sys.argv) > 1 else DOCS
    try:
        described = schema(dict(COMMANDS))
    except KeyError as unsaid:
        sys.exit(f"Say in chatd/domain/meanings.py what this parameter means: {unsaid.args[0]}")
    (directory / "commands.json").write_text(compact(described) + "\n", "utf-8")
    (directory / "commands.md").write_text(page(described), "utf-8")


if __name__ == "__main__":
    main()
