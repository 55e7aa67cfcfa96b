"""Writes the reference of commands: what it says comes from the command table alone."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from compact import compact
from page import flat, page
from protobuf import protobuf

from chatd.domain import COMMANDS
from chatd.domain.schema import schema

DOCS = Path(__file__).parents[2] / "docs"


def main() -> None:
    """Write all files, to `docs` or to a directory that is named; what nobody has said yet ends it."""
    directory = Path(sys.argv[1]) if len(sys.argv) > 1 else DOCS
    described = schema(dict(COMMANDS))
    if unsaid := [path for name, each in described["commands"].items() for path in _unsaid(name, each["parameters"])]:
        sys.exit("\n  ".join(["Say in chatd/domain/meanings.py what these parameters mean:", *unsaid]))
    (directory / "commands.json").write_text(compact(described) + "\n", "utf-8")
    (directory / "chatd.proto").write_text(protobuf(described), "utf-8")
    (directory / "commands.md").write_text(page(described), "utf-8")


def _unsaid(command: str, parameters: dict[str, Any]) -> Iterator[str]:
    for path, parameter in flat(parameters):
        if not parameter["description"]:
            yield f"{command} {path}"


if __name__ == "__main__":
    main()
